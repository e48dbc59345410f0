"""The front pages: which council, its three questions, and the few pages every site owes its readers."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadbir.councils.clock import set_back
from tadbir.services.queries.residents import open_sheet, services_named
from tadbir.site import queries
from tadbir.ui.caching import public_page
from tadbir.ui.cookies import declared_cookies
from tadbir.ui.drawn import drawn_once

#: How many services the home page names before "all services".
FIRST = 5


def _in_council(request: HttpRequest) -> bool:
    """Whether this address belongs to a council."""
    return getattr(request, "council", None) is not None


@require_safe
@public_page(seconds=60)
@drawn_once
def home(request: HttpRequest) -> HttpResponse:
    """A council's three questions; outside a council, the list of councils served here."""
    if not _in_council(request):
        return render(request, "site/chooser.html", {"councils": queries.councils_served()})
    services = services_named()
    return render(request, "site/home.html", {"services": services[:FIRST], "more": len(services) > FIRST})


@require_safe
@public_page(seconds=60)
def decisions(request: HttpRequest) -> HttpResponse:
    """Where the council's decisions are posted, how to have a copy, and how to check a paper."""
    copy = open_sheet("resolution-copy") or open_sheet("access-to-information") if _in_council(request) else None
    return render(request, "site/decisions.html", {"copy": copy})


@require_safe
@public_page(seconds=600)
def about(request: HttpRequest) -> HttpResponse:
    """What this site is."""
    return render(request, "site/about.html")


@require_safe
@public_page(seconds=600)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the pages are made usable by everybody, and whom to tell when one is not."""
    return render(request, "site/accessibility.html")


@require_safe
@public_page(seconds=600)
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes, what is kept of a visit, and the rights over personal data."""
    rights = open_sheet("personal-data-rights") if _in_council(request) else None
    return render(request, "site/legal.html", {"rights": rights, "cookies": declared_cookies()})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the program and its database answer, and a request could be written; for whoever watches the machine."""
    try:
        queries.database_answers()
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    if not queries.disk_takes_more():
        return JsonResponse({"status": "disk"}, status=503)
    if set_back():
        return JsonResponse({"status": "clock"}, status=503)
    return JsonResponse({"status": "ok"})
