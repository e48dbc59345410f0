"""Forms that a page of another site sends: refused before any view, those too that need no token.

The forms of residents carry no token, so that they work on a telephone that keeps no cookie: the code in the address of
a draft is their key. A browser says by itself where a form comes from (`Sec-Fetch-Site`, in older ones `Origin`), and a
page cannot make it say otherwise; a program that is no browser says nothing, and has nobody's session.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
#: From a page of ours, or from nobody's page: an address typed, a bookmark.
OURS = frozenset({"same-origin", "none"})


def is_foreign(request: HttpRequest) -> bool:
    """Whether the browser says that a page of another site sends this."""
    if site := request.headers.get("Sec-Fetch-Site", ""):
        return site.strip().lower() not in OURS
    if (origin := request.headers.get("Origin")) is None:
        return False
    # "null" is a page without an address (a frame in a sandbox, a file): ours have one, and their policy
    # (`same-origin`) lets the browser say it to us.
    return urlsplit(origin).netloc.lower() != request.get_host().lower()


class ForeignFormMiddleware:
    """Refuse whatever writes and comes from a page of another site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE and is_foreign(request):
            raise PermissionDenied(
                _("This form was sent by a page of another site: open ours, and send it from there.")
            )
        return self.get_response(request)
