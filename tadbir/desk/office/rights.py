"""The office page of rights: what each quality may do, and how many hold it today. It is read, never changed here."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadbir.councils.clock import today
from tadbir.councils.guard import agent
from tadbir.councils.models import Quality
from tadbir.councils.queries import people_by_quality
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right, table


@agent(Right.SEE_PEOPLE)
@require_safe
def rights(request: OfficeRequest) -> HttpResponse:
    """Rights by their words, and the qualities that hold each."""
    rows = [(row.words, list(zip(Quality, row.held, strict=True))) for row in table()]
    return render(request, "desk/rights.html", {"qualities": people_by_quality(today()), "rows": rows})
