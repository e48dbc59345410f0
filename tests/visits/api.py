"""The visits as data."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from tests.visits import queries

router = Router()


class VisitOut(Schema):
    """A confirmed visit."""

    on: date
    pupils: int


@router.get("/visits", response=list[VisitOut])
def list_visits(request: HttpRequest) -> Any:
    """The confirmed visits, the next one first."""
    return [VisitOut(on=visit.on, pupils=visit.pupils) for visit in queries.coming()]
