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
from tadbir.ui.confirming import ConfirmingForm


def _newest(code: str) -> Sheet:
    """The version that a page of a sheet works on: the draft, else the adopted one."""
    found = read.newest_sheet(code)
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
        made = attempt(form, lambda: actions.take_from_catalogue(data["code"], data["unit"], request.person))
        if made:
            messages.success(request, _("The sheet is taken as a draft."), "good")
            return redirect("office-sheet", made.code)
    context = {
        "sheets": read.sheets(),
        "form": form,
        "may_take": holds(request, Right.KEEP_SHEETS),
        "later": read.with_later_text(),
        "waiting": read.waiting(),
    }
    return render(request, "desk/sheets.html", context, status=422 if form.errors else 200)


@agent(Right.SEE_SHEETS)
@require_safe
def sheet(request: OfficeRequest, code: str) -> HttpResponse:
    """One sheet: what it says, whether it is adopted and if not what is missing, its versions."""
    return _sheet_page(request, _newest(code))


def _adoption(newest: Sheet, serving: Sheet) -> AdoptForm:
    """The form that adopts a draft, begun with what the version in force was adopted with."""
    delay = serving.delay_days if serving.is_adopted else newest.parsed.proposed_delay_days
    initial = {"delay_days": delay, "adopted_on": today(), "cndp_reference": serving.cndp_reference}
    return AdoptForm(initial=initial, shown=read.as_shown(newest))


def _sheet_page(
    request: OfficeRequest, newest: Sheet, adoption: AdoptForm | None = None, refused: ConfirmingForm | None = None
) -> HttpResponse:
    """The page of a sheet: the version that serves, and the draft that waits beside it; with the adoption as it was
    typed, or a choice that was refused."""
    serving = read.current_sheet(newest.code) or newest
    body, shown = newest.parsed, read.as_shown(newest)
    form = adoption or _adoption(newest, serving)
    problems = [] if newest.is_adopted else actions.problems_of_adoption(body, body.proposed_delay_days, "-")
    context = {
        "sheet": serving,
        "body": serving.parsed,
        "waiting": newest if newest.pk != serving.pk else None,
        "newest": newest,
        "differs": read.changes(serving, newest),
        "form": form,
        "switch_form": SwitchForm(shown=shown, auto_id="switch_%s"),
        "shipped_form": ShippedForm(shown=shown, auto_id="shipped_%s"),
        "refused": refused,
        "over": adoption if newest.is_adopted else None,  # somebody else adopted it: no such form is drawn
        "problems": problems,
        "versions": read.versions(newest.code),
        "may_adopt": holds(request, Right.ADOPT_SHEETS) and not newest.is_adopted and not newest.law.elsewhere,
        "may_switch": holds(request, Right.KEEP_SHEETS),
        "may_correct": holds(request, Right.CORRECT_SHEETS),
        "later": read.later_changes(newest),
    }
    return render(request, "desk/sheet.html", context, status=(refused or form).status)


@agent(Right.ADOPT_SHEETS)
@require_POST
def adopt(request: OfficeRequest, code: str) -> HttpResponse:
    """Adopt the draft that was read, or say every reason why it cannot be."""
    newest = _newest(code)
    form = AdoptForm(request.POST, shown=read.as_shown(newest))
    made = attempt(form, lambda: actions.adopt(request.person, code, **form.cleaned_data)) if form.is_valid() else None
    if made is not None:
        messages.success(request, _("The sheet is adopted."), "good")
        return redirect("office-sheet", code)
    return _sheet_page(request, newest, form)


@agent(Right.KEEP_SHEETS)
@require_POST
def switch(request: OfficeRequest, code: str) -> HttpResponse:
    """Offer the service, or stop offering it; open dossiers go on."""
    newest = _newest(code)
    form = SwitchForm(request.POST, shown=read.as_shown(newest))
    on = form.is_valid() and form.cleaned_data["on"] == "1"
    if not form.is_valid() or not attempt(form, lambda: _switched(request, form, code, on=on)):
        return _sheet_page(request, newest, refused=form)
    said = _("The service is offered.") if on else _("The service is no longer offered; open dossiers go on.")
    messages.success(request, said, "good")
    return redirect("office-sheet", code)


def _switched(request: OfficeRequest, form: SwitchForm, code: str, *, on: bool) -> bool:
    actions.switch(request.person, code, on=on, shown=form.cleaned_data["shown"])
    return True


@agent(Right.KEEP_SHEETS)
@require_POST
def shipped(request: OfficeRequest, code: str) -> HttpResponse:
    """Take the text that a later version ships as the next draft, or keep the council's own."""
    newest = _newest(code)
    form = ShippedForm(request.POST, shown=read.as_shown(newest))
    take = form.is_valid() and form.cleaned_data["choice"] == "take"
    settle = actions.take_shipped if take else actions.keep_own
    if not form.is_valid() or not attempt(form, lambda: settle(request.person, code, shown=form.cleaned_data["shown"])):
        return _sheet_page(request, newest, refused=form)
    if take:
        said = _("The new text is the next version, a draft until it is adopted.")
    else:
        said = _("The council's text stays. The question is not put again for this text.")
    messages.success(request, said, "good")
    return redirect("office-sheet", code)


@agent(Right.CORRECT_SHEETS)
@form_page
def correct(request: OfficeRequest, code: str) -> HttpResponse:
    """Correct a sheet: a new version beside the one in force, a draft until it is adopted."""
    newest = _newest(code)
    form = CorrectForm(posted(request), sheet=newest)
    valid = form.is_valid()

    def corrected() -> Sheet:
        return actions.correct_sheet(request.person, code, form.table, shown=form.cleaned_data["shown"])

    if valid and attempt(form, corrected) is not None:
        messages.success(request, _("The correction is a new version, a draft until it is adopted."), "good")
        return redirect("office-sheet", code)
    return render(request, "desk/correct.html", {"sheet": newest, "form": form}, status=form.status)


@agent(Right.SEE_SHEETS)
@require_safe
def compare(request: OfficeRequest, code: str, before: int, after: int) -> HttpResponse:
    """What differs between two versions."""
    old, new = read.version_of(code, before), read.version_of(code, after)
    if old is None or new is None:
        raise Http404
    return render(request, "desk/compare.html", {"old": old, "new": new, "changes": read.changes(old, new)})
