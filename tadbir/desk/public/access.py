"""Who may open a dossier without an account: whoever gives its number and code, and not by guessing.

Wrong tries are counted (`councils.limits`): for one address, for one number from it, and, many more, for one number
from everywhere. Past that the number is not closed, else whoever knows it would shut its owner out: each address has
two tries at it then, thousands in all, and who types the code right comes in. An unknown number and a wrong code get
the same answer. What was opened stays open two hours, in a signed cookie that names dossier and version of its code.
"""

import re
import secrets
from typing import TypeVar

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from tadbir.councils import limits
from tadbir.councils.address import counted_address
from tadbir.councils.scope import current_council
from tadbir.desk.codes import FIRST_VERSION, code_matches
from tadbir.desk.queries.follow import dossier_by_number, dossiers_meant
from tadbir.dossiers.models import Dossier
from tadbir.reading.codes import FOLLOW_LENGTH, read_digits
from tadbir.reading.numbers import read_number
from tadbir.ui.cookies import declare_cookie
from tadbir.ui.errors import TooMany
from tadbir.ui.limited import refusal

STAYS_OPEN = 2 * 60 * 60
#: The prefix says to the browser: over HTTPS only. The cookie keeps to its council's path, so it is not `__Host-`.
COOKIE = declare_cookie(
    "__Secure-tadbir-dossier" if settings.HTTPS else "tadbir-dossier",
    _("once you send a request or open a dossier: that it stays open here"),
    STAYS_OPEN,
)
#: Says that a visit was closed in this browser.
SHARED = declare_cookie(
    "shared",
    _("once you press “Close”: that this device is shared, and fills nothing in for the next person"),
    STAYS_OPEN,
)
MOST_OPEN = 5
#: Dossiers of one rank, each of another year, that one code is tried on.
MOST_MEANT = 12
#: An unknown number and a wrong code get the same answer.
NOT_THIS = _("No dossier has this number with this code. Check both on your receipt.")
R = TypeVar("R", bound=HttpResponseBase)


def _wrong_codes(name: str) -> TooMany:
    return refusal(
        name, _("Too many wrong codes were tried. Try again from %(time)s, or ask the counter with your receipt.")
    )


def limit_drafts(request: HttpRequest) -> None:
    """Raise TooMany when one address begins requests by the hundred."""
    if limits.too_many("drafts", counted_address(request)):
        raise refusal(
            "drafts", _("Too many requests were begun from here. Try again from %(time)s, or come to the counter.")
        )


def limit_uploads(request: HttpRequest) -> None:
    """Raise TooMany when one address sends documents by the hundred; a village behind one address does not."""
    if limits.too_many("uploads", counted_address(request)):
        raise refusal(
            "uploads", _("Too many documents were sent from here. Try again from %(time)s, or come to the counter.")
        )


def limit_draft_codes(request: HttpRequest) -> None:
    """Count one code of a request begun, typed from this address; raise TooMany when it is one too many."""
    if limits.too_many("wrong_draft_codes", counted_address(request)):
        raise refusal("wrong_draft_codes", _("Too many wrong codes were tried from here. Try again from %(time)s."))


def draft_code_was_right(request: HttpRequest) -> None:
    """Take back what `limit_draft_codes` counted: the code opened its request."""
    limits.give_back("wrong_draft_codes", counted_address(request))


def open_by_code(request: HttpRequest, typed_number: str, typed_code: str) -> Dossier | None:
    """The dossier of a number and code, or None. Raises TooMany after too many wrong tries from here, or from thousands
    of addresses, even for the right code.

    A number without its year may mean several dossiers: the one that the code fits. Each of them counts the wrong try;
    what is no code at all is none. A try is counted before the code is looked at, and given back when it was right:
    tries sent all at once are no more than the limit.
    """
    if not read_digits(typed_code, FOLLOW_LENGTH):
        return None  # half a code guesses nothing
    meant = {dossier.number: dossier for dossier in dossiers_meant(typed_number)[:MOST_MEANT]}
    named = [*meant] or [str(read_number(typed_number) or typed_number.strip()[:40])]
    here = counted_address(request)
    if limits.first_over(("wrong_codes_of_address", here)):
        raise _wrong_codes("wrong_codes_of_address")
    counted = {number: limits.count_shared(limits.CODES, number, here) for number in named}
    free = [number for number in named if not counted[number][0]]
    if not free:
        limits.give_back("wrong_codes_of_address", here)  # no code was looked at
        raise _wrong_codes(counted[named[0]][0])
    for number in free:
        if number in meant and code_matches(meant[number], typed_code):
            limits.give_back("wrong_codes_of_address", here)
            limits.give_all_back(*(one for other in free for one in counted[other][1]))
            return meant[number]
    return None


