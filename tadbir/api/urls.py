"""Addresses of the API, under /<council>/api/."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from tadbir.api.api import api, not_offered

View = Callable[..., Any]


def _shaped(view: View) -> View:
    """The library answers another method by itself, and not in the shape of every other refusal."""

    @wraps(view)
    def answer(request: HttpRequest, *words: Any, **named: Any) -> HttpResponse:
        said: HttpResponse = view(request, *words, **named)
        return not_offered(request, 405, Allow=said.headers["Allow"]) if said.status_code == 405 else said

    return answer


def _nowhere(request: HttpRequest) -> HttpResponse:
    return not_offered(request, 404)


_offered, _name, _space = api.urls
for _one in _offered:
    if isinstance(_one, URLPattern):
        _one.callback = _shaped(_one.callback)

urlpatterns = [path("", (_offered, _name, _space)), re_path("", _nowhere, name="api-nowhere")]
