"""Every kind of fact, and what derives from their rows. What is read here is live: a domain's own kinds join it.

A kind of fact that is not here is refused by the rules, by `may()` and by the dossiers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from .errors import LawError
from .kind import FactKind, parse_kinds

_kinds: dict[str, FactKind] = {}
_answers: dict[str, tuple[str, ...]] = {}

#: Every kind of fact by its code.
FACTS: Mapping[str, FactKind] = MappingProxyType(_kinds)
#: A question and the kinds of fact that answer it.
ANSWERS: Mapping[str, tuple[str, ...]] = MappingProxyType(_answers)


class KindsWhere(Set[str]):
    """The kinds of fact whose row says something, in the order of the rows; those of a domain once it is included."""

    _all: list[KindsWhere] = []

    def __init__(self, says: Callable[[FactKind], bool]) -> None:
        self._says = says
        self._found: dict[str, None] = {}
        self._all.append(self)

    @classmethod
    def read_anew(cls) -> None:
        """Read every row again."""
        for one in cls._all:
            one._found = {code: None for code, kind in _kinds.items() if one._says(kind)}

    @classmethod
    def _from_iterable(cls, it: Any) -> Set[str]:  # type: ignore[override]
        return frozenset(it)

    def __contains__(self, code: object) -> bool:
        return code in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return f"KindsWhere({list(self._found)})"


#: Facts after which a dossier is no longer in anybody's tray (its rights may go on).
CLOSING = KindsWhere(lambda kind: kind.closes in ("answered", "unanswered"))
#: Those of them that answer the request.
ANSWERING = KindsWhere(lambda kind: kind.closes == "answered")
#: Those of them that give no answer: nothing can be the duplicate of a dossier closed so.
CLOSED_UNANSWERED = KindsWhere(lambda kind: kind.closes == "unanswered")
#: Those of them that refuse in words what was asked, without being an answer to it.
REFUSING = KindsWhere(lambda kind: kind.refuses)
#: What is filed with another authority: the council only records it, and accepts nothing in its name.
ELSEWHERE = KindsWhere(lambda kind: kind.elsewhere)
#: Facts that close it again when it had ended before a remedy opened it.
CLOSING_AGAIN = KindsWhere(lambda kind: kind.closes == "again")
#: Facts that open it again.
REOPENING = KindsWhere(lambda kind: kind.reopens)
#: Questions to the person of the dossier.
ASKING = KindsWhere(lambda kind: kind.asks == "person")
#: What the person of the dossier sees on his page; anything else stays inside.
SHOWN_FACTS = KindsWhere(lambda kind: kind.shown)
#: Answers from whose reception by the person a delay runs against him, where it is recorded.
RECEIVED = KindsWhere(lambda kind: kind.received)
#: What the person of the dossier does: an agent who records it for him says in which words he did it.
OF_PERSON = KindsWhere(lambda kind: kind.of_person)
#: What anybody may see: sessions, posting, publications.
OPEN_TO_ALL = KindsWhere(lambda kind: kind.public)
#: What nobody corrects: what opens the dossier, and what was recorded of the dossier itself.
NEVER_CORRECTED = KindsWhere(lambda kind: kind.corrected_by == "nobody")
#: What whoever works on the dossier corrects alone.
CORRECTED_BY_WORKER = KindsWhere(lambda kind: kind.corrected_by == "worker")


def check_data(kind: str, data: Mapping[str, Any]) -> None:
    """Raises LawError for a kind of fact that does not exist, a key its row does not name, or a wrong type."""
    if kind not in _kinds:
        raise LawError("facts", f"{kind!r} is not in the vocabulary of facts")
    if fault := _kinds[kind].fault(data):
        raise LawError(f"fact {kind}", fault)


def hold(kinds: Mapping[str, FactKind]) -> None:
    """Make these the kinds of fact, whole. Only the loading of the law does it."""
    kept = dict(kinds)
    _kinds.clear()
    _kinds.update(kept)
    _answers.clear()
    _answers.update({code: kind.answered_by for code, kind in kept.items() if kind.answered_by})
    KindsWhere.read_anew()


def read_kinds(folder: Traversable) -> dict[str, FactKind]:
    """The kinds of fact of the files of a folder. Raises LawError for one that is there twice, or an answer unknown."""
    found: dict[str, FactKind] = dict(_kinds)
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".toml"):
            continue
        for kind in parse_kinds(file.read_text(encoding="utf-8"), f"facts/{file.name}"):
            if kind.code in found:
                raise LawError(kind.file, f"{kind.code}: is already in {found[kind.code].file}")
            found[kind.code] = kind
    for kind in found.values():
        for answer in kind.answered_by:
            if answer not in found:
                raise LawError(kind.file, f"{kind.code}.answered_by: {answer!r} is not in the vocabulary of facts")
    return found


hold(read_kinds(resources.files("tadbir.law") / "facts"))
