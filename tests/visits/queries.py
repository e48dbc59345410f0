"""What is read of visits."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from tadbir.councils.clock import today
from tadbir.desk.matter import Tray, Waiting
from tadbir.dossiers.models import Dossier, Fact
from tadbir.ui.dates import as_date

#: The kind of dossier, which is its regime.
KIND = "visit"


@dataclass(frozen=True)
class Visit:
    """A visit that anybody may know of: its day, and how many come."""

    on: date
    pupils: int


def to_confirm() -> list[Waiting]:
    """Visits whose day is not confirmed."""
    return [Waiting(Dossier.objects.filter(kind=KIND, closed_at__isnull=True), "pk")]


TRAY = Tray("visits", _("Visits to confirm"), to_confirm, still_open=True)


def coming() -> list[Visit]:
    """The confirmed visits from today on, the next one first. Who comes is not said."""
    standing = Fact.objects.filter(kind="visit_confirmed", voided_by__isnull=True).select_related("dossier")
    found = [(as_date(fact.data["on"]), fact.data["pupils"]) for fact in standing]
    return sorted((Visit(on, many) for on, many in found if on and on >= today()), key=lambda visit: visit.on)
