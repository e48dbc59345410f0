"""Whether something was refused in words before a fact."""

from __future__ import annotations

from .facts import CLOSING_AGAIN
from .history import History
from .model import Fact


def spoken_before(history: History, fact: Fact) -> bool:
    """Whether something was refused in words before a fact, by an answer to the request or to a remedy."""
    said = [*history.refusals, *(one for one in history.of(*CLOSING_AGAIN) if history.decides(one))]
    return any(history.order(one) < history.order(fact) for one in said)


def first_in_words(history: History, reply: Fact) -> bool:
    """Whether the answer to a remedy is the first refusal in words of what a silence had refused."""
    said = (fact in history.refusals or history.decides(fact) for fact in history.before(reply))
    return history.decides(reply) and not any(said)
