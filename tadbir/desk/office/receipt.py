"""After filing: number and code in large type, the receipt to print, the papers to scan, the next visitor."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.codes import follow_code
from tadbir.desk.dossier import Desk, note_reading
from tadbir.desk.forms.answer import ScanForm
from tadbir.desk.matter import matter_of
from tadbir.desk.notices import promise_to
from tadbir.desk.office.code import dossier_at_counter, version_shown
from tadbir.desk.papers.code import NEW_CODE


@agent(Right.FILE_AT_COUNTER)
@require_safe
@never_cache
def receipt(request: OfficeRequest, number: str) -> HttpResponse:
    """What the clerk reads out, prints and scans while the visitor still stands there."""
    shown = version_shown(request, number)
    dossier = dossier_at_counter(request, number, just_filed=shown is not None)
    note_reading(request, dossier, "receipt")
    desk = Desk(dossier, request.person)
    context = {
        "dossier": dossier,
        "desk": desk,
        "next_visitor": matter_of(dossier.kind).counter,
        "told": promise_to(dossier.applicant),
        "code": follow_code(dossier) if shown == dossier.code_version else "",
        "receipt": next((act for act in reversed(desk.acts) if act.kind in ("receipt", NEW_CODE.code)), None),
        "to_scan": [
            (paper, desk.document_name(paper), ScanForm(auto_id=f"scan{paper.pk}_%s"))
            for paper in desk.documents
            if not paper.file_id
        ],
    }
    return render(request, "desk/receipt.html", context)
