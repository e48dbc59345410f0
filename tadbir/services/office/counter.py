"""The counter: a visitor's request in two minutes with the keyboard, and the paper blocks."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tadbir.acts.queries import act_by_number
from tadbir.councils import queries as who
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.codes import FIRST_VERSION
from tadbir.desk.files import paper_response
from tadbir.desk.office.code import show_code
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import asked_under, current_sheet
from tadbir.register.actions import once
from tadbir.services import actions
from tadbir.services.forms.counter import BlockForm, CloseBlockForm, CounterForm, ServiceForm
from tadbir.services.models import PaperBlock
from tadbir.services.queries import counter as read
from tadbir.services.requests import Lacking, lacking_of
from tadbir.ui.paging import page_of

page = require_http_methods(["GET", "HEAD", "POST"])


@agent(Right.FILE_AT_COUNTER)
@require_safe
def start(request: OfficeRequest) -> HttpResponse:
    """Which service: typed in a few letters, or chosen from the list."""
    offered = read.services()
    typed = request.GET.get("service", "")
    form = ServiceForm(request.GET if typed else None)
    found = read.services_named(offered, typed) if typed and form.is_valid() else []
    if len(found) == 1 and not found[0].law.elsewhere:
        return redirect("office-counter-file", found[0].code)
    context = {"form": form, "offered": offered, "found": found, "typed": typed}
    return render(request, "services/office/counter_start.html", context)


def _offered(code: str) -> Sheet:
    sheet = current_sheet(code)
    if sheet is None or not sheet.switched_on or sheet.law.elsewhere:
        raise Http404
    return sheet


@agent(Right.FILE_AT_COUNTER)
@page
@never_cache
def file(request: OfficeRequest, code: str) -> HttpResponse:
    """The one page of the counter: who, what, documents in hand, receipt."""
    sheet = _offered(code)
    initial = {"key": secrets.token_urlsafe(18), "language": "ar", "channel": "counter"}
    form = CounterForm(sheet, posted(request), initial=initial, shown=asked_under(sheet))
    if form.is_valid() and form.may_file:
        answer = attempt(
            form,
            lambda: once(
                "counter",
                form.cleaned_data["key"],
                {"sheet": sheet.code, "typed": form.typed},
                lambda: _do(request, form),
            ),
        )
        if answer:
            show_code(request, answer["number"], FIRST_VERSION)
            return redirect("office-receipt", answer["number"])
    lacks = form.lacks if form.is_bound and form.is_valid() else Lacking()
    ahead = lacking_of(sheet, (), {}, "")
    context = {
        "sheet": sheet,
        "body": sheet.parsed,
        "form": form,
        "lacks": lacks,
        "required": " ".join(document.code for document in ahead.required if not document.only),
        "essential": " ".join(document.code for document in ahead.essential),
        "regime": sheet.law,
    }
    status = form.status if form.errors or not lacks.named else 422
    return render(request, "services/office/counter_file.html", context, status=status)


def _do(request: OfficeRequest, form: CounterForm) -> dict[str, Any]:
    filing, paper = form.counter_filing(), form.cleaned_data["paper_number"]
    if paper:
        return {"number": actions.key_in_receipt(request.person, paper, filing).dossier.number}
    return {"number": actions.file_request(filing, by=request.person).dossier.number}


@agent(Right.PRINT_BLOCKS)
@page
def blocks(request: OfficeRequest) -> HttpResponse:
    """Blocks of numbered paper receipts for the hours without power."""
    form = BlockForm(posted(request), units=who.units(), initial={"size": 20})
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: actions.print_block(request.person, data["unit"], data["size"]))
        if made:
            messages.success(request, _("The block is numbered. Print it now and keep it at the counter."), "good")
            return redirect("office-block", made[0].code)
    context = {"form": form, "page": page_of(read.blocks(), request)}
    return render(request, "services/office/blocks.html", context, status=422 if form.errors else 200)


def _block(code: str) -> PaperBlock:
    block = read.block_by_code(code)
    if block is None:
        raise Http404
    return block


@agent(Right.PRINT_BLOCKS)
@page
def block(request: OfficeRequest, code: str) -> HttpResponse:
    """One block: each number with its dossier or its reason; closing it."""
    found = _block(code)
    numbers = read.numbers_of(found)
    unused = [receipt.number for receipt in numbers if not receipt.dossier_id and not receipt.closed_reason]
    form = CloseBlockForm(posted(request), unused=unused)
    closed = (
        attempt(form, lambda: actions.close_block(request.person, found, form.reasons)) if form.is_valid() else None
    )
    if closed is not None:
        messages.success(request, _("The block is closed."), "good")
        return redirect("office-block", code)
    paper = read.paper_of_block(found)
    context = {"paper_block": found, "numbers": numbers, "unused": unused, "form": form, "paper": paper}
    return render(request, "services/office/block.html", context, status=422 if form.errors else 200)


@agent(Right.PRINT_BLOCKS)
@require_safe
def block_pages(request: OfficeRequest, code: str) -> HttpResponseBase:
    """The pages to print."""
    act = act_by_number(read.paper_of_block(_block(code)))
    if act is None:
        raise Http404
    return paper_response(act)
