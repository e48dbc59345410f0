"""Reading the sheets of the current council."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from tadbir.procedures.models import Sheet
from tadbir.procedures.sheet import catalogue, digest_of


def open_sheets() -> QuerySet[Sheet]:
    """The services the council offers today: switched on and not retired."""
    return Sheet.objects.filter(switched_on=True).exclude(status=Sheet.Status.RETIRED).select_related("unit")


def current_sheet(code: str) -> Sheet | None:
    """The version in force of a service."""
    return Sheet.objects.exclude(status=Sheet.Status.RETIRED).select_related("unit").filter(code=code).first()


def versions(code: str) -> QuerySet[Sheet]:
    """Every version of a service, newest first."""
    return Sheet.objects.filter(code=code).order_by("-version")


def later_text(sheet: Sheet, shipped: Mapping[str, dict[str, Any]] | None = None) -> dict[str, Any] | None:
    """The text the catalogue ships now, where the sheet neither came from it nor says it, and nobody set it aside."""
    table = (catalogue() if shipped is None else shipped).get(sheet.code)
    if table is None or digest_of(table) in (sheet.catalogue_sha256, sheet.settled_sha256, digest_of(sheet.body)):
        return None
    return table


def with_later_text() -> list[str]:
    """Codes of the services for which a later version of Tadbir ships another text that nobody looked at."""
    shipped = catalogue()
    return [sheet.code for sheet in Sheet.objects.exclude(status=Sheet.Status.RETIRED) if later_text(sheet, shipped)]
