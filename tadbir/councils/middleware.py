"""Which council, and who is asking: by host name, else by the first part of the path."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import set_script_prefix

from tadbir.councils import queries
from tadbir.councils.clock import today
from tadbir.councils.models import Council, Person
from tadbir.councils.requests import CouncilRequest, ask_as
from tadbir.councils.scope import council_or_none, council_scope, one_of

#: First parts of a path that never name a council.
NO_COUNCIL = frozenset({"static", "v", "health", "api", "robots.txt", ".well-known"})
Handler = Callable[[HttpRequest], HttpResponse]


def find_council(host: str, path: str) -> tuple[Council | None, str]:
    """The council of a request and the script prefix that its pages live under."""
    slug = path.lstrip("/").partition("/")[0]
    council = queries.council_of(host, "" if slug in NO_COUNCIL else slug)
    if council is not None:
        return council, "/" if council.host == host else f"/{slug}/"
    return None, "/"


class CouncilMiddleware:
    """Serve each request inside its council; `reverse()` then makes links that stay in it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: CouncilRequest) -> HttpResponse:
        host = request.get_host().partition(":")[0].lower().rstrip(".")  # as ALLOWED_HOSTS compares it
        council, prefix = find_council(host, request.path_info)
        request.council = council
        if prefix != "/":
            request.path_info = "/" + request.path_info[len(prefix) :]
            request.META["SCRIPT_NAME"] = prefix.rstrip("/")
        set_script_prefix(prefix)
        with council_scope(council) if council else nullcontext():
            return self.get_response(request)


class PersonMiddleware:
    """Find the agent behind the signed-in account in this council, with the roles held today."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: CouncilRequest) -> HttpResponse:
        ask_as(request, None)
        if council_or_none() is not None and request.user.is_authenticated:
            person = one_of(Person.objects.filter(account_id=request.user.pk))
            ask_as(request, person, queries.roles_of(person, today()) if person else [])
        return self.get_response(request)


def council_context(request: HttpRequest) -> dict[str, Any]:
    """What every template knows: the council and the agent."""
    return {
        "council": getattr(request, "council", None),
        "person": getattr(request, "person", None),
        "installation_demo": settings.DEMO,
        "today": today(),
    }
