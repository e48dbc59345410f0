"""The engine of verbs: what may be done in a dossier now, by whom, with which form, and why not the rest.

A verb says what it is called, who may do it, which form it takes and which action it runs; what differs from one verb
to the next is a function that it carries, never a test on its code here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.models import in_language
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.forms.verbs import DeskForm
from tadbir.desk.matter import matters

if TYPE_CHECKING:
    from tadbir.desk.dossier import Desk

Typed = Mapping[str, Any]


@dataclass(frozen=True)
class Sure:
    """The page that asks whether one is sure, by typing the number of the dossier, before what cannot be undone."""

    template: str
    context: Callable[[Desk, Typed], Mapping[str, Any]]


@dataclass(frozen=True)
class Verb:
    """One thing that may be done in a dossier.

    `right`: what it takes; None for whoever works on the dossier. `fact`: the kind of fact it records, about which the
    law is asked; empty where the law has nothing to say. The callables:
    `fact_of` names the fact where it depends on the dossier; `belongs` says whether the verb means anything in it
    (else it is not even listed; by default, when the law knows the fact in this kind of dossier); `against` gives what
    stands against it besides the law; `after` the answer to send instead of the dossier's page.
    """

    code: str
    label: Any
    hint: Any
    form: type[DeskForm]
    run: Callable[[Desk, Typed], object]
    rank: int  # where it stands among the verbs of the page
    right: Right | None = None
    fact: str = ""
    fact_of: Callable[[Desk], str] | None = None
    belongs: Callable[[Desk], bool] | None = None
    against: Callable[[Desk], list[str]] | None = None
    after: Callable[[OfficeRequest, Desk], HttpResponse | None] | None = None
    danger: bool = False
    sure: Sure | None = None

    def held(self, desk: Desk) -> bool:
        """Whether this agent's role lets him do it."""
        return desk.holds(self.right) if self.right else desk.works

    def fact_in(self, desk: Desk) -> str:
        """The kind of fact that it records in this dossier."""
        return self.fact_of(desk) if self.fact_of else self.fact

    def listed(self, desk: Desk) -> bool:
        """Whether it means something in this dossier at all."""
        if self.belongs is not None:
            return self.belongs(desk)
        return self.fact_in(desk) in desk.regime.facts if desk.regime else False


@dataclass(frozen=True)
class Offer:
    """A verb on a page: allowed with its form, or not with the reasons in the reader's language."""

    verb: Verb
    allowed: bool
    reasons: tuple[str, ...] = ()
    permission: law.Permission | None = None
    form: DeskForm | None = None


def words_of(permission: law.Permission) -> tuple[str, ...]:
    """The reasons of a permission in the reader's language."""
    return tuple(in_language(reason.ar, reason.fr) for reason in permission.reasons)


def _reasons_against(verb: Verb, desk: Desk, permission: law.Permission | None) -> tuple[str, ...]:
    """Why it may not be done now; nothing when it may."""
    if not verb.held(desk):
        return (_("Not with your role today."),)
    if desk.dossier.erased_at is not None:
        return (_("The personal data of this dossier were erased: nothing more is recorded in it."),)
    if permission is not None and not permission:
        return words_of(permission) or (_("Not now."),)
    return tuple(verb.against(desk)) if verb.against else ()


def offer(verb: Verb, desk: Desk, key: str, data: Any = None, files: Any = None) -> Offer:
    """Whether this agent may do this now, with its form, and why not. `key` makes a double click harmless."""
    kind = verb.fact_in(desk)
    permission = desk.may(kind) if kind else None
    if reasons := _reasons_against(verb, desk, permission):
        return Offer(verb, False, reasons, permission)
    form = verb.form(data, files, desk=desk, auto_id=f"{verb.code}_%s", initial={"key": key})
    return Offer(verb, True, words_of(permission) if permission else (), permission, form)


def verbs_of(desk: Desk) -> list[Verb]:
    """The verbs that mean something in this dossier, those of its matter and those of the office, in their order."""
    shared = [verb for matter in matters() if not matter.kinds for verb in matter.verbs]
    return sorted(
        (verb for verb in (*desk.matter.verbs, *shared) if verb.listed(desk)), key=lambda verb: (verb.rank, verb.code)
    )


def verb_of(desk: Desk, code: str) -> Verb | None:
    """One verb of a dossier by its code, listed or not."""
    every = (*desk.matter.verbs, *(verb for matter in matters() if not matter.kinds for verb in matter.verbs))
    return next((verb for verb in every if verb.code == code), None)


def offers(desk: Desk, key: str) -> tuple[list[Offer], list[Offer]]:
    """What this agent may do now, and the rest with its reasons."""
    found = [offer(verb, desk, f"{key}{rank}") for rank, verb in enumerate(verbs_of(desk))]
    return [one for one in found if one.allowed], [one for one in found if not one.allowed]
