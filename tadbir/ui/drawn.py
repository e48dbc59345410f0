"""Pages that are drawn once for all strangers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tadbir.councils.models import Council
from tadbir.councils.scope import council_or_none
from tadbir.ui.caching import closes
from tadbir.ui.css import STYLE_COOKIE, style_version
from tadbir.ui.dates import reader_language

#: Visitors of whom a page may say something: they have signed in, begun a request, or something waits to be told them.
KNOWN = frozenset({settings.SESSION_COOKIE_NAME, "messages"})
#: Copies of one page for one council: its hosts, in two languages, with and without the style.
MOST = 16


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
