"""What comes in on the page where something that was typed wrong is put right."""

from django.utils.translation import gettext_lazy as _

from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm


class CorrectionForm(ConfirmingForm):
    """What it should say, over what its page displayed, and why it is corrected."""

    reason = forms.LongTextField(
        label=_("Why it is corrected"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class AskBackForm(ConfirmingForm):
    """Why a dossier that was given away is asked back."""

    reason = forms.LongTextField(
        label=_("Why (who has it reads this)"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
