"""A request begun, under the code in its address: the only key; nothing expires but itself."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from tadbir.councils.scope import current_council
from tadbir.desk.public import access
from tadbir.desk.public.opened import ask_again
from tadbir.procedures.models import Sheet
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


#: The codes of the requests that this browser has open, so that every page offers to close them. Signed: nobody tries
#: codes by it.
COOKIE = declare_cookie(
    "__Secure-tadbir-begun" if settings.HTTPS else "tadbir-begun",
    gettext_lazy("once you begin a request: every page can close it"),
    access.STAYS_OPEN,
)
#: Requests that one browser has open at most: as many as a cookie holds, and one page closes.
MOST = 40


def _salt() -> str:
    return f"tadbir.begun/{current_council().pk}"


def _noted_here(request: HttpRequest) -> list[str]:
    """The codes that this browser has open, the last one opened at the end."""
    try:
        codes = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(), max_age=access.STAYS_OPEN)
    except signing.BadSignature:
        return []
    return [str(code) for code in codes]


def _write(response: HttpResponse, codes: Sequence[str]) -> HttpResponse:
    if not codes:
        response.delete_cookie(COOKIE, path=get_script_prefix(), samesite="Lax")
        return response
    said: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": settings.HTTPS}
    value = signing.dumps([*codes][-MOST:], salt=_salt(), compress=True)
    response.set_cookie(COOKIE, value, max_age=access.STAYS_OPEN, path=get_script_prefix(), **said)
    return response


def _noted(request: HttpRequest, response: HttpResponse, code: str) -> HttpResponse:
    """Note in the browser which request is open, unless its page says that it no longer is; what a form that was sent
    leads to notes it anew."""
    if COOKIE in response.cookies or (is_noted(request, code) and response.status_code == HTTPStatus.FOUND):
        return response
    code = read_draft_code(code)
    return _write(response, [*(one for one in _noted_here(request) if one != code), code])


def _open(codes: Sequence[str]) -> list[tuple[Draft, str]]:
    return [(draft, code) for draft, code in residents.drafts_by_codes(codes) if draft.dossier_id is None]


def _open_here(request: HttpRequest) -> list[tuple[Draft, str]]:
    return _open(_noted_here(request))


def forgotten(request: HttpRequest, response: HttpResponse, code: str = "") -> HttpResponse:
    """A request is sent (that of this `code`), or closed: the browser names it no more, and goes on naming those that
    are still open. One that has no other open asks nothing."""
    others = [one for one in _noted_here(request) if one != read_draft_code(code)]
    return _write(response, [one for _draft, one in _open(others)])


def to_close(request: HttpRequest) -> str:
    """The address that closes what was begun in this browser, that of the last one; empty where none is open."""
    codes = _noted_here(request)
    return reverse("request-close", args=[codes[-1]]) if codes else ""


def is_noted(request: HttpRequest, code: str) -> bool:
    """Whether this browser has the request of this code open."""
    return read_draft_code(code) in _noted_here(request)


def says_the_same(request: HttpRequest, sheet: Sheet, answers: Mapping[str, Any]) -> bool:
    """Whether a request that this browser has open says all these words: a browser that goes back fills only some of
    the fields again."""
    said = [one.answers for one, _code in _open_here(request) if one.sheet.code == sheet.code]
    return any(answers.items() <= one.items() for one in said)


def close_all(request: HttpRequest, key: str) -> HttpResponse | None:
    """Close every request that this browser has open; to the page with their new codes, None where there is none."""
    for draft, _code in _open_here(request):
        actions.close_draft(draft, key)
    return to_new_codes(request, key)


def close_begun(request: HttpRequest) -> HttpResponse | None:
    """Close every request that this browser has open, from a page of something else that it had open."""
    return close_all(request, actions.closing_key(request.POST.get("closing", "")))


def _new_codes(key: str) -> list[tuple[Draft, str]]:
    """What one page closed, the last one begun first, until it is noted or a quarter of an hour is over."""
    if not actions.is_shown(key):
        return []
    found = residents.drafts_by_codes(actions.codes_of_closing(key))
    rows = [(one, code) for one, code in found if one.dossier_id is None and not actions.was_noted_down(code)]
    return sorted(rows, key=lambda row: (row[0].started_at, row[0].pk), reverse=True)


def to_new_codes(request: HttpRequest, key: str) -> HttpResponse | None:
    """To the address of the new codes of what one page closed; None where there is none. An address of its own, so that
    loading it again, going back to it and reading it in the other language show them until they are noted."""
    if not _new_codes(key):
        return None
    address = reverse("request-closed", args=[key]) + ("?dossier" if access.to_close(request) else "")
    return access.leave(request, forgotten(request, redirect(address)))


@require_safe
def request_closed(request: HttpRequest, key: str) -> HttpResponse:
    """The new codes of what one page closed, until they are noted, or for a while: then the address opens nothing."""
    rows = _new_codes(key)
    if not rows:
        codes = actions.codes_of_closing(key)
        over = residents.drafts_by_codes(codes) or any(map(actions.was_noted_down, codes))
        return not_kept(request, "", CLOSED) if over else redirect("follow")
    context = {"rows": rows, "code": rows[0][1], "also": rows[1:], "dossiers": "dossier" in request.GET}
    return render(request, "services/public/closed.html", context)


def closed_here(request: HttpRequest, code: str) -> HttpResponse | None:
    """To the new code, for a while, where the answer to the closing was lost: the cookie that it takes away is still
    there, and names this very request. None in any other browser, and once it was shown."""
    key = actions.key_of_closing(code) if is_noted(request, code) else ""
    return to_new_codes(request, key) if key else None


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
            if sent:
                return forgotten(request, sent, draft)
            return _noted(request, view(request, found, draft, **kwargs), draft)
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
