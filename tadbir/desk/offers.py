"""What may be done in a dossier now, by whom, with which form, and why not the rest."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.models import in_language
from tadbir.desk import papers
from tadbir.desk.dossier import Desk
from tadbir.desk.matter import matter_of, matters
from tadbir.desk.verbs import DeskForm, Verb, ends
from tadbir.desk.words import named_holders
from tadbir.dossiers import clockwork
from tadbir.law.words import beside


@dataclass(frozen=True)
class Offer:
    """A verb on a page: allowed with its form, or not with the reasons in the reader's language."""

    verb: Verb
    allowed: bool
    reasons: tuple[str, ...] = ()
    permission: law.Permission | None = None
    form: DeskForm | None = None
    apart: bool = False  # asked on a page of its own
    closes: bool = False  # ends the dossier

    @property
    def came_by(self) -> date | None:
        """By which day it must have reached the council, where that is past: it is entered as of the day it came."""
        return self.permission.came_by if self.permission is not None and self.allowed else None

    @property
    def of_person(self) -> bool:
        """Whether it records what the person does: its last day is then that of the counter, not the one advised."""
        return self.permission is not None and law.FACTS[self.permission.fact_kind].of_person


def words_of(permission: law.Permission) -> tuple[str, ...]:
    """The reasons of a permission in the reader's language."""
    return tuple(in_language(reason.ar, reason.fr) for reason in permission.reasons)


def _who_may(verb: Verb, desk: Desk) -> str:
    """That it is not for this agent today, and whose it is: those who hold its right, else whoever has the dossier."""
    if verb.right is None:
        has = {"who": beside(desk.dossier.unit, desk.dossier.officer)}
        return _("Not with your role today: whoever works on this dossier does it (%(who)s).") % has
    return _("Not with your role today: it is done by %(who)s.") % {"who": named_holders(verb.right)}


def _reasons_against(verb: Verb, desk: Desk, permission: law.Permission | None) -> tuple[str, ...]:
    """Why it may not be done now; nothing when it may."""
    if not verb.held(desk):
        return (_who_may(verb, desk),)
    if desk.dossier.erased_at is not None:
        return (_("The personal data of this dossier were erased: nothing more is recorded in it."),)
    if permission is not None and not permission:
        return words_of(permission) or (_("Not now."),)
    if (kind := verb.fact_in(desk)) in desk.letters:
        return (papers.already_written(desk.letters[kind][0]),)
    if kind and desk.signed_letter(kind):
        return (_("Such a letter is signed: notify it first."),)
    return tuple(verb.against(desk)) if verb.against else ()


def _permission(verb: Verb, desk: Desk, kind: str) -> law.Permission:
    """What the law says of it now. What its person did may have reached the council before it is entered: refused today
    as late, it is judged on the last day on which it was not, where the form asks the day."""
    now = desk.may(kind)
    if now or now.came_by is None or not verb.dated:
        return now
    then = law.permitted(clockwork.standing(desk.dossier, now.came_by, desk.facts), kind)
    return replace(then, came_by=now.came_by) if then else now


def offer(verb: Verb, desk: Desk, key: str, data: Any = None, files: Any = None) -> Offer:
    """Whether this agent may do this now, with its form, and why not. `key` makes a double click harmless."""
    kind = verb.fact_in(desk)
    permission = _permission(verb, desk, kind) if kind else None
    if reasons := _reasons_against(verb, desk, permission):
        return Offer(verb, False, reasons, permission)
    late = permission is not None and permission.came_by is not None  # the day it came is asked, never proposed
    initial = {"key": key} | ({"on": None} if late else {})
    form = verb.form(data, files, desk=desk, auto_id=f"{verb.code}_%s", initial=initial)
    said = words_of(desk.may(kind)) if kind else ()  # of what came in time and is entered late: that it is late today
    return Offer(verb, True, said, permission, form, verb.apart(desk), ends(kind))


class Group(NamedTuple):
    """Verbs of one sort, under a heading: the work, what was entered wrong, what ends the dossier, what is for ever."""

    heading: str
    offers: list[Offer]
    grave: bool = False


def grouped(can: list[Offer]) -> list[Group]:
    """What may be done, by its sort: nobody ends a dossier in passing."""
    others = [one for one in can if not one.verb.mends]
    found = (
        Group("", [one for one in others if not one.apart]),
        Group(_("Put right what was entered wrong"), [one for one in can if one.verb.mends]),
        Group(_("End the dossier"), [one for one in others if one.closes], grave=True),
        Group(_("What cannot be undone"), [one for one in others if one.apart and not one.closes], grave=True),
    )
    return [group for group in found if group.offers]


def verb_of(desk: Desk, code: str) -> Verb | None:
    """One verb of a dossier by its code, listed or not."""
    return next((verb for verb in _every(desk) if verb.code == code), None)


def verbs_of(desk: Desk) -> list[Verb]:
    """The verbs that mean something in this dossier, in their order."""
    return sorted((verb for verb in _every(desk) if verb.listed(desk)), key=lambda verb: (verb.rank, verb.code))


def _every(desk: Desk) -> list[Verb]:
    """Those of its matter, and those of the office."""
    shared = [verb for matter in matters() if not matter.kinds for verb in matter.verbs]
    return [*matter_of(desk.dossier.kind).verbs, *shared]


def offers(desk: Desk, key: str) -> tuple[list[Offer], list[Offer]]:
    """What this agent may do now, and the rest with its reasons."""
    found = [offer(verb, desk, f"{key}{rank}") for rank, verb in enumerate(verbs_of(desk))]
    return [one for one in found if one.allowed], [one for one in found if not one.allowed]
