"""Office pages of sheets: take one from the catalogue, adopt it, switch it, correct it, compare its versions."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tadbir.councils import queries as people
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.clock import today
from tadbir.councils.guard import SHEET_ADOPTERS, SHEET_KEEPERS, SHEET_WRITERS, SHEETS, agent, holds, me
from tadbir.desk.forms.sheets import AdoptForm, CorrectForm, TakeForm
from tadbir.procedures import actions, queries
from tadbir.procedures import queries as read
from tadbir.procedures.models import Sheet

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _sheet(code: str) -> Sheet:
    found = queries.current_sheet(code)
    if found is None:
        raise Http404
    return found


@agent(*SHEETS, write=SHEET_KEEPERS)
@form_page
def sheets(request: HttpRequest) -> HttpResponse:
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
        "may_take": holds(request, *SHEET_KEEPERS),
        "later": queries.with_later_text(),
    }
    return render(request, "desk/sheets.html", context, status=422 if form.errors else 200)


@agent(*SHEETS)
@require_GET
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet: what it says, whether it is adopted and if not what is missing, its versions."""
    found = _sheet(code)
    form = AdoptForm(initial={"delay_days": found.parsed.proposed_delay_days, "adopted_on": today()})
    return _sheet_page(request, found, form)


def _sheet_page(request: HttpRequest, found: Sheet, form: AdoptForm) -> HttpResponse:
    body = found.parsed
    problems = [] if found.is_adopted else actions.problems_of_adoption(body, body.proposed_delay_days, "-")
    context = {
        "sheet": found,
        "body": body,
        "form": form,
        "problems": problems,
        "versions": queries.versions(found.code),
        "may_adopt": holds(request, *SHEET_ADOPTERS) and not found.is_adopted and found.regime != "signpost",
        "may_switch": holds(request, *SHEET_KEEPERS),
        "may_correct": holds(request, *SHEET_WRITERS),
        "later": read.later_changes(found),
    }
    return render(request, "desk/sheet.html", context, status=422 if form.errors else 200)


@agent(*SHEET_ADOPTERS)
@require_POST
def adopt(request: HttpRequest, code: str) -> HttpResponse:
    """Adopt a draft, or say every reason why it cannot be."""
    found = _sheet(code)
    form = AdoptForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(
            form,
            lambda: actions.adopt(
                me(request),
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


@agent(*SHEET_KEEPERS)
@require_POST
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Offer the service, or stop offering it; open dossiers go on."""
    found = _sheet(code)
    on = request.POST.get("on") == "1"
    actions.switch(me(request), found, on=on)
    said = _("The service is offered.") if on else _("The service is no longer offered; open dossiers go on.")
    messages.success(request, said, "good")
    return redirect("office-sheet", code)


@agent(*SHEET_KEEPERS)
@require_POST
def shipped(request: HttpRequest, code: str) -> HttpResponse:
    """Take the text that a later version ships as the next draft, or keep the council's own."""
    found = _sheet(code)
    try:
        if request.POST.get("choice") == "take":
            actions.take_shipped(me(request), found)
            said = _("The new text is the next version, a draft until it is adopted.")
        else:
            actions.keep_own(me(request), found)
            said = _("The council's text stays. The question is not put again for this text.")
        messages.success(request, said, "good")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), "bad")
    return redirect("office-sheet", code)


@agent(*SHEET_WRITERS)
@form_page
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a sheet: a new version, a draft until it is adopted."""
    found = _sheet(code)
    form = CorrectForm(posted(request), sheet=found)
    valid = form.is_valid()
    corrected = attempt(form, lambda: actions.correct_sheet(me(request), found, form.table)) if valid else None
    if corrected is not None:
        messages.success(request, _("The correction is a new version, a draft until it is adopted."), "good")
        return redirect("office-sheet", code)
    context = {"sheet": found, "form": form}
    return render(request, "desk/correct.html", context, status=422 if form.errors else 200)


@agent(*SHEETS)
@require_GET
def compare(request: HttpRequest, code: str, before: int, after: int) -> HttpResponse:
    """What differs between two versions."""
    old, new = read.version_of(code, before), read.version_of(code, after)
    if old is None or new is None:
        raise Http404
    return render(request, "desk/compare.html", {"old": old, "new": new, "changes": read.changes(old, new)})
