"""A request begun, under the code in its address: the only key; nothing expires but itself."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override
from django.views.decorators.csrf import csrf_exempt

from tadbir.desk.public import access
from tadbir.reading.codes import read_draft_code
from tadbir.services import actions
from tadbir.services.models import Draft
from tadbir.services.public.pages import CLOSED, NOT_KEPT, not_kept
from tadbir.services.queries import residents
from tadbir.ui.errors import Moved

NOT_UNDER_THIS = gettext_lazy("No request is kept under this address: its 14 days are over, or it is not whole.")


def _elsewhere(reason: Promise) -> Moved:
    return Moved(reason, (reverse("follow"), gettext_lazy("Type the code of a request begun")))


def closed_elsewhere() -> Moved:
    """What is raised for a form sent to a request that was closed: it is kept, under its new code."""
    return _elsewhere(CLOSED)


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
            return sent_already(request, found) or view(request, found, draft, **kwargs)
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
    return access.ask_again(request, dossier.number, sent=True)


def in_language(request: HttpRequest, page: str, code: str) -> HttpResponse | None:
    """The same page in the language that was asked for with what was typed; None where none was."""
    asked = request.POST.get("in", "")
    if asked not in dict(settings.LANGUAGES):
        return None
    with override(asked):
        return redirect(page, code)
