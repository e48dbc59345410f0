"""Who may keep a copy of a page: nobody, unless the page says that it is public."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.utils.cache import patch_cache_control

View = Callable[..., HttpResponseBase]


def public_page(seconds: int = 60) -> Callable[[View], View]:
    """A page that is the same for everybody: browsers and proxies may keep it for `seconds`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def served(*args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(*args, **kwargs)
            if response.status_code == 200:
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
