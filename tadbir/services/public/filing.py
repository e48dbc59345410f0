"""Filing in three steps. The code in the address is the only key: no cookie, no session, nothing that expires.

That is why these forms carry no anti-forgery token: another site cannot know the code of a draft, and a first
step sent from elsewhere makes nothing but an empty draft. Each step keeps what was typed before it judges it.
"""

import secrets
from collections.abc import Callable, Collection, Mapping
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tadbir.councils.attempt import attempt, posted
from tadbir.councils.shown import Shown
from tadbir.desk.public import access
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import asked_under
from tadbir.reading.codes import read_draft_code
from tadbir.services import actions
from tadbir.services.forms.residents import RequestForm, SendForm, UploadForm, in_this_language
from tadbir.services.models import Draft
from tadbir.services.public.pages import not_kept, offered
from tadbir.services.public.uploads import chosen, guard_size, keep
from tadbir.services.queries import residents
from tadbir.services.requests import lacking_of
from tadbir.ui.errors import Gone

#: In the address of step 1: "next" was pressed, and what must be mended is said.
MEND = "mend"


def drafted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the draft of its address; one that was sent leads to its receipt.

    Where there is none the code is asked for, in the language of the page; a form that was sent there keeps what was
    typed (Gone). Raises TooMany for who goes on so. An address that is right opens whatever was counted: whoever else
    sends from here closes nobody's request, and the code is long enough by itself (docs/decisions/0022).
    """

    @csrf_exempt
    @wraps(view)
    def served(request: HttpRequest, draft: str, **kwargs: str) -> HttpResponse:
        found = residents.draft_by_code(draft)
        if found is not None:
            sent = found.dossier_id is not None
            return redirect("request-receipt", draft=draft) if sent else view(request, found, draft, **kwargs)
        if read_draft_code(draft):  # half a code guesses nothing
            access.limit_draft_codes(request)
        if request.method == "POST":
            raise Gone(gettext_lazy("This request is no longer kept: 14 days went by, or its address is not whole."))
        return not_kept(request, draft)

    return served


def _ask(
    request: HttpRequest, sheet: Sheet, form: RequestForm, code: str = "", draft: Draft | None = None
) -> HttpResponse:
    context = {"sheet": sheet, "body": sheet.parsed, "form": form, "code": code, "draft": draft, "keeps_typed": True}
    if not code:  # names the draft before there is one, so that the page sent twice makes one
        context["key"] = request.POST.get("key") or secrets.token_hex(16)
    return render(request, "services/public/request.html", context, status=form.status)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def request_start(request: HttpRequest, code: str) -> HttpResponse:
    """Step 1, for the first time: what was typed becomes a draft, right or wrong, and stays under its own address."""
    sheet = offered(code)
    if sheet.law.elsewhere:
        return redirect("service-sheet", code=code)
    if request.method == "GET":
        page = _ask(request, sheet, RequestForm(sheet, shown=asked_under(sheet)))
        page.headers["Cache-Control"] = "private, no-cache"  # nobody's yet: the back button finds what was typed in it
        return page
    form = RequestForm(sheet, request.POST, shown=asked_under(sheet))
    if "shown" in form.errors:
        return _ask(request, sheet, form)
    if not form.has_typed and (elsewhere := _in_language(request, "request-start", code)):
        return elsewhere
    begun = actions.code_of_key(request.POST.get("key", ""))
    if begun and (found := residents.draft_by_code(begun)):
        return _begun(request, found, begun, form)
    access.limit_drafts(request)
    draft, made = actions.start_draft(sheet, (get_language() or "ar")[:2], form.typed, code=begun)
    return _onward(request, draft, made, form)


def _begun(request: HttpRequest, draft: Draft, code: str, form: RequestForm) -> HttpResponse:
    """The first page sent once more (the back button, a line that was cut): the same draft, with its documents."""
    if draft.dossier_id:
        return redirect("request-receipt", draft=code)
    if form.typed == draft.answers:
        return _onward(request, draft, code, form)
    again = RequestForm(draft.sheet, request.POST, shown=residents.answers_shown(draft))
    again.errors.pop("shown", None)
    again.add_error(None, _("You had begun this request already: send this page again to keep what it says instead."))
    return _ask(request, draft.sheet, again, code, draft)


@require_http_methods(["GET", "POST"])
@drafted
def request_edit(request: HttpRequest, found: Draft, draft: str) -> HttpResponse:
    """Step 1 again, with what was typed, and what must be mended in it once "next" was pressed."""
    shown = residents.answers_shown(found)
    if request.method == "POST":
        return _keep(request, found, draft, RequestForm(found.sheet, request.POST, shown=shown))
    if MEND in request.GET:
        return _ask(request, found.sheet, _saved_form(found, shown), draft, found)
    form = RequestForm(found.sheet, initial=in_this_language(found.sheet, found.answers), shown=shown)
    return _ask(request, found.sheet, form, draft, found)


def _keep(request: HttpRequest, draft: Draft, code: str, form: RequestForm) -> HttpResponse:
    """Keep what was typed over what its page displayed; what another page kept since is shown beside it."""
    if "shown" not in form.errors:
        attempt(form, lambda: actions.save_draft(draft, form.typed, shown=form.cleaned_data["shown"]))
    if "shown" in form.errors or form.changed:
        return _ask(request, draft.sheet, form, code, draft)
    return _onward(request, draft, code, form)


def _onward(request: HttpRequest, draft: Draft, code: str, form: RequestForm) -> HttpResponse:
    """To the next step; to this one again, in the other language, or while something must be mended.

    It is an address of the draft in every case: loading it again, or in the other language, loses nothing.
    """
    if other := _in_language(request, "request-edit", code):
        return other
    if not form.is_valid():
        return redirect(f"{reverse('request-edit', args=[code])}?{MEND}")
    step = "request-documents" if draft.sheet.parsed.asked_of_user else "request-check"
    return redirect(step, draft=code)


def _in_language(request: HttpRequest, page: str, code: str) -> HttpResponse | None:
    """The same page in the language that was asked for with what was typed; None where none was."""
    asked = request.POST.get("in", "")
    if asked not in dict(settings.LANGUAGES):
        return None
    with override(asked):
        return redirect(page, code)


def _documents(
    request: HttpRequest,
    draft: Draft,
    code: str,
    sent: Mapping[str, UploadForm] | None = None,
    refused: Collection[str] = (),
) -> HttpResponse:
    sent = sent or {}
    attached = residents.attached_to(draft, _("Another document"))
    rows = [(row, sent.get(row.code) or UploadForm(prefix=row.code)) for row in attached]
    by_council = [doc for doc in draft.sheet.parsed.documents if doc.obtained_by != "user"]
    context = {
        "draft": draft,
        "code": code,
        "sheet": draft.sheet,
        "rows": rows,
        "by_council": by_council,
        "left": [row.label for row in attached if row.code in refused and not row.is_there],
        "keeps_typed": True,
    }
    status = 422 if sent or context["left"] else 200
    return render(request, "services/public/documents.html", context, status=status)


@require_http_methods(["GET", "POST"])
@drafted
def request_documents(request: HttpRequest, found: Draft, draft: str) -> HttpResponse:
    """Step 2: the documents, one by one. "Next" keeps those that were chosen and not sent yet."""
    if request.method == "GET":
        return _documents(request, found, draft)
    return (
        _chosen_kept(request, found, draft)
        or _in_language(request, "request-documents", draft)
        or _goes_without(request, found, draft)
        or redirect("request-check", draft=draft)
    )


def _goes_without(request: HttpRequest, draft: Draft, code: str) -> HttpResponse | None:
    """Say once what was refused on this page and is not in the request; None where nothing is."""
    page = _documents(request, draft, code, refused=request.POST.getlist("refused"))
    return page if page.status_code == 422 else None


def _chosen_kept(request: HttpRequest, draft: Draft, code: str, pressed: str = "") -> HttpResponse | None:
    """Keep every document that was chosen, whatever button was pressed; the page again where one is refused."""
    guard = guard_size(request)
    rows = [row.code for row in residents.attached_to(draft, "")]
    forms = chosen(request, rows, pressed, guard)
    if keep(
        request, forms, lambda one, file: actions.attach_to_draft(draft, one, file.name or "", file, file.size or 0)
    ):
        return None
    return _documents(request, draft, code, {one: form for one, form in forms.items() if form.errors})


@require_POST
@drafted
def request_attach(request: HttpRequest, found: Draft, draft: str, requirement: str) -> HttpResponse:
    """Keep one document, by its own request, and any other that was chosen with it."""
    return _chosen_kept(request, found, draft, requirement) or redirect("request-documents", draft=draft)


@require_POST
@drafted
def request_remove(request: HttpRequest, found: Draft, draft: str, requirement: str) -> HttpResponse:
    """Take one document out; another one that was chosen on the page is kept."""
    actions.remove_from_draft(found, requirement)
    return _chosen_kept(request, found, draft) or redirect("request-documents", draft=draft)


def _saved_form(draft: Draft, shown: Shown | None = None) -> RequestForm:
    """The form of step 1, filled from the draft and judged; with what its page displays, where it is one."""
    answers = in_this_language(draft.sheet, draft.answers)
    return RequestForm(draft.sheet, answers | ({"shown": shown.token} if shown else {}), shown=shown)


@require_http_methods(["GET", "POST"])
@drafted
def request_check(request: HttpRequest, found: Draft, draft: str) -> HttpResponse:
    """Step 3: read it again and send. Sending twice gives the same dossier: the draft itself is the key."""
    form = _saved_form(found)
    if not form.is_valid():
        return redirect(f"{reverse('request-edit', args=[draft])}?{MEND}")
    pieces = residents.pieces_of(found)
    sending = SendForm(posted(request), shown=residents.draft_shown(found, pieces))
    if sending.is_valid():
        filing, shown = form.to_filing(pieces), sending.cleaned_data["shown"]
        filed = attempt(sending, lambda: actions.file_draft(found, filing, shown=shown))
        if filed is not None:
            return access.grant(request, redirect("request-receipt", draft=draft), filed.dossier)
    rows, body = residents.attached_to(found, _("Another document")), found.sheet.parsed
    kind = form.cleaned_data.get("kind") or form.only_kind
    lacking = {document.code for document in lacking_of(found.sheet, pieces)}
    absent = [row for row in rows if not row.is_there and row.code != "other"]
    for_this_kind = {document.code for document in body.documents if kind in document.only}
    context = {
        "draft": found,
        "code": draft,
        "sheet": found.sheet,
        "form": form,
        "sending": sending,
        "attached": [row for row in rows if row.is_there],
        "missing": [row for row in absent if row.required and row.code not in lacking],
        "lacking": [row for row in absent if row.code in lacking],
        "not_there": [row for row in absent if not row.required and row.code in for_this_kind],
        "too_few": body.too_few(form.answers, kind) if found.sheet.is_adopted else [],
    }
    return render(request, "services/public/check.html", context, status=sending.status)
