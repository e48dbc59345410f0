"""The API: what the screens show, as data, described in OpenAPI 3.1. Each matter brings its own router."""

import logging
from importlib import import_module

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as NotRead

from tadbir.database.trouble import refused_by_the_machine
from tadbir.desk.matter import matters
from tadbir.ui.errors import REST, TEXTS, PageError
from tadbir.ui.forms import MESSAGES

_log = logging.getLogger(__name__)
api = NinjaAPI(title="Tadbir", version="1", docs_url=None, urls_namespace="api")


def _problem(request: HttpRequest, status: int, *texts: str) -> HttpResponse:
    return api.create_response(request, {"detail": [str(text) for text in texts]}, status=status)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _problem(request, 422, *error.messages)


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _problem(request, 403, str(error))


@api.exception_handler(PageError)
def _refused(request: HttpRequest, error: PageError) -> HttpResponse:
    answer = _problem(request, error.status, str(error.reason))
    if error.retry_after:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


@api.exception_handler(HttpError)
def _not_so(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the library refuses by itself: nobody signed in, a body that is not JSON."""
    status = error.status_code
    return _problem(request, status, *(gettext(text) for text in TEXTS[403 if status == 401 else status]))


@api.exception_handler(Http404)
def _nowhere(request: HttpRequest, error: Http404) -> HttpResponse:
    return _problem(request, 404, gettext(TEXTS[404][0]))


@api.exception_handler(NotRead)
def _not_read(request: HttpRequest, error: NotRead) -> HttpResponse:
    """Values that are missing or of another type, each with its name."""
    wrong = (("required" if one["type"] == "missing" else "invalid", one["loc"][-1]) for one in error.errors)
    return _problem(request, 422, *(f"{name}: {MESSAGES[what]}" for what, name in wrong))


@api.exception_handler(Exception)
def _broke(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of ours, or of the machine; the trace is in the log and never in the answer."""
    _log.error("%s %s", request.method, request.path, exc_info=error)
    status: int | str = "machine" if refused_by_the_machine(error) else 500
    answer = _problem(request, 503 if status == "machine" else 500, *(gettext(text) for text in TEXTS[status]))
    if status == "machine":
        answer.headers["Retry-After"] = str(REST)
    return answer


def not_offered(request: HttpRequest, status: int, **headers: str) -> HttpResponse:
    """404 or 405 in the shape of every refusal, with what the headers must say."""
    answer = _problem(request, status, *(gettext(text) for text in TEXTS[status]))
    for name, value in headers.items():
        answer.headers[name] = value
    return answer


for _matter in matters():
    if _matter.api:
        api.add_router("", import_module(_matter.api).router)
