"""What striking out an entry of a dossier does, for the page that asks before it: derived from the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tadbir import law
from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import CASABLANCA, now
from tadbir.councils.models import in_language
from tadbir.desk.dossier import Desk
from tadbir.desk.endings import Moved, end_with, moved_by
from tadbir.desk.forms.verbs import correctable
from tadbir.desk.history import line_of
from tadbir.desk.kept import kept
from tadbir.desk.notices import promise_to
from tadbir.desk.papers import bound_to, why_not_submitted
from tadbir.desk.queries.correcting import paper_struck
from tadbir.desk.told import waits_to_be_told
from tadbir.desk.words import fact_name
from tadbir.dossiers.corrections import lists_anew, lists_struck, struck_with
from tadbir.dossiers.models import Fact
from tadbir.dossiers.queries import lacking
from tadbir.dossiers.story import Story


@dataclass(frozen=True)
class Striking:
    """What happens when an entry is struck out: to the clocks, whether the dossier is open again or closed again, what
    becomes of the paper that the entry names."""

    moved: Moved
    reopens: bool
    closes: bool
    paper: Act | None
    annulled: bool  # else its notification may be made again
    falls: list[tuple[str, str]]  # the letters that nobody signed and that go with it, each with who wrote it
    back: list[tuple[str, str]]  # those that nobody could sign any more: they go back to whoever wrote them
    lifts: list[tuple[str, date]]  # the remedies that contest it, each with its day: nothing is left to answer
    told: bool  # whether a message tells the person, who was told of the entry or reads it on his page


def striking(desk: Desk, fact: Fact) -> Striking:
    """What striking out an entry would end and begin, were it done now."""
    paper, annulled = paper_struck(fact, desk.acts)
    closed = desk.dossier.closed_at is not None
    ended = end_with(desk, Fact(kind="entry_corrected", happened_at=now(), voids=fact))
    return Striking(
        moved=moved_by(desk, _facts_without(desk, fact)),
        reopens=closed and not ended,
        closes=bool(ended) and not closed,
        paper=paper,
        annulled=annulled,
        falls=[_named(one) for one in desk.unsigned if bound_to(one) == str(fact.pk)],
        back=[_named(one) for one in _unsignable_without(desk, fact)],
        lifts=_lifted(desk, fact),
        told=_reads(desk, fact) and promise_to(desk.dossier.applicant).can,
    )


def _lifted(desk: Desk, fact: Fact) -> list[tuple[str, date]]:
    """The remedies that wait, and would contest nothing that stands."""
    after = law.History(_facts_without(desk, fact))
    waits = {str(one.pk) for one in desk.story.waiting(*law.REOPENING)}
    found = [one for one in after if one.id in waits and law.lifted(after, one) is not None]
    return [(fact_name(one.kind), after.day(one)) for one in found]


def _facts_without(desk: Desk, fact: Fact) -> list[law.Fact]:
    """The facts of a dossier once an entry is struck out, with what falls with it and what is listed anew."""
    facts, at = list(desk.story.told), now().astimezone(CASABLANCA)
    struck, anew = struck_with(fact, desk.story), lists_anew(desk.dossier, fact)
    struck += lists_struck(desk.story) if anew else []
    for one in {one.pk: one for one in struck}.values():  # the only list is struck out, and gives way to the new one
        facts.append(law.Fact(f"next-{one.pk}", "entry_corrected", at, {}, voids=str(one.pk), seq=len(facts)))
    if anew:
        facts.append(law.Fact("next", "missing_listed", at, {"documents": lacking(desk.dossier)}, seq=len(facts)))
    return facts


def _named(draft: Draft) -> tuple[str, str]:
    """A letter by its title, and who wrote it."""
    title = in_language(str(draft.body.get("title_ar", "")), str(draft.body.get("title_fr", "")))
    return title, str(draft.prepared_by or "")


def _unsignable_without(desk: Desk, fact: Fact) -> list[Draft]:
    """The letters that wait and that the law would let nobody sign without an entry."""
    struck = Fact(kind="entry_corrected", happened_at=now(), voids=fact)
    after, waiting = Story([*desk.facts, struck]), [one for one in desk.unsigned if one.sent_back_at is None]
    others = [one for one in waiting if bound_to(one) != str(fact.pk)]
    now_signable = [one for one in others if not why_not_submitted(desk.dossier, one, desk.story)]
    return [one for one in now_signable if why_not_submitted(desk.dossier, one, after)]


def _reads(desk: Desk, fact: Fact) -> bool:
    """Whether the person was told of an entry, or reads it on his page."""
    return fact.kind in law.SHOWN_FACTS and fact.pk not in waits_to_be_told(desk.dossier, desk.facts)


def entry(desk: Desk) -> Mapping[str, Any]:
    """The entry that is to be struck out, and what that does; or those to choose from."""
    mine = correctable(desk)
    found = next((fact for fact in mine if str(fact.pk) == desk.about), None)
    if found is None:
        return {"choose": [line_of(desk, fact) for fact in reversed(mine)], "kept": kept(desk)}
    return {"entry": line_of(desk, found), "striking": striking(desk, found)}
