"""The page that an address belongs to: where a reload leads when what stands in the bar only takes a form, and where a
form leads when it was taken."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, get_script_prefix, resolve

from tadbir.ui.errors import error_page

READING = ("GET", "HEAD")


def page_above(path: str) -> str:
    """The nearest address above this one that exists: a form is sent to an address below the page that shows it."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        break
    return get_script_prefix().rstrip("/") + (path or "/")


def led(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer to a method that an address does not take: never an empty page.

    Whoever reads an address that only takes a form (its error was drawn there, then the page was loaded again) is led
    to its page; any other method gets words. Machines keep the answer of their API.
    """
    if response.status_code != 405 or response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    allowed = response.headers.get("Allow", "")
    if request.method in READING and not set(READING) & set(allowed.split(", ")):
        return HttpResponseRedirect(page_above(request.path_info))
    answer: HttpResponse = error_page(request, 405)
    answer.headers["Allow"] = allowed
    return answer


def led_at_once(request: HttpRequest, address: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """Lead whoever sent a form to this address, or give the small script of forms (`ui.js`) the page that stands there
    in the same answer, named by `Content-Location` and without what it has already: on a slow line a redirect is a
    second journey."""
    if not getattr(request, "htmx", False):
        return HttpResponseRedirect(address)
    request.carried = True  # type: ignore[attr-defined]
    page = draw()
    page.headers["Content-Location"] = address
    return page
