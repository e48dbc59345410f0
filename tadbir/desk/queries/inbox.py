"""What the inbox reads: the duties of an agent, and what is late. Everything starts from who asks."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from tadbir.councils.clock import today
from tadbir.councils.models import Person, Role
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Duty


def _late() -> Q:
    return Q(do_by__lt=today(), is_suspended=False)


def duties_for(person: Person, roles: Sequence[Role], *, show: str, late: bool) -> QuerySet[Duty]:
    """My duties: those I answer for; `mine`: only what is in my name; `all`: whatever I may see."""
    found = dossiers.duties_of(person, roles)
    if show == "mine":
        found = found.filter(officer=person)
    elif show != "all":
        found = found.filter(dossiers.work_of(person, roles))
    return found.filter(_late()) if late else found


def late_duties(person: Person, unit: int | None = None) -> QuerySet[Duty]:
    """What is late, the oldest first."""
    found = dossiers.duties_of(person).filter(_late())
    return found.filter(unit=unit) if unit else found


def late_by_unit(person: Person) -> list[dict[str, Any]]:
    """For each unit: how many duties are open, how many are late, since when."""
    rows = (
        Duty.objects.filter(dossiers.in_sight(person), over_on__isnull=True, type="duty", owner__in=dossiers.OURS)
        .values("unit", "unit__name_ar", "unit__name_fr")
        .annotate(open=Count("pk"), late=Count("pk", filter=_late()), oldest=Min("do_by", filter=_late()))
        .order_by("-late", "unit")
    )
    return [dict(row) for row in rows]
