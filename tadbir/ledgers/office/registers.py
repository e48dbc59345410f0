"""Registers on paper: choose one and a period, print its numbered pages, keep the scan of the signed ones."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadbir.councils.attempt import attempt, posted, tell_wrong, uploaded
from tadbir.councils.clock import today
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.files import attachment, paper_response
from tadbir.ledgers import actions
from tadbir.ledgers.forms import PeriodForm, PrintForm, SignedPagesForm, WithdrawScanForm, last_month
from tadbir.ledgers.kinds import register_of
from tadbir.ledgers.models import RegisterPrint, RegisterScan
from tadbir.ledgers.queries import registers as read
from tadbir.ui.paging import page_of


@agent(Right.READ_REGISTER, write=Right.PRINT_REGISTERS)
@form_page
def registers(request: OfficeRequest) -> HttpResponse:
    """What a print of a period would hold (GET), the print itself (POST), and every print made."""
    typed = posted(request)
    if typed is None and "register" in request.GET:
        typed = request.GET
    form = PeriodForm(typed, years=read.years(), initial=last_month())
    found = _found(form) if form.is_valid() else None
    printing = PrintForm(posted(request), shown=found.shown) if found else None
    if found and printing and printing.is_valid():
        told = (request.person, found.register.code, found.period)
        made = attempt(printing, lambda: actions.print_register(*told, shown=printing.cleaned_data["shown"]))
        if made:
            said = _("The pages are numbered and sealed. Print them and have them signed.")
            messages.success(request, said, "good")
            return _after(made)
    context = {"form": form, "found": found, "printing": printing, "page": page_of(read.prints(), request)}
    status = 422 if form.errors else printing.status if printing else 200
    return render(request, "ledgers/registers.html", context, status=status)


def _found(form: PeriodForm) -> read.Survey | None:
    """What a print of the chosen register and period would hold."""
    register = register_of(form.cleaned_data["register"])
    return read.survey(register, form.cleaned_data["period"]) if register else None


def _after(made: list[RegisterPrint]) -> HttpResponse:
    """One act opens; several stand in the list."""
    if len(made) == 1:
        return redirect("office-register-print", made[0].act.number)
    return redirect(f"{reverse('office-registers')}#prints")


def _print(number: str) -> RegisterPrint:
    found = read.print_by_number(number)
    if found is None:
        raise Http404
    return found


@agent(Right.READ_REGISTER, write=Right.PRINT_REGISTERS)
@form_page
def register_print(request: OfficeRequest, number: str) -> HttpResponse:
    """One print: what it holds, its pages, and the scans of the pages once signed."""
    found = _print(number)
    form = SignedPagesForm(
        posted(request),
        uploaded(request),
        signers=read.signers(found.act.date),
        since=found.act.date,
        about=number,
        initial={"signed_on": today()},
    )
    kept = attempt(form, lambda: _keep(request, found, form.cleaned_data)) if form.is_valid() else None
    if kept is not None and kept.recognised:
        messages.success(request, _("The signed pages are kept, and their mark is in the register."), "good")
    elif kept is not None:
        said = _("The scan is kept, but no code of these pages could be read on it: look at it once more.")
        messages.warning(request, said, "warn")
    if kept is not None:
        return redirect("office-register-print", number)
    of_year = read.prints_of_year(found.register, found.starts_on.year)
    context = {"print": found, "form": form, "gap": read.gap_before(found.first_line, of_year)}
    context |= {"withdraw": WithdrawScanForm(), "prints": holds(request, Right.PRINT_REGISTERS)}
    return render(request, "ledgers/register_print.html", context, status=422 if form.errors else 200)


def _keep(request: OfficeRequest, found: RegisterPrint, typed: dict[str, Any]) -> RegisterScan:
    file = typed["document"]
    return actions.keep_signed_pages(
        found, request.person, typed["signed_by"], typed["signed_on"], file.file, file.size
    )


@agent(Right.READ_REGISTER)
@require_safe
def register_pages(request: OfficeRequest, number: str) -> HttpResponseBase:
    """The numbered pages, to print."""
    found = _print(number)
    actions.note_reading(request.person, found)
    return paper_response(found.act)


@agent(Right.READ_REGISTER)
@require_safe
def register_scan(request: OfficeRequest, number: str, pk: int) -> HttpResponseBase:
    """The scan of the signed pages, as a file to save."""
    found = _print(number)
    scan = next((one for one in found.scans.all() if one.pk == pk), None)
    if scan is None:
        raise Http404
    actions.note_reading(request.person, found)
    return attachment(scan.file, f"{number}-{scan.signed_on.isoformat()}")


@agent(Right.PRINT_REGISTERS)
@require_POST
def withdraw_scan(request: OfficeRequest, number: str, pk: int) -> HttpResponse:
    """Take away a scan that is not that of the signed pages."""
    found = _print(number)
    scan = next((one for one in found.scans.all() if one.pk == pk), None)
    if scan is None:
        raise Http404
    form = WithdrawScanForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if reason and attempt(form, lambda: actions.withdraw_signed_pages(scan, request.person, reason)):
        messages.success(request, _("The scan is taken away; its trace and your reason stay."), "good")
    tell_wrong(request, form)
    return redirect("office-register-print", number)
