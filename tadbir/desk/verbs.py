"""What a verb and its form are.

It says what it is called, who may do it, which form it takes and which action it runs; what differs from one verb
to the next is a function that it carries, never a test on its code in the office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from tadbir import law
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.dossier import Desk
from tadbir.desk.shown import confirm
from tadbir.ui.confirming import ConfirmingForm
from tadbir.ui.keyed import KeyedForm

Typed = Mapping[str, Any]


def ends(kind: str) -> bool:
    """Whether a fact of this kind closes the dossier where it is recorded, for the first time or again."""
    return bool(kind) and bool(law.FACTS[kind].closes)


class DeskForm(KeyedForm, ConfirmingForm):
    """A form of one dossier, bound to what its page displays; `key` makes a double click harmless."""

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, shown=desk.shown, **kwargs)
        self.prepare(desk)

    def prepare(self, desk: Desk) -> None:
        """Fill the choices."""

    def choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """The choices of a field; one alone is already chosen."""
        found = list(choices)
        super().choose(name, found)
        if len(found) == 1:
            self.fields[name].initial = found[0][0]


@dataclass(frozen=True)
class Page:
    """What the page of a verb says besides what the law derives: a part of it, and what that part shows."""

    template: str
    context: Callable[[Desk], Mapping[str, Any]]


@dataclass(frozen=True)
class Verb:
    """One thing that may be done in a dossier.

    `right`: what it takes; None for whoever works on the dossier. `fact`: the kind of fact it records, about which the
    law is asked; empty where the law has nothing to say. The callables:
    `fact_of` names the fact where it depends on the dossier; `choices` those among which its form chooses by `kind`;
    `belongs` says whether the verb means anything in it
    (else it is not even listed; by default, when the law knows the fact in this kind of dossier); `against` gives what
    stands against it besides the law; `after` the answer to send instead of the dossier's page; `instead`
    what is said instead of `done` where something else happened.

    A verb whose fact closes the dossier has a page of its own, which says what it does before it asks; so has one that
    brings its `page`.
    """

    code: str
    label: Any
    hint: Any
    form: type[DeskForm]
    run: Callable[[Desk, Typed], object]
    done: Any  # the sentence that says what happened, once it did
    rank: int  # where it stands among the verbs of the page
    right: Right | None = None
    fact: str = ""
    fact_of: Callable[[Desk], str] | None = None
    choices: Callable[[Desk], list[str]] | None = None
    belongs: Callable[[Desk], bool] | None = None
    against: Callable[[Desk], list[str]] | None = None
    after: Callable[[OfficeRequest, Desk], HttpResponse | None] | None = None
    instead: Callable[[Desk], str] | None = None
    danger: bool = False
    mends: bool = False  # puts right what was entered wrong
    page: Page | None = None

    @property
    def dated(self) -> bool:
        """Whether its form asks on which day it was done: what came in time is entered later too."""
        return "on" in self.form.base_fields

    def held(self, desk: Desk) -> bool:
        """Whether this agent's role lets him do it."""
        return desk.holds(self.right) if self.right else desk.works

    def fact_in(self, desk: Desk) -> str:
        """The kind of fact that it records in this dossier."""
        return self.fact_of(desk) if self.fact_of else self.fact

    def facts_in(self, desk: Desk, chosen: str = "") -> list[str]:
        """The kinds of fact that it may record in this dossier; the one chosen, where it is among them."""
        known = (self.choices(desk) if self.choices else []) or [self.fact_in(desk)]
        return [chosen] if chosen in known else known

    def apart(self, desk: Desk) -> bool:
        """Whether it is asked on a page of its own: what closes a dossier is never done in passing."""
        return self.page is not None or ends(self.fact_in(desk))

    def said(self, desk: Desk) -> str:
        """What happened, once it did."""
        return (self.instead(desk) if self.instead else "") or str(self.done)

    def perform(self, desk: Desk, typed: Typed) -> None:
        """Run it, in the caller's transaction, on the dossier that was read: else Changed."""
        confirm(desk.dossier, str(typed["shown"]))
        self.run(desk, typed)

    def listed(self, desk: Desk) -> bool:
        """Whether it means something in this dossier at all."""
        if self.belongs is not None:
            return self.belongs(desk)
        return self.fact_in(desk) in desk.regime.facts if desk.regime else False
