"""Filing in three steps. The code in the address is the only key: no cookie, no session, nothing that expires.

That is why these forms carry no anti-forgery token: another site cannot know the code of a draft, and a first
step sent from elsewhere makes nothing but an empty draft. Each step keeps what was typed before it judges it.
"""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tadbir.councils.attempt import attempt, posted
from tadbir.councils.shown import Shown
from tadbir.desk.public import access
from tadbir.desk.public.unsent import ask_before_closing
from tadbir.dossiers.models import Dossier
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import asked_under
from tadbir.services import actions
from tadbir.services.forms.residents import RequestForm, SendForm, in_this_language
from tadbir.services.models import Draft
from tadbir.services.public.begun import (
    close_all,
    closed_elsewhere,
    closed_here,
    drafted,
    forgotten,
    in_language,
    is_noted,
    says_the_same,
    sent_already,
)
from tadbir.services.public.follow import receipt_page
from tadbir.services.public.own import given_to, own_key
from tadbir.services.public.pages import offered
from tadbir.services.queries import residents
from tadbir.services.requests import lacking_in

#: In the address of step 1: "next" was pressed, and what must be mended is said.
MEND = "mend"


def _ask(
    request: HttpRequest, sheet: Sheet, form: RequestForm, code: str = "", draft: Draft | None = None
) -> HttpResponse:
    context = {"sheet": sheet, "body": sheet.parsed, "form": form, "code": code, "draft": draft, "keeps_typed": True}
    context["shared"] = access.is_shared(request)
    if not code:  # names the draft before there is one, so that the page sent twice makes one
        context["key"] = request.POST.get("key") or secrets.token_hex(16)
    page = render(request, "services/public/request.html", context, status=form.status)
    return page if code else given_to(request, page)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def request_start(request: HttpRequest, code: str) -> HttpResponse:
    """Step 1, for the first time: what was typed becomes a draft, right or wrong, and stays under its own address."""
    sheet = offered(code)
    if sheet.law.elsewhere:
        return redirect("service-sheet", code=code)
    if request.method != "POST":
        page = _ask(request, sheet, RequestForm(sheet, shown=asked_under(sheet)))
        page.headers["Cache-Control"] = "private, no-cache"  # nobody's yet: the back button finds what was typed in it
        return page
    form = RequestForm(sheet, request.POST, shown=asked_under(sheet))
    if "shown" in form.errors or not form.is_keepable:
        return _ask(request, sheet, form)
    if "close" in request.POST:
        return _close_at_first(request, sheet, form)
    if not form.has_typed and (elsewhere := in_language(request, "request-start", code)):
        return elsewhere
    begun = actions.code_of_key(own_key(request))
    if begun and (found := residents.draft_by_code(begun)):
        return _begun(request, found, begun, form)
    access.limit_drafts(request)
    draft, made = actions.start_draft(sheet, (get_language() or "ar")[:2], form.typed, code=begun)
    return _onward(request, draft, made, form)


def _close_at_first(request: HttpRequest, sheet: Sheet, form: RequestForm) -> HttpResponse:
    """Close the first page: what was typed is kept under a code that no page before had, as from the other pages. All
    that this browser began is closed with it."""
    key = actions.closing_key(own_key(request))
    begun, typed = actions.code_of_key(key), form.typed
    found = residents.draft_by_code(begun)
    if found and found.dossier_id is None:
        if typed != found.answers:
            return _begun(request, found, begun, form)
        actions.close_draft(found, key)
    elif form.has_typed and not (found and found.answers == typed) and not says_the_same(request, sheet, typed):
        access.limit_drafts(request)
        actions.begin_closed(sheet, (get_language() or "ar")[:2], typed, key=key)
    if page := close_all(request, key):
        return page
    closed = residents.drafts_by_codes(actions.codes_of_closing(key))
    if any(one.dossier_id is None for one, _code in closed):
        raise closed_elsewhere()  # it was noted down: no page shows it again
    return access.leave(request, forgotten(request, redirect("follow")))


def _begun(request: HttpRequest, draft: Draft, code: str, form: RequestForm) -> HttpResponse:
    """The first page sent once more (the back button, a line that was cut): the same draft, with its documents."""
    if sent := sent_already(request, draft):
        return sent
    if form.typed == draft.answers:
        return _onward(request, draft, code, form)
    again = RequestForm(draft.sheet, request.POST, shown=residents.answers_shown(draft))
    again.errors.pop("shown", None)
    again.add_error(None, _("You had begun this request already: send this page again to keep what it says instead."))
    return _ask(request, draft.sheet, again, code, draft)


