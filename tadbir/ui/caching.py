"""Who may keep a copy of a page: nobody, unless the page says that it is public."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control

from tadbir.councils.models import Council
from tadbir.councils.scope import council_or_none
from tadbir.ui.css import STYLE_COOKIE, style_version
from tadbir.ui.dates import reader_language

View = Callable[..., HttpResponseBase]
#: Visitors of whom a page may say something: they have signed in, begun a request, or something waits to be told them.
KNOWN = frozenset({settings.SESSION_COOKIE_NAME, "messages"})
#: Copies of one page for one council: its hosts, in two languages, with and without the style.
MOST = 16

#: Each says of a browser the address that closes what it has open on a telephone; empty where it has nothing.
_closers: list[Callable[[HttpRequest], str]] = []


def declare_closer(closer: Callable[[HttpRequest], str]) -> None:
    """Offer on every public page to close what a browser has open here."""
    _closers.insert(0, closer)


def closes(request: HttpRequest | None) -> str:
    """Where a form closes what this browser has open; empty for a stranger, and outside a council."""
    if request is None or council_or_none() is None:
        return ""
    return next((address for closer in _closers if (address := closer(request))), "")


def public_page(seconds: int = 60) -> Callable[[View], View]:
    """A page that is the same for everybody: browsers and proxies may keep it for `seconds`. Where something is open
    it offers to close it, and nobody keeps it."""

    def wrap(view: View) -> View:
        @wraps(view)
        def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and not closes(request):
                patch_cache_control(response, public=True, max_age=seconds)
            return response

        return served

    return wrap


@dataclass(frozen=True)
class _Drawn:
    """A page as it was drawn, and whether the style travelled in it."""

    body: bytes
    style: bool


def drawn_once(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A page of a council that says the same to every stranger: drawn again when the council's row changes, whose
    stamp every change of what is kept renews (`councils.memory`)."""
    kept: dict[int, tuple[object, dict[object, _Drawn]]] = {}

    @wraps(view)
    def served(request: HttpRequest) -> HttpResponse:
        council = council_or_none()
        if council is None or request.GET or not KNOWN.isdisjoint(request.COOKIES) or closes(request):
            return view(request)
        row, variant = _row(council), (reader_language(), request.get_host(), _has_style(request))
        found = kept.get(council.pk)
        if found is None or found[0] != row or len(found[1]) > MOST:
            found = kept[council.pk] = (row, {})
        drawn = found[1].get(variant)
        if drawn is None:
            page = view(request)
            drawn = found[1][variant] = _Drawn(page.content, getattr(request, "style_travelled", False))
        request.style_travelled = drawn.style  # type: ignore[attr-defined]
        return HttpResponse(drawn.body)

    return served


def _has_style(request: HttpRequest) -> bool:
    """Whether this browser was given the present style."""
    return request.COOKIES.get(STYLE_COOKIE) == style_version()


def _row(council: Council) -> tuple[object, ...]:
    return tuple(getattr(council, field.attname) for field in council._meta.concrete_fields)


def personal(view: View) -> View:
    """A page about somebody, said aloud; it is also what a page that says nothing gets."""

    @wraps(view)
    def served(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        keep_from_caches(response)
        return response

    return served


def keep_from_caches(response: HttpResponseBase) -> None:
    """Forbid every copy of this answer."""
    response.headers.pop("Expires", None)
    response.headers["Cache-Control"] = "no-store, private"