def _salt() -> str:
    """A restore empties the cache, which remembers the closed visits: so it ends every visit, by its new epoch. A drill
    opens no epoch, and is not the house where they were opened."""
    council = current_council()
    return f"tadbir.visit/{council.pk}/{'drill' if settings.DRILL else council.numbering_epoch}"


def _read_visit(request: HttpRequest) -> tuple[str, dict[str, int]] | None:
    """The name of the visit that the cookie tells, and what it opened; None without one, or once it was closed. Read
    once for each request.

    Every cookie of a visit bears its name, so that closing it closes them all, copies of earlier ones too.
    """
    kept = request.__dict__
    if "visit_read" not in kept:
        kept["visit_read"] = _visit_of(request.COOKIES.get(COOKIE, ""))
    read: tuple[str, dict[str, int]] | None = kept["visit_read"]
    return read


def _visit_of(cookie: str) -> tuple[str, dict[str, int]] | None:
    try:
        name, opened = signing.loads(cookie, salt=_salt(), max_age=STAYS_OPEN)
    except signing.BadSignature:
        return None
    return None if cache.has_key(_closed_visit(name)) else (name, dict(opened))


def _visit(request: HttpRequest) -> tuple[str, dict[str, int]]:
    """The name of this browser's visit, and what it opened: numbers and code versions. A new visit opened nothing."""
    return _read_visit(request) or (secrets.token_urlsafe(9), {})


def has_open(request: HttpRequest, number: str) -> Dossier | None:
    """The dossier of this number where this browser opened it with the code it still has."""
    version = _visit(request)[1].get(number)
    dossier = dossier_by_number(number) if version is not None else None
    is_it = dossier is not None and dossier.number == number and version == dossier.code_version
    return dossier if is_it else None


def has_visited(request: HttpRequest, number: str) -> bool:
    """Whether this browser opened a dossier, with this code or an earlier one, in a visit that nobody closed."""
    return number in _visit(request)[1]


def to_close(request: HttpRequest) -> str:
    """The address that closes what this browser opened by its code; empty where it opened nothing."""
    if COOKIE not in request.COOKIES:
        return ""
    return reverse("follow-close") if _visit(request)[1] else ""


def _closed_visit(name: str) -> str:
    return f"closed-visit:{name}"


def name_of_visit(request: HttpRequest) -> str:
    """The name of the visit of this browser; empty where it keeps no cookie, or closed what it had."""
    return (_read_visit(request) or ("", {}))[0]


def begin_visit(request: HttpRequest, response: R) -> R:
    """Give this browser a visit, so that what it sends next is known to be its own, even if the answer is lost."""
    return response if _read_visit(request) else _set(response, *_visit(request))


def has_sent(request: HttpRequest, visit: str, dossier: Dossier) -> bool:
    """Whether this browser is in the visit that sent the request; nobody is any more once its code was changed."""
    return bool(visit) and name_of_visit(request) == visit and dossier.code_version == FIRST_VERSION


def grant(request: HttpRequest, response: R, dossier: Dossier) -> R:
    """Let this browser open the dossier for two hours."""
    visit, opened = _visit(request)
    if opened.get(dossier.number) == dossier.code_version:
        return response
    kept = {number: version for number, version in opened.items() if number != dossier.number}
    kept = dict([*kept.items()][-(MOST_OPEN - 1) :]) | {dossier.number: dossier.code_version}
    return _set(response, visit, kept)


def _set(response: R, visit: str, opened: dict[str, int]) -> R:
    response.set_cookie(
        COOKIE,
        signing.dumps([visit, opened], salt=_salt(), compress=True),
        max_age=STAYS_OPEN,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
        path=get_script_prefix(),
    )
    return response


def _page_of(request: HttpRequest) -> str:
    """What names the page where “Close” was pressed; empty where it names none."""
    key = request.POST.get("closing", "")
    return f"closed-page:{key}" if re.fullmatch("[0-9a-f]{32}", key) else ""


def was_closed_from(request: HttpRequest) -> bool:
    """Whether what was open was closed already from the very page that sends this."""
    page = _page_of(request)
    return bool(page) and cache.has_key(page)


def leave(request: HttpRequest, response: R) -> R:
    """Close everything this browser opened (a shared telephone), here too: a copy of the cookie opens nothing."""
    if page := _page_of(request):
        cache.set(page, True, STAYS_OPEN)
    if visit := name_of_visit(request):
        cache.set(_closed_visit(visit), True, STAYS_OPEN)
    request.__dict__["visit_read"] = None
    response.delete_cookie(COOKIE, path=get_script_prefix(), samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache"'  # the back button asks for each page anew, and finds it empty
    response.set_cookie(SHARED, "1", max_age=STAYS_OPEN, path=get_script_prefix(), samesite="Lax", httponly=True)
    return response


def is_shared(request: HttpRequest) -> bool:
    """Whether somebody closed what he had opened in this browser: it fills nothing in again for the next one."""
    return SHARED in request.COOKIES