@require_http_methods(["GET", "HEAD", "POST"])
@drafted
def request_edit(request: HttpRequest, found: Draft, draft: str) -> HttpResponse:
    """Step 1 again, with what was typed, and what must be mended in it once "next" was pressed."""
    shown = residents.answers_shown(found)
    if request.method == "POST":
        form = RequestForm(found.sheet, request.POST, shown=shown)
        return _kept(request, found, draft, form) or _onward(request, found, draft, form)
    if MEND in request.GET:
        return _ask(request, found.sheet, _saved_form(found, shown), draft, found)
    form = RequestForm(found.sheet, initial=in_this_language(found.sheet, found.answers), shown=shown)
    return _ask(request, found.sheet, form, draft, found)


def _kept(request: HttpRequest, draft: Draft, code: str, form: RequestForm) -> HttpResponse | None:
    """Keep what was typed over what its page displayed; a page where another one kept something else since."""
    if "shown" not in form.errors and form.is_keepable:
        attempt(form, lambda: actions.save_draft(draft, form.typed, shown=form.cleaned_data["shown"]))
    if "shown" in form.errors or form.changed or not form.is_keepable:
        return _ask(request, draft.sheet, form, code, draft)
    return None


def _onward(request: HttpRequest, draft: Draft, code: str, form: RequestForm) -> HttpResponse:
    """To the next step; to this one again, in the other language, or while something must be mended.

    It is an address of the draft in every case: loading it again, or in the other language, loses nothing.
    """
    if other := in_language(request, "request-edit", code):
        return other
    if not form.is_valid():
        return redirect(f"{reverse('request-edit', args=[code])}?{MEND}")
    step = "request-documents" if draft.sheet.parsed.asked_of_user else "request-check"
    return redirect(step, draft=code)


def _saved_form(draft: Draft, shown: Shown | None = None) -> RequestForm:
    """The form of step 1, filled from the draft and judged; with what its page displays, where it is one."""
    answers = in_this_language(draft.sheet, draft.answers)
    return RequestForm(draft.sheet, answers | ({"shown": shown.token} if shown else {}), shown=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@drafted
def request_check(request: HttpRequest, found: Draft, draft: str) -> HttpResponse:
    """Step 3: read it again and send. Sending twice gives the same dossier: the draft itself is the key."""
    form = _saved_form(found)
    if not form.is_valid():
        return redirect(f"{reverse('request-edit', args=[draft])}?{MEND}")
    filing = form.to_filing(residents.pieces_of(found))
    sending = SendForm(posted(request), shown=residents.draft_shown(found, filing.pieces))
    if sending.is_valid():
        shown, visit = sending.cleaned_data["shown"], access.name_of_visit(request)
        filed = attempt(sending, lambda: actions.file_draft(found, filing, shown=shown, visit=visit))
        if filed is not None:
            return _receipt(request, filed.dossier, visit, draft)
    rows = residents.attached_to(found, _("Another document"))
    context = {
        "draft": found,
        "code": draft,
        "sheet": found.sheet,
        "form": form,
        "sending": sending,
        "attached": [row for row in rows if row.is_there],
        "lacks": lacking_in(filing),
    }
    page = render(request, "services/public/check.html", context, status=sending.status)
    return access.begin_visit(request, page)


def _receipt(request: HttpRequest, dossier: Dossier, visit: str, code: str) -> HttpResponse:
    """To the receipt of what was sent under this code; it is shown at once where the browser keeps no cookie: it would
    never be seen otherwise."""
    page = redirect("dossier-receipt", number=dossier.number) if visit else receipt_page(request, dossier)
    return access.grant(request, forgotten(request, page, code), dossier)


@csrf_exempt
@require_POST
def request_close(request: HttpRequest, draft: str) -> HttpResponse:
    """Close a shared telephone: what this browser opened is shut, and each request that was begun in it gets another
    code.

    Sent with `noted`, from the page that showed these codes, it only ends the showing.
    """
    if "noted" in request.POST:
        for code in (draft, *request.POST.getlist("also")):
            actions.note_down(code)
        return access.leave(request, redirect("service-list"))
    if question := ask_before_closing(request):
        return question
    found = residents.draft_by_code(draft)
    key = actions.closing_key(request.POST.get("closing", ""))
    if found is not None and found.dossier_id is None:
        return _close(request, draft=draft, key=key)
    if page := close_all(request, key) or (found is None and closed_here(request, draft)):
        return page  # pressed again: the answer was lost; or what else was open
    if gone := found is None and is_noted(request, draft):  # closed in another tab, or its days are over
        access.limit_draft_codes(request)
    if gone or found is not None:
        return access.leave(request, forgotten(request, redirect("follow")))
    return _close(request, draft=draft, key=key)


@drafted
def _close(request: HttpRequest, found: Draft, draft: str, key: str) -> HttpResponse:
    form = RequestForm(found.sheet, request.POST, shown=residents.answers_shown(found))
    if "shown" in request.POST and (page := _kept(request, found, draft, form)):
        return page
    actions.close_draft(found, key)
    if page := close_all(request, key):
        return page
    raise closed_elsewhere()  # from another page, at the same moment
