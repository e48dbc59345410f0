"""The public verifier: a page that works off line after one visit, and an answer by number and code without script.

The seal in the link stands after `#`: no browser sends it, so opening a QR code tells us nothing. Nothing here
sets a cookie or needs a session; the form changes nothing, so it needs no token either.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tadbir.acts import queries
from tadbir.acts.kinds import UnknownKind, kind_of
from tadbir.councils import limits
from tadbir.councils.address import counted_address
from tadbir.councils.models import Council
from tadbir.ui.caching import closes
from tadbir.ui.limited import ends_at

_ASSETS = Path(__file__).parent / "assets"


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text("utf-8")


def _council(request: HttpRequest) -> Council:
    """The council of this address (the middleware found it). Raises Http404 where there is none."""
    council = getattr(request, "council", None)
    if council is None:
        raise Http404
    return council


def _limited(name: str) -> dict[str, str]:
    """What is said instead of an answer, until the window ends."""
    return {"status": "limited", "again": ends_at(name)}


def _answer(request: HttpRequest) -> tuple[dict[str, Any], int]:
    number, code = request.POST.get("number", "")[:80], request.POST.get("code", "")[:40]
    typed = {"number": number, "code": code}
    if limits.too_many("verify_code", counted_address(request)):
        return typed | {"answer": _limited("verify_code")}, 429
    answer = queries.status_by_code(number, code)
    try:
        kind = kind_of(answer["kind"]) if "kind" in answer else None
    except UnknownKind:
        kind = None
    return typed | {"answer": answer, "kind": kind}, 200


@require_safe
def moved(request: HttpRequest) -> HttpResponse:
    """From the address that somebody typed under `fr/`, or with a stroke at its end, to the one of the verifier, which
    speaks both languages; what stands after `#` goes along."""
    return redirect("verify")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The verifier; a POST with number and code gets the answer written in the page."""
    base = queries.printed_base(_council(request))
    keys = queries.key_list()["keys"]
    context: dict[str, Any] = {"keys": keys, "base": base, "style_inside": True}  # it must open without network
    code = 200
    if request.method == "POST":
        found, code = _answer(request)
        context |= found
    response = render(request, "acts/verify.html", context, status=code)
    if code == 429:
        response.headers["Retry-After"] = str(limits.wait("verify_code"))
    if request.method != "POST" and not closes(request):  # the form that closes what is open is one browser's own
        patch_cache_control(response, public=True, max_age=300)
    return response


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """What the council says on line of one act, named by the SHA-256 of its data. JSON, no personal data."""
    _council(request)
    if limits.too_many("verify_status", counted_address(request)):
        waits = {"Retry-After": str(limits.wait("verify_status"))}
        return JsonResponse(_limited("verify_status"), status=429, headers=waits)
    response = JsonResponse(queries.status_by_digest(request.GET.get("sha256", "")[:64]))
    patch_cache_control(response, no_store=True)
    return response


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys of the council with their validity, for the verifier's own copy."""
    _council(request)
    response = JsonResponse(queries.key_list(), json_dumps_params={"ensure_ascii": False})
    patch_cache_control(response, public=True, max_age=300)
    return response


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The script of the page."""
    response = HttpResponse(_asset("verify.js"), content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, public=True, max_age=300)
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps the page, its script and the key list; it serves nothing else."""
    _council(request)
    version = hashlib.sha256((_asset("verify.js") + _asset("sw.js")).encode()).hexdigest()[:12]
    home = reverse("verify")
    text = _asset("sw.js").replace("__HOME__", home).replace("__VERSION__", version)
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = home
    patch_cache_control(response, no_cache=True)
    return response
