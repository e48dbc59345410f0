"""The words of notices: data with named placeholders, in the reader's language, cleaned of what does not belong."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from tadbir.reading.letters import shown

PLACE = re.compile(r"\{([a-z_]+)\}")
_ISOLATE, _POP = "\u2068", "\u2069"


class UnknownWording(ValueError):
    """No notice has this code, or a value that its wording needs was not given."""


@dataclass(frozen=True)
class Words:
    """A filled notice."""

    subject: str
    text: str


_catalogue: dict[str, dict[str, Any]] = {}


def include(file: Traversable) -> None:
    """Add the notices that a part of the house words itself; the same file again changes nothing.

    Raises UnknownWording for a code that another file words otherwise; nothing is added then.
    """
    brought = tomllib.loads(file.read_text("utf-8"))
    for code, table in brought.items():
        if _catalogue.get(code, table) != table:
            raise UnknownWording(f"two wordings under one code: {code!r}")
    _catalogue.update(brought)


def catalogue() -> Mapping[str, dict[str, Any]]:
    """All wordings by code, as shipped."""
    return _catalogue


def placeholders(text: str) -> set[str]:
    """Names in braces."""
    return set(PLACE.findall(text))


def clean(value: object) -> str:
    """One line without controls: no header can be injected, no bidi control can turn the text around."""
    return " ".join(shown(str(value), kept="").split())


def without_isolates(text: str) -> str:
    """The text without what sets its values apart."""
    return text.replace(_ISOLATE, "").replace(_POP, "")


def fill(
    code: str,
    language: str,
    values: Mapping[str, object],
    *,
    isolate: bool = False,
    own: Mapping[str, Mapping[str, str]] | None = None,
) -> Words:
    """The subject and text of a notice. `own` is the council's wordings; one that asks for an unknown name is left.

    With `isolate` each value is set apart for the bidi algorithm (mail; old telephones show boxes instead).
    Raises UnknownWording for a code that does not exist or a value that is missing.
    """
    shipped = catalogue().get(code)
    if shipped is None:
        raise UnknownWording(f"no notice has the code {code!r}")
    needs = set(shipped["needs"])
    if missing := needs - set(values):
        raise UnknownWording(f"the notice {code!r} needs {', '.join(sorted(missing))}")
    lang = "fr" if language == "fr" else "ar"
    mine = (own or {}).get(code, {})
    ready = {name: clean(values[name]) for name in needs}
    # A header is not a paragraph: isolates only go into the text.
    subject = _put(_choose(mine, shipped, f"subject_{lang}", needs), ready)
    apart = {name: f"{_ISOLATE}{value}{_POP}" if value else "" for name, value in ready.items()} if isolate else ready
    text = _put(_choose(mine, shipped, lang, needs), apart)
    return Words(clean(subject)[:200], text.replace("  ", " "))  # where a value is empty


def _choose(mine: Mapping[str, str], shipped: Mapping[str, Any], name: str, needs: set[str]) -> str:
    text = mine.get(name, "")
    return text if text and placeholders(text) <= needs else str(shipped[name])


def _put(text: str, values: Mapping[str, str]) -> str:
    return PLACE.sub(lambda match: values[match.group(1)], text)


include(resources.files("tadbir.notify") / "data" / "wordings.toml")
