"""Whether a request is urgent, put right where it was typed wrong: its verb, and the page that says what it moves."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadbir.councils.clock import now
from tadbir.councils.rights import Right
from tadbir.desk.dossier import Desk
from tadbir.desk.endings import moved_by
from tadbir.desk.notices import promise_to
from tadbir.desk.verbs import DeskForm, Page, Typed, Verb
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Fact
from tadbir.dossiers.story import Story
from tadbir.ui import forms


class UrgencyForm(DeskForm):
    """Why it is put right, once its page said what becomes of the dates."""

    reason = forms.ReasonField(label=_("Why it is corrected"))
    sure = forms.ConfirmField(label=_("I have read what this changes"))


def _urgent(desk: Desk) -> bool:
    """What the request becomes: the reverse of what its filing says now."""
    return not desk.story.filed_as.get("urgent")


def _run(desk: Desk, typed: Typed) -> object:
    return dossiers.correct_urgency(desk.dossier, desk.person, urgent=_urgent(desk), reason=typed["reason"])


def _against(desk: Desk) -> list[str]:
    if _urgent(desk) or desk.holds(Right.ANSWER_FOR_ALL):
        return []
    return [
        gettext("It is urgent: only the director general or the president takes that away, for the delay is longer.")
    ]


def _page(desk: Desk) -> Mapping[str, Any]:
    """What it becomes, and what that does to every clock."""
    filed, urgent = desk.story.first("filed"), _urgent(desk)
    data = {"filing": str(filed.pk if filed else ""), "urgent": urgent}
    after = Story([*desk.facts, Fact(kind="urgency_corrected", data=data, happened_at=now())])
    return {
        "urgent": urgent,
        "moved": moved_by(desk, after.told),
        "given": desk.shows_delay,
        "told": promise_to(desk.dossier.applicant).can,
    }


CORRECT_URGENCY = Verb(
    "correct-urgency",
    _("Correct whether it is urgent"),
    _("The delay of the answer becomes another one; the person is told."),
    UrgencyForm,
    _run,
    done=_("The urgency is put right, with your reason."),
    rank=73,
    fact="urgency_corrected",
    mends=True,
    against=_against,
    danger=True,
    page=Page("desk/urgency.html", _page),
)
