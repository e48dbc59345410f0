"""The second step of a request: its documents, each kept as soon as it is sent."""

from collections.abc import Collection, Mapping

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tadbir.services import actions
from tadbir.services.forms.residents import UploadForm
from tadbir.services.models import Draft
from tadbir.services.public.begun import drafted, in_language
from tadbir.services.public.uploads import chosen, guard_size, keep
from tadbir.services.queries import residents
from tadbir.services.requests import DOCUMENTS_AT_MOST
from tadbir.ui.above import led_at_once

#: In the address of the page: the files that were chosen once more for the same document.
SAME = "same"


def _documents(
    request: HttpRequest,
    draft: Draft,
    code: str,
    sent: Mapping[str, UploadForm] | None = None,
    refused: Collection[str] = (),
    same: Collection[str] = (),
) -> HttpResponse:
    sent, same = sent or {}, same or request.GET.getlist(SAME)
    attached = residents.attached_to(draft, _("Another document"))
    rows = [(row, sent.get(row.code) or UploadForm(prefix=row.code)) for row in attached]
    by_council = [doc for doc in draft.sheet.parsed.documents if doc.obtained_by != "user"]
    context = {
        "draft": draft,
        "code": code,
        "sheet": draft.sheet,
        "rows": rows,
        "by_council": by_council,
        "most": DOCUMENTS_AT_MOST,
        "left": [row.label for row in attached if row.code in refused and not row.is_there],
        "same": [row for row in attached if row.code in same and row.is_there],
        "keeps_typed": True,
    }
    status = 422 if sent or context["left"] else 200
    return render(request, "services/public/documents.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@drafted
def request_documents(request: HttpRequest, found: Draft, draft: str) -> HttpResponse:
    """Step 2: the documents, one by one. "Next" keeps those that were chosen and not sent yet."""
    if request.method != "POST":
        return _documents(request, found, draft)
    return (
        _chosen_kept(request, found, draft)
        or in_language(request, "request-documents", draft)
        or _goes_without(request, found, draft)
        or redirect("request-check", draft=draft)
    )


def _goes_without(request: HttpRequest, draft: Draft, code: str) -> HttpResponse | None:
    """Say once what was refused on this page and is not in the request; None where nothing is."""
    page = _documents(request, draft, code, refused=request.POST.getlist("refused"))
    return page if page.status_code == 422 else None


def _chosen_kept(request: HttpRequest, draft: Draft, code: str, pressed: str = "") -> HttpResponse | None:
    """Keep every document that was chosen, whatever button was pressed; the page again where one is refused, or is the
    very file that another sheet of its document has: nothing is added or replaced then."""
    guard = guard_size(request)
    rows = [row.code for row in residents.attached_to(draft, "")]
    forms = chosen(request, rows, pressed, guard)
    same = list[str]()

    def attach(one: str, file: UploadedFile) -> None:
        kept = actions.attach_to_draft(draft, one, file.name or "", file, file.size or 0).requirement
        same.extend([kept] if kept != one else [])

    if not keep(request, forms, attach):
        return _documents(request, draft, code, {one: form for one, form in forms.items() if form.errors}, same=same)
    return _again(request, draft, code, same) if same else None


@require_POST
@drafted
def request_attach(request: HttpRequest, found: Draft, draft: str, requirement: str) -> HttpResponse:
    """Keep one document, by its own request, and any other that was chosen with it."""
    return _chosen_kept(request, found, draft, requirement) or _again(request, found, draft)


@require_POST
@drafted
def request_remove(request: HttpRequest, found: Draft, draft: str, requirement: str) -> HttpResponse:
    """Take one document out; another one that was chosen on the page is kept."""
    actions.remove_from_draft(found, requirement)
    return _chosen_kept(request, found, draft) or _again(request, found, draft)


def _again(request: HttpRequest, draft: Draft, code: str, same: Collection[str] = ()) -> HttpResponse:
    """The page as it is now: in the same answer where the script of forms asked, one journey of a slow line less."""
    said = f"?{urlencode({SAME: same}, doseq=True)}" if same else ""
    address = reverse("request-documents", args=[code]) + said
    return led_at_once(request, address, lambda: _documents(request, draft, code, same=same))
