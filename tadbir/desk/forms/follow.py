"""The two things that open a dossier without an account, and another one of them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadbir.reading.codes import FOLLOW_LENGTH
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm
from tadbir.ui.keyed import KeyedForm

#: What is said of the codes that do not open a dossier.
OTHERS = {
    "check": _(
        "This is the check code of a paper: it says whether the paper is genuine. The code that opens the dossier has "
        "eight digits, on the receipt."
    ),
    "draft": _(
        "This is the code of a request that was begun and not sent: type it below, under “I began a request and did "
        "not send it”."
    ),
}


class FollowForm(forms.Form):
    """Number and code of a dossier, as they stand on its receipt."""

    number = forms.NumberField(label=_("Dossier number"), help_text=_("As D-2026-00001, on the receipt."))
    code = forms.CodeField(
        length=FOLLOW_LENGTH,
        others=OTHERS,
        label=pgettext_lazy("dossier", "Code"),
        help_text=_("Eight digits, on the receipt."),
    )


class NewCodeForm(KeyedForm, ConfirmingForm):
    """Whether one is sure; `key` makes a second sending harmless."""
