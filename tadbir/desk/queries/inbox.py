"""What the inbox reads: the duties of an agent, and what is late. Everything starts from who asks."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from tadbir.councils.clock import today
from tadbir.councils.models import Person, Role
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier, Duty, Never

#: Words that a list of duties shows of a dossier, in one query.
_SHOWN = ("dossier__applicant", "dossier__request", "unit", "officer")


def open_duties(visible: QuerySet[Dossier]) -> QuerySet[Duty]:
    """Open duties that the council owes in these dossiers, soonest first, the suspended last."""
    return (
        Duty.objects.filter(
            Exists(visible.filter(pk=OuterRef("dossier"))), over_on__isnull=True, type="duty", owner__in=dossiers.OURS
        )
        .annotate(due=Coalesce("do_by", Never()))
        .select_related("dossier", *_SHOWN)
        .prefetch_related("dossier__sheet")  # a sheet is long and stands in many rows: it is read once
    )


def duties_for(
    person: Person, roles: Sequence[Role], visible: QuerySet[Dossier], *, show: str, late: bool
) -> QuerySet[Duty]:
    """My duties: those I answer for; `mine`: only what is in my name; `all`: whatever I may see."""
    found = open_duties(visible)
    if show == "mine":
        found = found.filter(officer=person)
    elif show != "all":
        found = found.filter(dossiers.work_of(person, roles))
    return found.filter(do_by__lt=today(), is_suspended=False) if late else found


def late_duties(visible: QuerySet[Dossier], unit: int | None = None) -> QuerySet[Duty]:
    """What is late, the oldest first."""
    found = open_duties(visible).filter(do_by__lt=today(), is_suspended=False)
    return found.filter(unit=unit) if unit else found


def late_by_unit(visible: QuerySet[Dossier]) -> list[dict[str, Any]]:
    """For each unit: how many duties are open, how many are late, since when."""
    late = Q(do_by__lt=today(), is_suspended=False)
    rows = (
        Duty.objects.filter(
            dossier__in=visible.values("pk"), over_on__isnull=True, type="duty", owner__in=dossiers.OURS
        )
        .values("unit", "unit__name_ar", "unit__name_fr")
        .annotate(open=Count("pk"), late=Count("pk", filter=late), oldest=Min("do_by", filter=late))
        .order_by("-late", "unit")
    )
    return [dict(row) for row in rows]
