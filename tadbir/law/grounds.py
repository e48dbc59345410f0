"""What a remedy that is filed now contests."""

from __future__ import annotations

from .facts import ANSWERING, CLOSED_UNANSWERED, REFUSING
from .history import History
from .model import Fact


def contestable(history: History) -> list[Fact]:
    """What stands to be contested, in order: the answers of the request, the delays of the council that ran out, the
    end of a dossier without an answer. What a remedy, granted since, took away is not there: the request goes on, and
    whoever contests it then comes early."""
    since = history.granted_before(None)
    said = [*history.of(*REFUSING, *ANSWERING), *history.silences]
    said = [fact for fact in said if since is None or history.order(fact) > since]
    ends = [fact for fact in history.of(*CLOSED_UNANSWERED) if fact.kind not in REFUSING]
    return sorted([*said, *(fact for fact in ends if fact.id not in history.undone)], key=history.order)


def ground_of(history: History, *, silent: bool = False) -> str:
    """What a remedy filed now contests: refusal (an answer, whatever it says, or the end of a file), lapse (a silence),
    or early. `silent`: the delay of the council is over, though nothing recorded it yet."""
    found = contestable(history)
    if any(fact.kind != "lapsed" for fact in found):
        return "refusal"
    return "lapse" if found or silent else "early"
