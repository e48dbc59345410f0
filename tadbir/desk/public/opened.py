"""The pages of a dossier, for whoever opened it with its code; any other is asked for the code, and loses nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from tadbir.desk.forms.follow import FollowForm
from tadbir.desk.public import access

View = Callable[..., HttpResponseBase]
#: What the page that asks for the code again sends: the code; that a page was only read; the files that did not arrive.
AGAIN, READ, LOST = "again-code", "again-read", "again-lost"
#: The button of the other language, which takes along what was typed.
IN = "in"
#: In the address of a page: what is sent there comes back in it, to be written on, and is not recorded.
WRITE = "write"
#: The button that closes what is open, and says where the form of its page goes: what is typed in it comes along.
LEFT = "left"
#: Fields of the house, which nobody typed: of these pages, and of the question that is asked before closing.
OURS = {"csrfmiddlewaretoken", AGAIN, READ, LOST, IN, LEFT, "closing"}

_forgery = CsrfViewMiddleware(lambda request: HttpResponse())


def is_forged(request: HttpRequest) -> bool:
    """Whether a form came without the token of our page: forged, or its page waited too long."""
    return _forgery.process_view(request, ask_again, (), {}) is not None


_SHOW_TYPED = set[View]()


def only_shown(request: HttpRequest) -> bool:
    """Whether what was typed is only to be shown again: in the other language, or to be written on."""
    return IN in request.POST or writes_on(request)


def writes_on(request: HttpRequest) -> bool:
    """Whether somebody only goes on writing where he was: nothing that comes along is kept elsewhere."""
    return WRITE in request.GET and request.method == "POST"


def to_write_on(request: HttpRequest, form: Form, name: str = "text") -> None:
    """Lead whoever goes on writing to where he wrote. Nothing else holds his words: a reload must not lose them."""
    if writes_on(request) and request.POST.get(name, "").strip():
        form.fields[name].widget.attrs |= {"autofocus": True, "data-unsent": ""}


def shows_typed(view: View) -> View:
    """Declare a view whose page shows what was typed where it is sent to be `only_shown`."""
    _SHOW_TYPED.add(view)
    return view


def with_dossier(view: View) -> View:
    """Give the view the dossier of the address, if this browser opened it; else ask for the code again.

    What was typed in a form that waited too long is carried through that page and sent on with the code; a page that
    was only read comes back after it. The token of the form is checked here, so that a page too old asks for the code
    instead of losing the text. A view that `shows_typed` has in the other language what its form holds; any other
    asks for the code there, and does nothing.
    """

    @csrf_exempt
    @wraps(view)
    def served(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponseBase:
        elsewhere = only_shown(request) and view not in _SHOW_TYPED
        if elsewhere or is_forged(request):
            return ask_again(request, number)
        dossier = access.has_open(request, number)
        if dossier is None and AGAIN in request.POST and IN not in request.POST:
            dossier = access.open_by_code(request, number, request.POST[AGAIN])
        if dossier is None:
            return ask_again(request, number)
        was_read = READ in request.POST
        page = redirect(request.get_full_path()) if was_read else view(request, dossier, **kwargs)
        return access.grant(request, page, dossier) if AGAIN in request.POST else page

    return served


def _why_asked(request: HttpRequest, number: str) -> str:
    """Why the code is asked for, where it is not that the page stays open for a while only."""
    if access.has_open(request, number) is not None:
        return ""
    return "changed" if access.has_visited(request, number) else "closed" if access.is_shared(request) else ""


def ask_again(request: HttpRequest, number: str, *, sent: bool = False) -> HttpResponse:
    """The page that asks for the code again, with the texts that were typed kept in it, in the other language too.

    `sent`: the address is that of a request that was sent, and names no page to come back to.
    """
    kept = [(name, text) for name, text in request.POST.items() if name not in OURS]
    wrong = AGAIN in request.POST and IN not in request.POST
    typed = FollowForm({"number": number, "code": request.POST.get(AGAIN, "")})
    lost = [file.name or "" for _name, many in request.FILES.lists() for file in many]
    reads = request.method in ("GET", "HEAD") or READ in request.POST
    context = {
        "form": FollowForm(initial={"number": number}),
        "number": number,
        "sent": sent,
        "why": _why_asked(request, number),
        "reads": reads,
        "stays": not sent and (reads or bool(kept or lost)),
        "kept": kept,
        "keeps_typed": bool(kept) and not (sent or reads),
        "writes": WRITE in request.GET,
        "typed_goes": True,
        "wrong": (typed.errors.get("code") or [access.NOT_THIS])[0] if wrong else "",
        "lost": lost or request.POST.getlist(LOST),
    }
    return render(request, "desk/public/again.html", context, status=403)
