"""What striking out an entry of a dossier does, for the page that asks before it: derived from the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import CASABLANCA, now
from tadbir.desk.dossier import Desk
from tadbir.desk.endings import Clock, end_with, running
from tadbir.desk.forms.verbs import correctable
from tadbir.desk.history import line_of
from tadbir.desk.kept import kept
from tadbir.desk.notices import promise_to
from tadbir.desk.queries.correcting import paper_struck
from tadbir.dossiers.models import Fact


@dataclass(frozen=True)
class Striking:
    """What happens when an entry is struck out: the clocks that stop, those that begin, those whose last day is another
    one, whether the dossier is open again or closed again, what becomes of the paper that the entry names."""

    stops: list[Clock]
    begins: list[Clock]
    moves: list[Clock]
    reopens: bool
    closes: bool
    paper: Act | None
    annulled: bool  # else its notification may be made again
    told: bool  # whether a message tells the person, who was told of the entry or reads it on his page


def striking(desk: Desk, fact: Fact) -> Striking:
    """What striking out an entry would end and begin, were it done now."""
    facts = desk.story.told
    said = law.Fact("next", "entry_corrected", now().astimezone(CASABLANCA), {}, voids=str(fact.pk), seq=len(facts))
    before, after = running(desk, facts), running(desk, [*facts, said])
    paper, annulled = paper_struck(fact, desk.acts)
    closed = desk.dossier.closed_at is not None
    ended = end_with(desk, Fact(kind="entry_corrected", happened_at=now(), voids=fact))
    return Striking(
        stops=[clock for key, clock in before.items() if key not in after],
        begins=[clock for key, clock in after.items() if key not in before],
        moves=[clock for key, clock in after.items() if key in before and before[key].by != clock.by],
        reopens=closed and not ended,
        closes=bool(ended) and not closed,
        paper=paper,
        annulled=annulled,
        told=fact.kind in law.SHOWN_FACTS and promise_to(desk.dossier.applicant).can,
    )


def entry(desk: Desk) -> Mapping[str, Any]:
    """The entry that is to be struck out, and what that does; or those to choose from."""
    mine = correctable(desk)
    found = next((fact for fact in mine if str(fact.pk) == desk.about), None)
    if found is None:
        return {"choose": [line_of(desk, fact) for fact in reversed(mine)], "kept": kept(desk)}
    return {"entry": line_of(desk, found), "striking": striking(desk, found)}
