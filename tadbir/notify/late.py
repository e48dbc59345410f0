"""Values that enter a notice only when it leaves, so that the database never holds them: the follow code.

A domain declares, when its app starts, how such a value is made from the number of the dossier. Until then the text of
the notice keeps its place, `{follow_code}`.
"""

from collections.abc import Callable

_makers: dict[str, Callable[[str], str]] = {}


def declare(name: str, make: Callable[[str], str]) -> None:
    """Declare a late value. `make(dossier_ref)` raises ValueError when it cannot be made; the notice then waits."""
    _makers[name] = make


def places() -> dict[str, str]:
    """What stands in a text for each late value until it leaves."""
    return {name: f"{{{name}}}" for name in _makers}


def complete(text: str, dossier_ref: str) -> str:
    """The text as it leaves."""
    for name, place in places().items():
        if place in text:
            text = text.replace(place, _makers[name](dossier_ref))
    return text
