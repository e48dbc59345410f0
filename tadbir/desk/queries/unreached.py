"""The people that no notice reached: who, about what, by which ways, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from tadbir.councils.models import Person
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier
from tadbir.notify.models import Notice
from tadbir.notify.queries import unreached_people


@dataclass(frozen=True)
class Unreached:
    """One notice that reached nobody, with its dossier and each way that was tried."""

    notice: Notice
    dossier: Dossier
    tried: list[tuple[str, str]]  # channel, why not


def unreached(person: Person) -> QuerySet[Notice]:
    """The notices that reached nobody, of the dossiers this person may open."""
    visible = dossiers.visible_to(person)
    return unreached_people().filter(Exists(visible.filter(number=OuterRef("dossier_ref"))))


def with_somebody_unreached(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """The dossiers whose person was not told something."""
    return visible.filter(number__in=unreached_people().values("dossier_ref"))


def with_dossiers(notices: Iterable[Notice]) -> list[Unreached]:
    """Notices with their dossiers, in one question."""
    rows = list(notices)
    named = {row.dossier_ref for row in rows}
    found = {one.number: one for one in Dossier.objects.filter(number__in=named).select_related("applicant", "unit")}
    return [Unreached(row, found[row.dossier_ref], _tried(row)) for row in rows]


def _tried(notice: Notice) -> list[tuple[str, str]]:
    """The ways that were tried, in words; what a mail server said stays as it said it."""
    ways = [*notice.tried, [notice.channel, notice.error]]
    return [(str(Notice.Channel(channel).label), _(why) if why else "") for channel, why in ways]
