"""Who may keep a copy of a page: nobody, unless the page says that it is public."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

View = Callable[..., HttpResponseBase]

#: Each says of a browser the address that closes what it has open on a telephone; empty where it has nothing.
_closers: list[Callable[[HttpRequest], str]] = []


def declare_closer(closer: Callable[[HttpRequest], str]) -> None:
    """Offer on every public page to close what a browser has open here."""
    _closers.insert(0, closer)


def closes(request: HttpRequest | None) -> str:
    """Where a form closes what this browser has open; empty for a stranger, and outside a council."""
    from tadbir.councils.scope import council_or_none

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
