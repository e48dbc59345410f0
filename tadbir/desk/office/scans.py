"""Keeping the scan of a document that was taken on paper, from the receipt page or the dossier."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tadbir.acts.models import Scan
from tadbir.councils.attempt import attempt, tell_wrong
from tadbir.councils.clock import local_date
from tadbir.councils.guard import agent, holds
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.actions import add_scan
from tadbir.desk.dossier import dossier_of, note_reading
from tadbir.desk.files import attachment, picture
from tadbir.desk.forms.answer import ScanForm
from tadbir.desk.office.code import dossier_at_counter, version_shown
from tadbir.desk.queries.dossier import act_of, document_of
from tadbir.dossiers.models import Dossier
from tadbir.ui.errors import Gone


@agent(Right.FILE_AT_COUNTER)
@require_POST
def scan(request: OfficeRequest, number: str, pk: int) -> HttpResponse:
    """Keep the scan of one document that was taken on paper."""
    dossier = dossier_at_counter(request, number, just_filed=version_shown(request, number) is not None)
    document = document_of(dossier, pk)
    form = ScanForm(request.POST, request.FILES)
    if document is None:
        raise Http404
    if form.is_valid():
        file = form.cleaned_data["document"]
        if attempt(form, lambda: add_scan(document, request.person, file.file, file.size)):
            messages.success(request, _("The scan is kept."), "good")
    tell_wrong(request, form)
    back = request.POST.get("back")
    return redirect("office-dossier" if back == "dossier" else "office-receipt", number)


def _to_read(request: OfficeRequest, dossier: Dossier, scan: Scan) -> Scan:
    """A scan that may still be read; the reading is noted. Raises Gone once it was erased, or taken away."""
    if dossier.erased_at is not None:
        raise Gone(_("This file was erased as the law on personal data asks."))
    if scan.withdrawn_at is not None and not holds(request, Right.ANSWER_FOR_ALL):
        raise Gone(_("This scan was taken away: it is not that of the signed paper."))
    note_reading(request, dossier, "paper")
    return scan


def scan_file(request: OfficeRequest, dossier: Dossier, scan: Scan) -> HttpResponseBase:
    """A scan of a signed paper, as a file to save. Raises Gone once it was erased, or taken away."""
    read = _to_read(request, dossier, scan)
    return attachment(read.file, f"{scan.act.number}-{local_date(scan.added_at).isoformat()}")


def scan_picture(request: OfficeRequest, dossier: Dossier, scan: Scan) -> HttpResponse:
    """A scan of a signed paper, as a picture to look at. Raises Gone as `scan_file` does."""
    return picture(_to_read(request, dossier, scan).file)


@agent()
@require_safe
def notified_scan(request: OfficeRequest, number: str, act: str) -> HttpResponseBase:
    """The scan of the proof that somebody was notified of a paper, as a file to save."""
    dossier = dossier_of(request, number)
    found = act_of(dossier, act)
    if found is None or found.notified_file is None:
        raise Http404
    if dossier.erased_at is not None:
        raise Gone(_("This file was erased as the law on personal data asks."))
    note_reading(request, dossier, "paper")
    return attachment(found.notified_file, f"{found.number}-{found.notified_on}")
