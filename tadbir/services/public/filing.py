"""Filing in three steps. The code in the address is the only key: no cookie, no session, nothing that expires.

That is why these forms carry no anti-forgery token: another site cannot know the code of a draft, and a first
step sent from elsewhere makes nothing but an empty draft. Each step keeps what was typed before it judges it.
"""

from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tadbir.councils.attempt import attempt, posted
from tadbir.desk.public import access
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import asked_under
from tadbir.reading.codes import read_draft_code
from tadbir.services import actions
from tadbir.services.forms.residents import RequestForm, SendForm, UploadForm
from tadbir.services.models import Draft
from tadbir.services.public.pages import offered
from tadbir.services.queries import residents
from tadbir.ui.errors import Gone


class SizeGuard(FileUploadHandler):
    """Stop keeping a document as soon as it is too heavy: it fills no disk, and the person is told."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit, self.seen, self.too_heavy = limit, 0, False

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Count each file from nothing."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and pass on to the next handler."""
        self.seen += len(raw_data)
        if self.seen > self.limit:
            self.too_heavy = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handlers make the file."""


def open_draft(request: HttpRequest, code: str) -> Draft:
    """The draft of an address. Raises Gone when its 14 days are over or nobody began it, TooMany for who goes on so.

    An address that is right opens whatever was counted: whoever else sends from here closes nobody's request, and
    the code is long enough by itself (docs/decisions/0022).
    """
    draft = residents.draft_by_code(code)
    if draft is None:
        if read_draft_code(code):  # half a code guesses nothing
            access.limit_draft_codes(request)
        raise Gone(_("This request is no longer kept: 14 days went by, or its address is not whole."))
    return draft


def _ask(
    request: HttpRequest, sheet: Sheet, form: RequestForm, code: str = "", draft: Draft | None = None
) -> HttpResponse:
    context = {"sheet": sheet, "body": sheet.parsed, "form": form, "code": code, "draft": draft}
    return render(request, "services/public/request.html", context, status=form.status)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def request_start(request: HttpRequest, code: str) -> HttpResponse:
    """Step 1, for the first time: what was typed becomes a draft, right or wrong."""
    sheet = offered(code)
    if sheet.law.elsewhere:
        return redirect("service-sheet", code=code)
    if request.method == "GET":
        return _ask(request, sheet, RequestForm(sheet, shown=asked_under(sheet)))
    form = RequestForm(sheet, request.POST, shown=asked_under(sheet))
    if "shown" in form.errors:
        return _ask(request, sheet, form)
    access.limit_drafts(request)
    draft, key = actions.start_draft(sheet, (get_language() or "ar")[:2], form.typed)
    return _onward(request, draft, key, form)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def request_edit(request: HttpRequest, draft: str) -> HttpResponse:
    """Step 1 again, with what was typed."""
    found = open_draft(request, draft)
    if found.dossier_id:
        return redirect("request-receipt", draft=draft)
    shown = residents.answers_shown(found)
    if request.method == "POST":
        return _keep(request, found, draft, RequestForm(found.sheet, request.POST, shown=shown))
    return _ask(request, found.sheet, RequestForm(found.sheet, initial=found.answers, shown=shown), draft, found)


def _keep(request: HttpRequest, draft: Draft, code: str, form: RequestForm) -> HttpResponse:
    """Keep what was typed over what its page displayed; what another page kept since is shown beside it."""
    if "shown" not in form.errors:
        attempt(form, lambda: actions.save_draft(draft, form.typed, shown=form.cleaned_data["shown"]))
    if "shown" in form.errors or form.changed:
        return _ask(request, draft.sheet, form, code, draft)
    return _onward(request, draft, code, form)


def _onward(request: HttpRequest, draft: Draft, code: str, form: RequestForm) -> HttpResponse:
    """To the next step; to this one again, which displays what was just kept, while something must be mended."""
    form.display(residents.answers_shown(draft))
    if not form.is_valid():
        return _ask(request, draft.sheet, form, code, draft)
    step = "request-documents" if draft.sheet.parsed.asked_of_user else "request-check"
    return redirect(step, draft=code)


def _documents(
    request: HttpRequest, draft: Draft, code: str, wrong: tuple[str, UploadForm] | None = None
) -> HttpResponse:
    rows = []
    for row in residents.attached_to(draft, _("Another document")):
        form = wrong[1] if wrong and wrong[0] == row.code else UploadForm(prefix=row.code)
        rows.append((row, form))
    by_council = [doc for doc in draft.sheet.parsed.documents if doc.obtained_by != "user"]
    context = {"draft": draft, "code": code, "sheet": draft.sheet, "rows": rows, "by_council": by_council}
    return render(request, "services/public/documents.html", context, status=422 if wrong else 200)


@csrf_exempt
@require_http_methods(["GET"])
def request_documents(request: HttpRequest, draft: str) -> HttpResponse:
    """Step 2: the documents, one by one."""
    found = open_draft(request, draft)
    return redirect("request-receipt", draft=draft) if found.dossier_id else _documents(request, found, draft)


def guard_size(request: HttpRequest) -> SizeGuard:
    """Watch the size of what arrives. To be called before anything reads the body (a form token, say)."""
    guard = SizeGuard(UploadForm.base_fields["document"].limit)  # type: ignore[attr-defined]
    request.upload_handlers = [guard, *request.upload_handlers]
    return guard


def uploaded(request: HttpRequest, prefix: str, guard: SizeGuard) -> UploadForm:
    """The upload form of a request, bound; a file too heavy was not even kept, and says so."""
    form = UploadForm(request.POST, request.FILES, prefix=prefix)
    if guard.too_heavy:
        words = _("This file is heavier than %(limit)s MB.") % {"limit": guard.limit // (1024 * 1024)}
        form.errors["document"] = form.error_class([words])
    return form


@csrf_exempt
@require_POST
def request_attach(request: HttpRequest, draft: str, requirement: str) -> HttpResponse:
    """Keep one document, by its own request; the others are untouched whatever happens."""
    found = open_draft(request, draft)
    if found.dossier_id:
        return redirect("request-receipt", draft=draft)
    access.limit_uploads(request)
    form = uploaded(request, requirement, guard_size(request))
    if form.is_valid():
        file = form.cleaned_data["document"]
        try:
            actions.attach_to_draft(found, requirement, file.name, file, file.size)
        except ValidationError as error:
            form.add_error("document", error)
        else:
            return redirect("request-documents", draft=draft)
    return _documents(request, found, draft, (requirement, form))


@csrf_exempt
@require_POST
def request_remove(request: HttpRequest, draft: str, requirement: str) -> HttpResponse:
    """Take one document out."""
    found = open_draft(request, draft)
    if not found.dossier_id:
        actions.remove_from_draft(found, requirement)
    return redirect("request-documents", draft=draft)


def _saved_form(draft: Draft) -> RequestForm:
    """The form of step 1, filled from the draft and judged."""
    return RequestForm(draft.sheet, draft.answers)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def request_check(request: HttpRequest, draft: str) -> HttpResponse:
    """Step 3: read it again and send. Sending twice gives the same dossier: the draft itself is the key."""
    found = open_draft(request, draft)
    if found.dossier_id:
        return redirect("request-receipt", draft=draft)
    form = _saved_form(found)
    if not form.is_valid():
        return _ask(request, found.sheet, form, draft, found)
    sending = SendForm(posted(request), shown=residents.draft_shown(found))
    if sending.is_valid():
        filing, shown = form.to_filing(residents.pieces_of(found)), sending.cleaned_data["shown"]
        filed = attempt(sending, lambda: actions.file_draft(found, filing, shown=shown))
        if filed is not None:
            return access.grant(request, redirect("request-receipt", draft=draft), filed.dossier)
    rows = residents.attached_to(found, _("Another document"))
    context = {
        "draft": found,
        "code": draft,
        "sheet": found.sheet,
        "form": form,
        "sending": sending,
        "attached": [row for row in rows if row.is_there],
        "missing": [row for row in rows if row.required and not row.is_there],
    }
    return render(request, "services/public/check.html", context, status=sending.status)
