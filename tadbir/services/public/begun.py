"""A request begun, under the code in its address: the only key; nothing expires but itself."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt

from tadbir.desk.public import access
from tadbir.desk.public.opened import ask_again
from tadbir.reading.codes import read_draft_code
from tadbir.services import actions
from tadbir.services.models import Draft
from tadbir.services.public.pages import CLOSED, NOT_KEPT, not_kept
from tadbir.services.queries import residents
from tadbir.ui.cookies import declare_cookie
from tadbir.ui.errors import Moved

NOT_UNDER_THIS = gettext_lazy("No request is kept under this address: its 14 days are over, or it is not whole.")


def _elsewhere(reason: Promise) -> Moved:
    return Moved(reason, (reverse("follow"), gettext_lazy("Type the code of a request begun")))


def closed_elsewhere() -> Moved:
    """What is raised for a form sent to a request that was closed: it is kept, under its new code."""
    return _elsewhere(CLOSED)


#: The code of the request that this browser has open, so that every page offers to close it. It opens nothing.
COOKIE = declare_cookie(
    "__Secure-tadbir-begun" if settings.HTTPS else "tadbir-begun",
    gettext_lazy("once you begin a request: every page can close it"),
    access.STAYS_OPEN,
)


def _noted(request: HttpRequest, response: HttpResponse, code: str) -> HttpResponse:
    """Note in the browser which request is open, unless its page says that it no longer is; what a form that was sent
    leads to notes it anew."""
    if COOKIE not in response.cookies and not (is_noted(request, code) and response.status_code == HTTPStatus.FOUND):
        said: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": settings.HTTPS}
        response.set_cookie(COOKIE, code, max_age=access.STAYS_OPEN, path=get_script_prefix(), **said)
    return response


def forgotten(response: HttpResponse) -> HttpResponse:
    """The request is sent, or closed: nothing of it stays in the browser."""
    response.delete_cookie(COOKIE, path=get_script_prefix(), samesite="Lax")
    return response


def to_close(request: HttpRequest) -> str:
    """The address that closes the request begun in this browser; empty where none is open."""
    code = request.COOKIES.get(COOKIE, "")
    return reverse("request-close", args=[code]) if read_draft_code(code) else ""


def is_noted(request: HttpRequest, code: str) -> bool:
    """Whether this browser has the request of this code open."""
    return request.COOKIES.get(COOKIE) == code


def closed_page(request: HttpRequest, draft: Draft, code: str) -> HttpResponse:
    """The new code, once; for a request that was sent since, the page where number and code are typed."""
    if draft.dossier_id is not None:
        return access.leave(request, forgotten(redirect("follow")))
    context = {"code": code, "draft": draft}
    return access.leave(request, forgotten(render(request, "services/public/closed.html", context)))


def closed_here(request: HttpRequest, code: str) -> HttpResponse | None:
    """The new code again, for a while, where the answer to the closing was lost: the cookie that it takes away is still
    there, and names this very request. None in any other browser, and once it was shown."""
    new = actions.code_shown_at_closing(code) if is_noted(request, code) else ""
    closed = residents.draft_by_code(new) if new else None
    return closed_page(request, closed, new) if closed else None


def drafted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the draft of its address; one that was sent leads the browser that sent it to its receipt, and asks
    any other for number and code.

    Where there is none the code is asked for, in the language of the page; a form that was sent there keeps what was
    typed (Moved). Raises TooMany for who goes on so. An address that is right opens whatever was counted: whoever else
    sends from here closes nobody's request, and the code is long enough by itself (docs/decisions/0022).
    """

    @csrf_exempt
    @wraps(view)
    def served(request: HttpRequest, draft: str, **kwargs: str) -> HttpResponse:
        found = residents.draft_by_code(draft)
        if found is not None:
            sent = sent_already(request, found)
            return forgotten(sent) if sent else _noted(request, view(request, found, draft, **kwargs), draft)
        if request.method != "POST" and (again := closed_here(request, draft)):
            return again
        if read_draft_code(draft):  # half a code guesses nothing
            access.limit_draft_codes(request)
        if request.method == "POST":
            raise closed_elsewhere() if actions.was_closed(draft) else _elsewhere(NOT_UNDER_THIS)
        return not_kept(request, draft, CLOSED if actions.was_closed(draft) else NOT_KEPT)

    return served


def sent_already(request: HttpRequest, draft: Draft) -> HttpResponse | None:
    """What the address of a draft shows once it was sent; None before. The code of a draft opens no dossier: it stands
    in the history of whatever telephone it was written on."""
    dossier = residents.dossier_of(draft)
    if dossier is None:
        return None
    if access.has_sent(request, draft.sent_in, dossier):
        return access.grant(request, redirect("dossier-receipt", number=dossier.number), dossier)
    return ask_again(request, dossier.number, sent=True)


def in_language(request: HttpRequest, page: str, code: str) -> HttpResponse | None:
    """The same page in the language that was asked for with what was typed; None where none was."""
    asked = request.POST.get("in", "")
    if asked not in dict(settings.LANGUAGES):
        return None
    with override(asked):
        return redirect(page, code)
