"""The API: what the screens show, as data, described in OpenAPI 3.1. Each matter brings its own router."""

from importlib import import_module

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from tadbir.desk.matter import matters
from tadbir.ui.errors import PageError

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
    return _problem(request, error.status, str(error.reason))


for _matter in matters():
    if _matter.api:
        api.add_router("", import_module(_matter.api).router)
