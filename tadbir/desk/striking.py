"""What striking out an entry of a dossier does, for the page that asks before it: derived from the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import CASABLANCA, now
from tadbir.desk.dossier import Desk
from tadbir.desk.endings import Moved, end_with, moved_by
from tadbir.desk.forms.verbs import correctable
from tadbir.desk.history import line_of
from tadbir.desk.kept import kept
from tadbir.desk.notices import promise_to
from tadbir.desk.queries.correcting import paper_struck
from tadbir.desk.words import fact_name
from tadbir.dossiers.corrections import lists_anew, struck_with
from tadbir.dossiers.models import Fact
from tadbir.dossiers.queries import lacking


@dataclass(frozen=True)
class Striking:
    """What happens when an entry is struck out: to the clocks, whether the dossier is open again or closed again, what
    becomes of the paper that the entry names."""

    moved: Moved
    reopens: bool
    closes: bool
    paper: Act | None
    annulled: bool  # else its notification may be made again
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
        lifts=_lifted(desk, fact),
        told=fact.kind in law.SHOWN_FACTS and promise_to(desk.dossier.applicant).can,
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
    struck += desk.story.of("missing_listed") if anew else []
    for one in struck:
        facts.append(law.Fact(f"next-{one.pk}", "entry_corrected", at, {}, voids=str(one.pk), seq=len(facts)))
    if anew:
        facts.append(law.Fact("next", "missing_listed", at, {"documents": lacking(desk.dossier)}, seq=len(facts)))
    return facts


def entry(desk: Desk) -> Mapping[str, Any]:
    """The entry that is to be struck out, and what that does; or those to choose from."""
    mine = correctable(desk)
    found = next((fact for fact in mine if str(fact.pk) == desk.about), None)
    if found is None:
        return {"choose": [line_of(desk, fact) for fact in reversed(mine)], "kept": kept(desk)}
    return {"entry": line_of(desk, found), "striking": striking(desk, found)}
