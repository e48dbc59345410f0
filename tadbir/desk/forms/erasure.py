"""Why the personal data of a dossier go: a ground of the law, and words that are kept."""

from django.utils.translation import gettext_lazy as _

from tadbir.desk.dossier import Desk
from tadbir.desk.queries.erasure import GROUNDS
from tadbir.desk.queries.follow import dossiers_meant
from tadbir.desk.verbs import DeskForm
from tadbir.ui import forms


class EraseForm(DeskForm):
    """Why the personal data go."""

    ground = forms.ChoiceField(label=_("Legal ground"), choices=list(GROUNDS.items()))
    reason = forms.LongTextField(
        label=_("Why"),
        max_length=1000,
        help_text=_("This reason is kept: the reference of the request or of the order, and no name."),
    )

    number = forms.NumberField(label=_("To go on, type the number of the dossier"))

    def prepare(self, desk: Desk) -> None:
        """A reference is short; the number is that of the dossier that was read."""
        self.fields["reason"].widget.attrs["rows"] = 3
        self._number = desk.dossier.number

    def clean_number(self) -> str:
        """Raise ValidationError for another number than that of this dossier."""
        number = str(self.cleaned_data["number"])
        if [one.number for one in dossiers_meant(number)] != [self._number]:
            raise forms.ValidationError(_("This is not the number of this dossier."))
        return self._number
