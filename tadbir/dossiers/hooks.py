"""How domains take part without dossiers knowing them.

A domain declares, when it starts, what it does when a fact of a kind is recorded in its dossiers, and which
kinds of fact it accepts over a link. Both run in the transaction of the fact itself.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tadbir.councils.models import Person
    from tadbir.dossiers.models import Dossier, Fact

OnFact = Callable[["Dossier", "Fact"], None]
OnRelay = Callable[["Dossier", "Fact"], None]
OnSettled = Callable[["Dossier", "Person | None"], object]

_on_fact: dict[tuple[str, str], list[OnFact]] = {}
_on_relay: dict[tuple[str, str, str], OnRelay] = {}
_on_settled: list[OnSettled] = []


def on_fact(dossier_kind: str, fact_kind: str, handler: OnFact) -> None:
    """Call `handler(dossier, fact)` when such a fact is recorded; declared once, at start.

    `dossier_kind` is empty for the dossiers of every kind.
    """
    handlers = _on_fact.setdefault((dossier_kind, fact_kind), [])
    if handler not in handlers:
        handlers.append(handler)


def on_settled(handler: OnSettled) -> None:
    """Call `handler(dossier, by)` once all that was recorded together stands and was answered; declared once, at start.

    Not in a dossier that is being opened: nothing waited in it.
    """
    if handler not in _on_settled:
        _on_settled.append(handler)


def settled_handlers() -> list[OnSettled]:
    """Who looks at a dossier after each change."""
    return list(_on_settled)


def accept_relay(dossier_kind: str, link_kind: str, fact_kind: str, handler: OnRelay) -> None:
    """Accept facts of a kind that reach dossiers of `dossier_kind` over links of `link_kind`."""
    _on_relay[(dossier_kind, link_kind, fact_kind)] = handler


def fact_handlers(dossier_kind: str, fact_kind: str) -> list[OnFact]:
    """Who wants to know of this fact."""
    return [*_on_fact.get((dossier_kind, fact_kind), ()), *_on_fact.get(("", fact_kind), ())]


def relay_handler(dossier_kind: str, link_kind: str, fact_kind: str) -> OnRelay | None:
    """Who accepts this fact over this link, if anybody does."""
    return _on_relay.get((dossier_kind, link_kind, fact_kind))


def is_relayed(fact_kind: str) -> bool:
    """Whether any domain accepts this kind of fact over any link."""
    return any(kind == fact_kind for _dossier, _link, kind in _on_relay)
