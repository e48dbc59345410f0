"""What the page of a dossier displays: its facts up to the last one. Whoever decides in it has read these and no later.

Facts are never rewritten, so the last one says which were there; what came since is told by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act
from tadbir.acts.queries import as_shown
from tadbir.councils.shown import Difference, Line, Shown, Told
from tadbir.desk.told import known_to_person
from tadbir.desk.words import fact_name
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Fact


def _everything(fact: Fact) -> bool:
    return True


def _seen_by_the_person(fact: Fact) -> bool:
    return fact.kind in law.SHOWN_FACTS


def dossier_shown(dossier: Dossier, facts: Sequence[Fact], seen: Callable[[Fact], bool] = _everything) -> Shown:
    """A dossier as its page displays it; `seen` leaves out what its reader is not shown."""
    shown = [fact for fact in facts if seen(fact)]

    def since(before: Told) -> list[Difference]:
        last = before.get("facts", ("", ""))[0]
        return [_told(fact, by=seen is _everything) for fact in shown if fact.pk > (int(last) if last else 0)]

    last = str(shown[-1].pk) if shown else ""
    return Shown(f"dossier:{dossier.number}", [Line("facts", _("What happened"), last)], since=since)


def person_shown(dossier: Dossier, facts: Sequence[Fact]) -> Shown:
    """A dossier as the person it concerns sees it."""
    return dossier_shown(dossier, known_to_person(dossier, facts), _seen_by_the_person)


def _told(fact: Fact, *, by: bool) -> Difference:
    who = str(fact.by) if by and fact.by else ""
    return Difference(_("What happened"), "", fact_name(fact.kind), who, fact.recorded_at)


def act_shown(act: Act) -> Shown:
    """A paper as the pages that notify or contest it display it; who did what became of it meanwhile."""
    shown = as_shown(act)

    def since(before: Told) -> list[Difference]:
        named = Fact.objects.filter(dossier__number=act.dossier_ref, data__act=act.number)
        struck = Fact.objects.filter(dossier__number=act.dossier_ref, voids__data__act=act.number)
        last = max((*named.select_related("by"), *struck.select_related("by")), key=lambda one: one.pk, default=None)
        who, at = (str(last.by or ""), last.recorded_at) if last else ("", None)
        return [replace(one, by=who, at=at) for one in shown.differences(before)]

    return replace(shown, since=since)


def confirm(dossier: Dossier, shown: str, *, person: bool = False) -> Dossier:
    """Lock a dossier for the rest of the transaction; raise Changed when something happened since its page was read."""
    locked = dossiers.lock(dossier)
    facts = list(queries.history(locked))
    (person_shown if person else dossier_shown)(locked, facts).require(shown)
    return locked
