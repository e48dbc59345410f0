"""Pages that say what went wrong and what the person can do, in both languages, without the database."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop, override

from tadbir.database.trouble import refused_by_the_machine
from tadbir.ui.caching import closes, keep_from_caches
from tadbir.ui.dates import reader_language, size_words
from tadbir.ui.typed import to_send_again

#: status (or a word for a page that shares one): what happened, what the person can do.
TEXTS: dict[int | str, tuple[str, str]] = {
    400: (
        gettext_noop("This request could not be read"),
        gettext_noop("Go back, check what you typed and send it again. Nothing was recorded."),
    ),
    403: (
        gettext_noop("You may not open this page"),
        gettext_noop(
            "It is for people of another quality. If you work here, sign in with your own account, or ask the director "
            "who may do it. Otherwise go back to the home page."
        ),
    ),
    404: (
        gettext_noop("This page does not exist"),
        gettext_noop("Check the address letter by letter, or look for your dossier by the number on your receipt."),
    ),
    405: (gettext_noop("This page cannot be used this way"), gettext_noop("Go back and use the button of the page.")),
    408: (
        gettext_noop("The line was too slow"),
        gettext_noop(
            "What was being sent did not arrive whole, and nothing of it was recorded. Go back and send it again, "
            "a lighter document first. What you sent before is kept."
        ),
    ),
    410: (
        gettext_noop("This link no longer works"),
        gettext_noop(
            "It was used already or its time is over. Ask the counter for a new one: your dossier is not lost."
        ),
    ),
    413: (
        gettext_noop("What was sent is too heavy"),
        gettext_noop(
            "Nothing of it was recorded; what you sent before is kept. Send one document at a time, a photo or a PDF "
            "of %(limit)s at most, or bring it to the counter."
        ),
    ),
    429: (
        gettext_noop("Too many attempts"),
        gettext_noop(
            "It is shut for a while, for everybody’s safety: wait, then try again. What you sent before is kept, and "
            "the counter of the council stays open."
        ),
    ),
    500: (
        gettext_noop("Something broke on our side"),
        gettext_noop("If you have a receipt number, your request is kept. If not, send it again in a few minutes."),
    ),
    503: (
        gettext_noop("The service rests for a moment"),
        gettext_noop(
            "Come back in a few minutes. The dates of your dossier do not change, and the counter stays open."
        ),
    ),
    "machine": (
        gettext_noop("The council’s machine cannot write now"),
        gettext_noop(
            "Nothing was recorded, nothing is half done. Keep what you typed and send it again in a few minutes, "
            "or come to the counter."
        ),
    ),
    "moved": (
        gettext_noop("This can no longer be changed here"),
        gettext_noop("Nothing of what you sent was recorded. What you typed stands below, to be copied."),
    ),
    "expired": (
        gettext_noop("This form waited too long"),
        gettext_noop(
            "For your safety it must be opened again. What you wrote stands below: read it, then send it. "
            "Otherwise go back, copy what you wrote, load the page again and send."
        ),
    ),
}


#: The same where the page is one of the office: it speaks to those who work there, not to who holds a receipt.
OFFICE: dict[int | str, str] = {
    404: gettext_noop("Check the address letter by letter, or look for the dossier by its number in the search."),
    413: gettext_noop(
        "Nothing of it was recorded. Send one document at a time, a photo or a PDF of %(limit)s at most."
    ),
    500: gettext_noop(
        "What you sent may not be recorded: open the dossier and look before you send it again. If it breaks again, "
        "tell whoever runs the machine the page and the hour."
    ),
    "machine": gettext_noop(
        "Nothing was recorded, nothing is half done. Keep what you typed and send it again in a few minutes; tell "
        "whoever runs the machine."
    ),
}


#: Where whoever is lost is led, besides the home page: the name of an address, what it is called there.
_SIGNPOSTS: dict[str, str] = {}
LOST = {404, 410}


def declare_signpost(address: str, words: str) -> None:
    """Lead whoever opens what does not exist, or no longer, to this address too."""
    _SIGNPOSTS[address] = words


def _signposts(lang: str) -> list[tuple[str, str]]:
    with override(lang):
        return [(reverse(address), gettext(words)) for address, words in _SIGNPOSTS.items()]


#: After these the same form may be sent again as it is; after the others something must change first.
AGAIN = {"expired", 429, 500, 503}
#: After these the page that the form stood on still opens.
STILL_THERE = {*AGAIN, 405, 413}
#: Seconds after which to try again a machine that cannot write.
REST = 300


class PageError(Exception):
    """Raised by a view to show a page of this status; `reason` is a sentence for the person."""

    status = 400
    word = ""
    way: tuple[str, Promise | str] | None = None

    def __init__(self, reason: Promise | str = "", *, retry_after: int | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.retry_after = retry_after


class Gone(PageError):
    """410: what stood here is over."""

    status = 410


class Moved(Gone):
    """410: it is elsewhere by now, or over; `reason` says who did what and when, `way` leads to where it is."""

    word = "moved"

    def __init__(self, reason: Promise | str, way: tuple[str, Promise | str]) -> None:
        super().__init__(reason)
        self.way = way


class TooLarge(PageError):
    """413: more was sent than can be taken."""

    status = 413


class TooMany(PageError):
    """429: too many attempts; `retry_after` in seconds."""

    status = 429


class Unavailable(PageError):
    """503: not now; `retry_after` in seconds."""

    status = 503


def _said(status: int | str, lang: str, reason: str | Promise, request: HttpRequest | None) -> dict[str, Any]:
    title, advice = TEXTS.get(status, TEXTS[400])
    if request is not None and "/office/" in request.path:
        advice = OFFICE.get(status, advice)
    with override(lang):
        return {
            "lang": lang,
            "dir": "ltr" if lang == "fr" else "rtl",
            "title": gettext(title),
            "advice": gettext(advice).replace("%(limit)s", size_words(settings.UPLOAD_LIMIT)),
            "reason": str(reason),
            "home": gettext("Home page"),
            "url": _home(request, lang),
        }


def error_page(
    request: HttpRequest | None,
    status: int,
    *,
    word: str = "",
    reason: str | Promise = "",
    retry_after: int | None = None,
    way: tuple[str, Promise | str] | None = None,
) -> HttpResponse:
    """The page of an HTTP status. Never reads the database; never fails because the frame failed."""
    lang = reader_language()
    other = "ar" if lang == "fr" else "fr"
    mine = {one: reason if one == lang or isinstance(reason, Promise) else "" for one in (lang, other)}
    said = [_said(word or status, one, mine[one], request) for one in mine]
    typed = to_send_again(request)
    for one in said if word == Moved.word and not typed else ():
        one["advice"] = ""  # nothing was sent: what became of it would say what is not so
    council = getattr(request, "council", None)
    for one in said if way or (council and status in LOST) else ():
        with override(str(one["lang"])):
            one["ways"] = [(way[0], str(way[1]))] if way else _signposts(str(one["lang"]))
    context: dict[str, Any] = {
        "said": said,
        "status": status,
        "lang": lang,
        "dir": said[0]["dir"],
        "council": council,
        "demo": bool(council and council.demo),
        "home_url": _home(request, lang),
        "again": bool({word, status} & AGAIN),
        "back": _back(request, {word, status}),
        **_to_close(request),
        **typed,
    }
    response = HttpResponse(render_to_string("ui/error.html", context), status=status)
    keep_from_caches(response)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _to_close(request: HttpRequest | None) -> dict[str, str]:
    """What the form needs that closes what this browser has open; nothing where it has nothing."""
    address = closes(request)
    return {"closes": address, "csrf_token": get_token(request)} if request and address else {}


def _back(request: HttpRequest | None, said: set[int | str]) -> str:
    """The page that the form stood on, where it still opens."""
    return request.get_full_path() if request and request.method == "POST" and said & STILL_THERE else ""


def _home(request: HttpRequest | None, lang: str) -> str:
    prefix = str(request.META.get("SCRIPT_NAME", "")) if request is not None else ""
    return f"{prefix}/fr/" if lang == "fr" else f"{prefix}/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400; a request over the size limit is a 413."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403; the sentence of a PermissionDenied is shown, it is written for the person."""
    return error_page(request, 403, reason=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404; the exception is not shown: it may name addresses or tables."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500; a full disk or a database that does not answer is a 503 that says so."""
    if refused_by_the_machine(sys.exc_info()[1]):
        return error_page(request, 503, word="machine", retry_after=REST)
    return error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: a form that waited too long, or a browser that refuses cookies."""
    return error_page(request, 403, word="expired")
