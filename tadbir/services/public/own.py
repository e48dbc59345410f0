"""The key of the first page of a request, bound to the browser that the page was given to.

The key stands in the page and names the draft before there is one, so that a page sent twice makes one. Whoever had a
shared telephone before may have noted it: sent from another browser it names another draft, and never opens the first.
Where a browser keeps no cookie nothing is bound, and nothing is named: each sending begins a request of its own, and no
text is lost.
"""

import re
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy

from tadbir.desk.public import access
from tadbir.ui.cookies import declare_cookie

COOKIE = declare_cookie(
    "__Secure-tadbir-page" if settings.HTTPS else "tadbir-page",
    gettext_lazy("on the first page of a request: that its form sent twice is one request, of this browser alone"),
    access.STAYS_OPEN,
)
_NAME = re.compile("[0-9a-f]{32}")


def own_key(request: HttpRequest) -> str:
    """What the key of the page that sends this is in this browser; empty where either of them is none of ours."""
    key, browser = request.POST.get("key", ""), request.COOKIES.get(COOKIE, "")
    if not _NAME.fullmatch(key) or not _NAME.fullmatch(browser):
        return ""
    return salted_hmac("tadbir.page", f"{key} {browser}", algorithm="sha256").hexdigest()[:32]


def given_to(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a first page to this browser."""
    known = request.COOKIES.get(COOKIE, "")
    name = known if _NAME.fullmatch(known) else secrets.token_hex(16)
    said: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": settings.HTTPS, "path": get_script_prefix()}
    response.set_cookie(COOKIE, name, max_age=access.STAYS_OPEN, **said)
    return response
