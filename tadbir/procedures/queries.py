"""Reading the sheets of the current council."""

from django.db.models import QuerySet

from tadbir.procedures.models import Sheet


def open_sheets() -> QuerySet[Sheet]:
    """The services the council offers today: switched on and not retired."""
    return Sheet.objects.filter(switched_on=True).exclude(status=Sheet.Status.RETIRED).select_related("unit")


def current_sheet(code: str) -> Sheet | None:
    """The version in force of a service."""
    return Sheet.objects.exclude(status=Sheet.Status.RETIRED).select_related("unit").filter(code=code).first()


def versions(code: str) -> QuerySet[Sheet]:
    """Every version of a service, newest first."""
    return Sheet.objects.filter(code=code).order_by("-version")
