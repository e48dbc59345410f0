"""Keeping the scan of a document that was taken on paper, from the receipt page or the dossier."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadbir.councils.attempt import attempt, tell_wrong
from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.actions import add_scan
from tadbir.desk.forms.answer import ScanForm
from tadbir.desk.office.code import dossier_at_counter, version_shown
from tadbir.desk.queries.dossier import document_of


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
