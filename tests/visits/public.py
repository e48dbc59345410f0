"""The public page of visits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tests.visits import queries


@require_GET
def coming(request: HttpRequest) -> HttpResponse:
    """When schools come."""
    return render(request, "visits/public.html", {"visits": queries.coming()})
