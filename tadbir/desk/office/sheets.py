"""Office pages of sheets: take one from the catalogue, adopt it, switch it, correct it, compare its versions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadbir.councils import queries as people
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.clock import today
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.forms.sheets import AdoptForm, CorrectForm, ShippedForm, SwitchForm, TakeForm
from tadbir.procedures import actions
from tadbir.procedures import queries as read
from tadbir.procedures.models import Sheet
from tadbir.ui.forms import Form


def _sheet(code: str) -> Sheet:
    found = read.current_sheet(code)
    if found is None:
        raise Http404
    return found


@agent(Right.SEE_SHEETS, write=Right.KEEP_SHEETS)
@form_page
def sheets(request: OfficeRequest) -> HttpResponse:
    """The services of the council, and those of the catalogue that were not taken."""
    form = TakeForm(posted(request), choices=read.not_taken(), units=people.units())
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: actions.take_from_catalogue(data["code"], data["unit"]))
        if made:
            messages.success(request, _("The sheet is taken as a draft."), "good")
            return redirect("office-sheet", made.code)
    context = {
        "sheets": read.sheets(),
        "form": form,
        "may_take": holds(request, Right.KEEP_SHEETS),
        "later": read.with_later_text(),
    }
    return render(request, "desk/sheets.html", context, status=422 if form.errors else 200)


@agent(Right.SEE_SHEETS)
@require_safe
def sheet(request: OfficeRequest, code: str) -> HttpResponse:
    """One sheet: what it says, whether it is adopted and if not what is missing, its versions."""
    found = _sheet(code)
    return _sheet_page(request, found)


def _sheet_page(
    request: OfficeRequest, found: Sheet, adoption: AdoptForm | None = None, refused: Form | None = None
) -> HttpResponse:
    """The page of a sheet: with the adoption as it was typed, or a choice that was refused."""
    body = found.parsed
    form = adoption or AdoptForm(initial={"delay_days": body.proposed_delay_days, "adopted_on": today()})
    problems = [] if found.is_adopted else actions.problems_of_adoption(body, body.proposed_delay_days, "-")
    context = {
        "sheet": found,
        "body": body,
        "form": form,
        "refused": refused,
        "problems": problems,
        "versions": read.versions(found.code),
        "may_adopt": holds(request, Right.ADOPT_SHEETS) and not found.is_adopted and not found.law.elsewhere,
        "may_switch": holds(request, Right.KEEP_SHEETS),
        "may_correct": holds(request, Right.CORRECT_SHEETS),
        "later": read.later_changes(found),
    }
    return render(request, "desk/sheet.html", context, status=422 if form.errors or refused else 200)


@agent(Right.ADOPT_SHEETS)
@require_POST
def adopt(request: OfficeRequest, code: str) -> HttpResponse:
    """Adopt a draft, or say every reason why it cannot be."""
    found = _sheet(code)
    form = AdoptForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(
            form,
            lambda: actions.adopt(
                request.person,
                found,
                reference=data["reference"],
                adopted_on=data["adopted_on"],
                delay_days=data["delay_days"],
                cndp_reference=data["cndp_reference"],
            ),
        )
        if made:
            messages.success(request, _("The sheet is adopted."), "good")
            return redirect("office-sheet", code)
    return _sheet_page(request, found, form)


@agent(Right.KEEP_SHEETS)
@require_POST
def switch(request: OfficeRequest, code: str) -> HttpResponse:
    """Offer the service, or stop offering it; open dossiers go on."""
    found = _sheet(code)
    form = SwitchForm(request.POST)
    if not form.is_valid():
        return _sheet_page(request, found, refused=form)
    on = form.cleaned_data["on"] == "1"
    actions.switch(request.person, found, on=on)
    said = _("The service is offered.") if on else _("The service is no longer offered; open dossiers go on.")
    messages.success(request, said, "good")
    return redirect("office-sheet", code)


@agent(Right.KEEP_SHEETS)
@require_POST
def shipped(request: OfficeRequest, code: str) -> HttpResponse:
    """Take the text that a later version ships as the next draft, or keep the council's own."""
    found = _sheet(code)
    form = ShippedForm(request.POST)
    take = form.is_valid() and form.cleaned_data["choice"] == "take"
    settle = actions.take_shipped if take else actions.keep_own
    if not form.is_valid() or not attempt(form, lambda: settle(request.person, found)):
        return _sheet_page(request, found, refused=form)
    if take:
        said = _("The new text is the next version, a draft until it is adopted.")
    else:
        said = _("The council's text stays. The question is not put again for this text.")
    messages.success(request, said, "good")
    return redirect("office-sheet", code)


@agent(Right.CORRECT_SHEETS)
@form_page
def correct(request: OfficeRequest, code: str) -> HttpResponse:
    """Correct a sheet: a new version, a draft until it is adopted."""
    found = _sheet(code)
    form = CorrectForm(posted(request), sheet=found)
    valid = form.is_valid()
    corrected = attempt(form, lambda: actions.correct_sheet(request.person, found, form.table)) if valid else None
    if corrected is not None:
        messages.success(request, _("The correction is a new version, a draft until it is adopted."), "good")
        return redirect("office-sheet", code)
    context = {"sheet": found, "form": form}
    return render(request, "desk/correct.html", context, status=422 if form.errors else 200)


@agent(Right.SEE_SHEETS)
@require_safe
def compare(request: OfficeRequest, code: str, before: int, after: int) -> HttpResponse:
    """What differs between two versions."""
    old, new = read.version_of(code, before), read.version_of(code, after)
    if old is None or new is None:
        raise Http404
    return render(request, "desk/compare.html", {"old": old, "new": new, "changes": read.changes(old, new)})
