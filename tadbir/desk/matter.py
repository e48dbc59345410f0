"""The one door of the office: a domain declares its matter, once, in `ready()` of its app. Nothing above or beside it
is edited to add it.

    declare(Matter("grants", kinds=("grant",), verbs=VERBS, papers=(AWARD,), office="tadbir.grants.office.urls"))

What a matter names: kinds of dossier, page sections, verbs, trays, menu entries with their right, papers, registers,
words for search, wordings of notices, its own law, public pages, router of the API. Each is optional; docs/desk.md
shows each in a few lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from tadbir import law
from tadbir.acts.kinds import Kind, register_kind
from tadbir.councils.rights import Right
from tadbir.desk.dossier import Desk
from tadbir.desk.followed import Followed
from tadbir.desk.notices import no_longer_ready
from tadbir.desk.papers import Letter, register_letter
from tadbir.desk.verbs import Verb
from tadbir.dossiers import hooks
from tadbir.dossiers.hooks import OnFact
from tadbir.dossiers.models import Dossier
from tadbir.notify import wordings

#: Where a section stands on the page of a dossier: above all, in the column of work, in that of facts, below all.
PLACES = ("top", "work", "side", "foot")


class WrongMatter(ValueError):
    """A matter that contradicts another one, or itself; the message says how."""


@dataclass(frozen=True)
class Section:
    """A part of the page of a dossier. `context` gives what its template shows; None: the section is left out."""

    code: str
    template: str
    context: Callable[[Desk], Mapping[str, Any] | None]
    place: str = "work"
    rank: int = 50  # among the sections of its place; the shared ones stand at 10, 20, …


@dataclass(frozen=True)
class Waiting:
    """Rows that make a dossier wait: few at any time, under an index of their own. `dossier`: their column that names
    it, by its key or, in a column that ends in `_ref`, by its number."""

    rows: QuerySet[Any]
    dossier: str

    @property
    def names(self) -> str:
        """What of a dossier the column holds."""
        return "number" if self.dossier.endswith("_ref") else "pk"


@dataclass(frozen=True)
class Tray:
    """Dossiers that wait for one thing, in any way of `waiting`; `still_open`: those that ended wait no more;
    `address`: a page of its own that takes the place of the plain list, for those who hold `right`."""

    code: str
    label: Any
    waiting: Callable[[], Sequence[Waiting]]
    still_open: bool = False
    address: str = ""
    right: Right | None = None


@dataclass(frozen=True)
class Item:
    """One line of the menu. `right`: what it takes to see it (everybody when None); `below`: names of addresses under
    it begin so; `rank` orders the lines."""

    address: str
    label: Any
    rank: int
    right: Right | None = None
    key: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Follow:
    """The page on which a person follows his dossier: its template (it extends `desk/public/dossier.html`), what it
    shows besides, and a word for where the dossier stands (for the API)."""

    template: str
    context: Callable[[HttpRequest, Followed], Mapping[str, Any]]
    state: Callable[[Followed], str]


class Beside(NamedTuple):
    """What stands under the form that asks for number and code: its template, the form that it draws as `form`,
    and what closes all of it that a browser has open, with the page that says so."""

    template: str
    form: Callable[[], Form]
    close: Callable[[HttpRequest], HttpResponse | None]


@dataclass(frozen=True)
class Matter:
    """What a domain, or a part of the office, brings to the house. Modules are named by their dotted path."""

    code: str
    kinds: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    verbs: tuple[Verb, ...] = ()
    trays: tuple[Tray, ...] = ()
    menu: tuple[Item, ...] = ()
    papers: tuple[Kind, ...] = ()
    #: How the steps that it takes by letter are written, by the kind of fact that each records.
    letters: Mapping[str, Letter] = field(default_factory=dict)
    registers: tuple[Any, ...] = ()  # of tadbir.ledgers.kinds.Register
    law: str = ""  # a package whose `law` folder holds facts, regimes and rules
    wordings: str = ""  # a package whose `data/wordings.toml` holds notices
    office: str = ""  # modules of addresses
    public: str = ""
    api: str = ""  # a module whose `router` answers machines
    follow: Follow | None = None
    beside_follow: Beside | None = None
    counter: str = ""  # name of the address where its next visitor is served
    #: Words under which its dossiers are found besides number, people, subject, answers and service.
    words: Callable[[Dossier], Iterable[str]] | None = None
    #: Its dossiers (by key) that a number of its own names, as it is printed: a receipt given while the power was out.
    numbered: Callable[[str], Iterable[int]] | None = None
    #: What it does when a fact of a kind is recorded in its dossiers, in the same transaction.
    on_fact: Mapping[str, OnFact] = field(default_factory=dict)
    #: Rules whose clock the pages of a dossier leave out.
    without: Callable[[Dossier], frozenset[str]] | None = None
    #: What of its own rows goes when the personal data of a dossier are erased (law 09-08), in the same transaction.
    erase: Callable[[Dossier], None] | None = None
    #: Numbers of papers of its own that still name the people of a dossier after an erasure.
    still_named: Callable[[Dossier], Iterable[str]] | None = None

    def __post_init__(self) -> None:
        for parts in (self.sections, self.verbs, self.trays, self.registers, self.papers):
            codes = [part.code for part in parts]
            if len(set(codes)) != len(codes):
                raise WrongMatter(f"{self.code}: a code is used twice: {', '.join(codes)}")
        if any(section.place not in PLACES for section in self.sections):
            raise WrongMatter(f"{self.code}: a section stands in one of {', '.join(PLACES)}")
        if self.on_fact and not self.kinds:
            raise WrongMatter(f"{self.code}: it has no kind of dossier whose facts it could wait for")


#: What a dossier belongs to when no domain has declared its kind: the shared sections and verbs make its page.
NOBODYS = Matter("")
_matters: dict[str, Matter] = {}


def declare(matter: Matter) -> None:
    """Open the house to a matter; declaring the same one again changes nothing.

    Raises WrongMatter where it clashes with another matter, or names a kind of dossier or of fact that the law does
    not know; LawError, UnknownWording or ValueError where its law, its wordings or its papers contradict those of the
    house. The program does not start then.
    """
    if _matters.get(matter.code) == matter:
        return
    _refuse_clashes(matter)
    _join_the_law(matter)
    _hand_over(matter)
    _matters[matter.code] = matter


def _claims(matter: Matter) -> dict[str, set[str]]:
    """What one matter alone may have, by what it is. A verb is alone in the dossiers where it is offered."""
    return {
        "kind of dossier": set(matter.kinds),
        "tray": {tray.code for tray in matter.trays},
        "menu entry": {item.address for item in matter.menu},
        "key of the menu": {item.key for item in matter.menu if item.key},
        "register": {register.code for register in matter.registers},
        "module of addresses": {module for module in (matter.office, matter.public, matter.api) if module},
    }


def _refuse_clashes(matter: Matter) -> None:
    if matter.code in _matters:
        raise WrongMatter(f"two matters under one code: {matter.code}")
    mine = _claims(matter)
    for other in _matters.values():
        theirs = _claims(other)
        if not (matter.kinds and other.kinds):  # the verbs of the office are offered in every dossier
            mine["verb"], theirs["verb"] = ({verb.code for verb in one.verbs} for one in (matter, other))
        for what in theirs:
            if both := mine.get(what, set()) & theirs[what]:
                raise WrongMatter(f"{matter.code} and {other.code}: the same {what}: {', '.join(sorted(both))}")


def _join_the_law(matter: Matter) -> None:
    """Add its own law to that of the house, and refuse what it names and the law does not know."""
    if matter.law:
        folder = files(matter.law) / "law"
        if not folder.is_dir():
            raise WrongMatter(f"{matter.code}: {matter.law} has no folder called law")
        law.include(folder)
    facts = {verb.fact for verb in matter.verbs if verb.fact} | set(matter.on_fact) | set(matter.letters)
    for what, names, known in (("kind of dossier", set(matter.kinds), law.REGIMES), ("fact", facts, law.FACTS)):
        if unknown := names - set(known):
            raise WrongMatter(f"{matter.code}: the law knows no {what} called {', '.join(sorted(unknown))}")


def _hand_over(matter: Matter) -> None:
    """Give to the parts of the ground what the matter brings for them."""
    for paper in (*matter.papers, *(letter.paper for letter in matter.letters.values())):
        register_kind(paper)
    if matter.wordings:
        wordings.include(files(matter.wordings) / "data" / "wordings.toml")
    for kind in matter.kinds:
        for fact, handler in matter.on_fact.items():
            hooks.on_fact(kind, fact, handler)
        for fact, letter in matter.letters.items():
            register_letter(kind, fact, letter)
            hooks.on_fact(kind, fact, no_longer_ready)


def matters() -> list[Matter]:
    """Every matter declared, in order of declaration."""
    return list(_matters.values())


def matter_of(kind: str) -> Matter:
    """The matter of a kind of dossier; one without anything of its own when nobody declared the kind."""
    return next((matter for matter in _matters.values() if kind in matter.kinds), NOBODYS)


def left_out_of(dossier: Dossier) -> frozenset[str]:
    """The rules whose clock no page of a dossier tells: what its own sheet says can never be done in it."""
    without = matter_of(dossier.kind).without
    return without(dossier) if without else frozenset()


def state_of(followed: Followed) -> str:
    """A word for where a dossier stands, for machines."""
    own = matter_of(followed.dossier.kind).follow
    return own.state(followed) if own else "closed" if followed.dossier.closed_at else "open"


def trays() -> list[Tray]:
    """Every tray of the house."""
    return [tray for matter in _matters.values() for tray in matter.trays]


def menu() -> list[Item]:
    """Every line of the menu, in its order."""
    return sorted((item for matter in _matters.values() for item in matter.menu), key=lambda item: item.rank)


def begun_elsewhere() -> list[Beside]:
    """What matters put under the form of number and code."""
    return [matter.beside_follow for matter in _matters.values() if matter.beside_follow]
