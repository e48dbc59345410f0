"""Why the personal data of a dossier go: a ground of the law, and words that are kept."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tadbir.desk.forms.verbs import DeskForm
from tadbir.desk.queries.erasure import GROUNDS
from tadbir.ui import forms

if TYPE_CHECKING:
    from tadbir.desk.dossier import Desk


class EraseForm(DeskForm):
    """Why the personal data go."""

    ground = forms.ChoiceField(label=_("Legal ground"), choices=list(GROUNDS.items()))
    reason = forms.LongTextField(
        label=_("Why"),
        max_length=1000,
        help_text=_("This reason is kept: the reference of the request or of the order, and no name."),
    )

    def prepare(self, desk: "Desk") -> None:
        """A reference is short."""
        self.fields["reason"].widget.attrs["rows"] = 3
