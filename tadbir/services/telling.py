"""A step that stands and that no letter tells any more: its letter is written anew."""

from django.utils.translation import gettext_lazy as _

from tadbir.desk import papers
from tadbir.desk.dossier import Desk
from tadbir.desk.office.dossier import onward
from tadbir.desk.verbs import DeskForm, Verb
from tadbir.desk.words import fact_name
from tadbir.dossiers.models import Fact
from tadbir.services import actions
from tadbir.ui import forms


def _untold(desk: Desk) -> list[Fact]:
    return papers.untold(desk.dossier, desk.story, desk.acts, desk.unsigned)


class TellAgainForm(DeskForm):
    """What a letter tells anew, and what is said with it."""

    kind = forms.ChoiceField(label=_("What is told"))
    note = forms.LongTextField(label=_("Note or reasons"), sometimes=True, max_length=2000)

    def prepare(self, desk: Desk) -> None:
        """The steps that no letter tells, with what was said when each was recorded."""
        facts = _untold(desk)
        self.choose("kind", [(fact.kind, fact_name(fact.kind)) for fact in facts])
        if facts:
            self.initial["note"] = facts[0].words.get("reason", "")


TELL_AGAIN = Verb(
    "tell-again",
    _("Write the letter anew"),
    _("What was decided stands, and no letter tells it any more."),
    TellAgainForm,
    lambda desk, typed: actions.tell_again(desk.dossier, desk.person, typed["kind"], typed["note"]),
    done=_("The letter is written. Now it must be signed."),
    rank=46,
    belongs=lambda desk: bool(_untold(desk)),
    after=lambda request, desk: onward(desk, request.POST.get("kind", "")),
)
