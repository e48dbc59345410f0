"""What fits where an entry may not be struck out: the entry that is put right first, the signatory's objection, another
verb of the dossier; in words, with the address for whoever may go there."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.acts.models import Act
from tadbir.desk.actions.falling import sealed_on
from tadbir.desk.dossier import Desk
from tadbir.desk.papers import RECEPTION
from tadbir.desk.queries.correcting import paper_struck
from tadbir.dossiers.models import Fact

#: Entries that nobody strikes out, though something else puts them right: why, and the verb.
INSTEAD: Mapping[str, tuple[Any, str]] = {
    "filed": (
        gettext_lazy("It opens the dossier: its names, contacts and subject are put right, it stays."),
        "put-right",
    ),
    "reassigned": (gettext_lazy("The dossier was given: give it to somebody else."), "reassign"),
    "particulars_corrected": (gettext_lazy("It was put right: put it right again."), "put-right"),
    "day_corrected": (gettext_lazy("The day was put right: put it right again."), "correct-day"),
    "urgency_corrected": (gettext_lazy("It was put right: put it right again."), "correct-urgency"),
    "document_withdrawn": (gettext_lazy("The document was taken away: take it again if it belongs here."), "supply"),
    "signature_scanned": (
        gettext_lazy("A scan put here by mistake is taken away, not struck out."),
        "withdraw-document",
    ),
    "code_renewed": (gettext_lazy("The old code opens nothing any more: give another new one."), "new-code"),
    "code_reprinted": (gettext_lazy("The code was given: if it went to the wrong person, give a new one."), "new-code"),
}


class Way(NamedTuple):
    """Where to go instead."""

    url: str
    label: str


def way_of(desk: Desk, fact: Fact) -> Way | None:
    """What an agent does instead of striking an entry out; None where nothing is his to do."""
    if fact.kind in INSTEAD:
        return Way(_do(desk, INSTEAD[fact.kind][1]), _("Do that instead")) if desk.works else None
    act, annulled = paper_struck(fact, desk.acts)
    if act is not None and annulled:
        if act.notified_on is not None:
            return _entry(desk, _told(desk, act))
        later = desk.story.resting_on(fact) if fact.kind in ("outcome_signed", "answer_signed") else None
        if later is not None and later.kind != "outcome_signed":
            return _objection(desk, act)
        if later is not None:
            return _entry(desk, later)
    sealed = sealed_on(fact, desk.acts)
    return _entry(desk, _told(desk, sealed)) if sealed is not None else None


def _told(desk: Desk, act: Act) -> Fact | None:
    """The last entry that names a paper: its notification or arrival, else its signature."""
    named = (one for one in desk.story.alive if _names(one) == act.number)
    return max(named, key=lambda one: one.pk, default=None)


def _names(fact: Fact) -> str:
    return str(fact.words.get("act", "") if fact.kind == RECEPTION else fact.data.get("act", ""))


def _objection(desk: Desk, act: Act) -> Way | None:
    mine = act.signed_by_id == desk.person.pk and act.recorded_by_id not in (None, desk.person.pk)
    return Way(reverse("office-signed", args=[act.number]), _("Object: I did not sign it")) if mine else None


def _entry(desk: Desk, fact: Fact | None) -> Way | None:
    return (
        Way(f"{_do(desk, 'correct')}?fact={fact.pk}", _("Go to that entry"))
        if fact is not None and desk.works
        else None
    )


def _do(desk: Desk, verb: str) -> str:
    return reverse("office-do", args=[desk.dossier.number, verb])
