"""How a page travels: compressed for a slow line, kept by nobody, in the reader's language."""

import gzip
import secrets
from collections.abc import Callable

import brotli
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from tadbir.councils.address import came_over_https
from tadbir.ui import csp
from tadbir.ui.above import led
from tadbir.ui.caching import keep_from_caches
from tadbir.ui.css import STYLE_COOKIE, STYLE_KEPT, style_version
from tadbir.ui.errors import PageError, error_page

Handler = Callable[[HttpRequest], HttpResponseBase]
SMALLEST = 400
PADDING = 64
TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/xml")
#: What no page of ours may do; the camera stays: the verifier reads codes with it, and no other site is given it.
PERMISSIONS = (
    "accelerometer=(), autoplay=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)


def accepted(request: HttpRequest) -> str:
    """`br`, `gzip` or nothing: the best coding that the browser takes."""
    taken = set()
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _, quality = part.strip().partition(";")
        if quality.strip().replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            taken.add(coding.strip())
    return next((coding for coding in ("br", "gzip") if coding in taken or "*" in taken), "")


class DrillMiddleware:
    """In the drill of a restore nothing is sent but the sign-in: pages are for looking (`register.actions.Drill`)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.DRILL and request.method not in ("GET", "HEAD", "OPTIONS") and "/account/" not in request.path_info:
            raise PermissionDenied(_("This is the drill of a restore: nothing can be recorded here."))
        return self.get_response(request)


class CompressionMiddleware:
    """Brotli, else gzip, for texts. Pages made for a signed-in person get a comment of random length, so that
    their compressed size tells nothing about a secret in them (BREACH); Django masks the form tokens besides."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            not isinstance(response, HttpResponse)
            or len(response.content) < SMALLEST
            or response.has_header("Content-Encoding")
            or not response.headers.get("Content-Type", "").startswith(TEXTS)
        ):
            return response
        if _may_be_kept(response):
            patch_vary_headers(response, ("Accept-Encoding",))
        coding = accepted(request)
        if coding:
            self._compress(request, response, coding)
        return response

    @staticmethod
    def _compress(request: HttpRequest, response: HttpResponse, coding: str) -> None:
        body = response.content
        if request.COOKIES and response.headers["Content-Type"].startswith("text/html"):
            noise = secrets.token_hex(PADDING)[: PADDING + secrets.randbelow(PADDING)]
            body += f"<!--{noise}-->".encode("ascii")
        small = brotli.compress(body, quality=5) if coding == "br" else gzip.compress(body, 6, mtime=0)
        if len(small) < len(body):
            response.content = small
            response.headers["Content-Encoding"] = coding
            response.headers["Content-Length"] = str(len(small))
            etag = response.headers.get("ETag", "")
            if etag and not etag.startswith("W/"):
                response.headers["ETag"] = f"W/{etag}"


def _has_a_name(request: HttpRequest) -> bool:
    """Whether the address is a host of the council's: not this machine itself, not a number."""
    host = request.META.get("HTTP_HOST", "").partition(":")[0].lower().rstrip(".")
    return host in settings.OWN.get("hosts", ()) and not host.endswith("localhost") and not host[-1:].isdigit()


def _may_be_kept(response: HttpResponseBase) -> bool:
    """Whether somebody may keep a copy: of what nobody keeps it is not said by what copies would differ."""
    return "no-store" not in response.headers.get("Cache-Control", "")


def _shows_nothing(response: HttpResponseBase) -> bool:
    """A redirect, an answer without words, data for machines: no browser draws or runs anything that these hold."""
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return True
    return isinstance(response, HttpResponse) and not response.content


def _guarded(response: HttpResponseBase) -> None:
    """What a page may load and do; its style is let in where it stands inside."""
    if _shows_nothing(response):
        return
    inside = not isinstance(response, HttpResponse) or b"<style>" in response.content
    response.headers.setdefault("Content-Security-Policy", csp.header(inside))
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)


def _said_once(response: HttpResponseBase) -> None:
    """Nothing of the head of an answer that says what is said already, or what nobody reads: a line may be slow."""
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        response.headers.pop("Content-Language", None)  # the page says it of each of its parts
        if _shows_nothing(response):
            response.headers.pop("Content-Type")
    if not _may_be_kept(response):
        response.headers.pop("Vary", None)
    for cookie in response.cookies.values():
        if cookie["max-age"] != "":
            cookie["expires"] = ""


class HeadersMiddleware:
    """Headers of every answer: no copies unless the page is public, no reading from other sites; of every page: nothing
    foreign in it, no powers."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            keep_from_caches(response)
        if getattr(request, "style_travelled", False) and request.COOKIES.get(STYLE_COOKIE) != style_version():
            response.set_cookie(
                STYLE_COOKIE, style_version(), max_age=STYLE_KEPT, httponly=True, samesite="Lax", secure=settings.HTTPS
            )
        if response.cookies and "public" in response.headers["Cache-Control"]:
            patch_cache_control(response, private=True)  # what one browser is given no proxy keeps
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        if settings.HSTS_SECONDS and came_over_https(request) and _has_a_name(request):
            response.headers["Strict-Transport-Security"] = f"max-age={settings.HSTS_SECONDS}"
        _guarded(response)
        _said_once(response)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response


class BodyLimitMiddleware:
    """Refuse a body larger than any form before anything reads it: files on their way would fill the disk."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit():
            return error_page(request, 400)
        if int(length) > settings.BODY_LIMIT:
            return error_page(request, 413)
        return self.get_response(request)


class LanguageMiddleware(LocaleMiddleware):
    """Arabic without a prefix, French under /fr/; `?lang=fr` on the few addresses that stand outside."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        asked = request.GET.get("lang")
        if asked in {"ar", "fr"} and not request.path_info.startswith("/fr/"):
            translation.activate(asked)
            request.LANGUAGE_CODE = translation.get_language()


class PageErrorMiddleware:
    """Draw what a view says by raising Gone, TooLarge, TooMany, Unavailable; tell htmx from a whole page; lead whoever
    reads an address that only takes a form to its page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.htmx = request.headers.get("HX-Request") == "true"  # type: ignore[attr-defined]
        return led(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a PageError; anything else is Django's to handle."""
        if isinstance(exception, PageError):
            return error_page(
                request,
                exception.status,
                word=exception.word,
                reason=exception.reason,
                retry_after=exception.retry_after,
                way=exception.way,
            )
        return None
