"""The calendar page: official dates of feasts and exceptional closures; a change dates the open dossiers anew."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.forms.calendar import ClosedDayForm, CorrectDayForm
from tadbir.desk.queries import calendar as read
from tadbir.desk.queries.correcting import put_right
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.actions import correct_closed_day, learn_closed_day, withdraw_closed_day
from tadbir.dossiers.definitions import calendar_shown, closed_day_shown
from tadbir.dossiers.models import ClosedDay
from tadbir.dossiers.queries import redating
from tadbir.ui.paging import page_of


@agent(write=Right.LEARN_CLOSED_DAYS)
@form_page
def calendar(request: OfficeRequest) -> HttpResponse:
    """Closed days ahead, which of them are estimates, and a form to record an official date."""
    form = ClosedDayForm(posted(request), taken=read.is_learned, shown=calendar_shown(), initial={"kind": "feast"})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: learn_closed_day(request.person, **data)):
            messages.success(request, _("The day is recorded. The open dossiers are dated anew."), "good")
            return redirect("office-calendar")
    context = {
        "form": form,
        "ahead": read.closed_days_ahead(),
        "page": page_of(read.learned(), request, by=("-day", "-pk")),
        "redating": redating(),
        "may_write": holds(request, Right.LEARN_CLOSED_DAYS),
        "may_define": holds(request, Right.CHANGE_DEFINITIONS),
    }
    return render(request, "desk/calendar.html", context, status=form.status)


@agent(write=Right.LEARN_CLOSED_DAYS)
@form_page
def closed_day(request: OfficeRequest, pk: int) -> HttpResponse:
    """One day that was typed in: what it says, what was put right of it, and a form to correct or withdraw it."""
    row = read.closed_day_by_id(pk)
    if row is None:
        raise Http404
    form = CorrectDayForm(posted(request), row=row, shown=closed_day_shown(row))
    if form.is_valid() and attempt(form, lambda: _correct(request, row, form)) is not None:
        messages.success(request, _("The day is put right. The open dossiers are dated anew."), "good")
        return redirect("office-closed-day", pk)
    context = {
        "form": form,
        "row": row,
        "past": put_right("closed_day", [row.pk]),
        "may_write": holds(request, Right.LEARN_CLOSED_DAYS) and not row.withdrawn,
    }
    return render(request, "desk/closed_day.html", context, status=form.status)


def _correct(request: OfficeRequest, row: ClosedDay, form: CorrectDayForm) -> ClosedDay:
    reason, shown = form.cleaned_data["reason"], form.cleaned_data["shown"]
    if form.withdraws:
        return withdraw_closed_day(request.person, row, reason, shown=shown)
    return correct_closed_day(request.person, row, reason, shown=shown, **form.told)


@agent()
@require_safe
def moved(request: OfficeRequest) -> HttpResponse:
    """The receipts that gave a date which a correction of the calendar moved, and whether their people were told."""
    page = page_of(dossiers.moved_by_correction(dossiers.visible_to(request.person)), request, by=("-pk",))
    return render(request, "desk/moved.html", {"page": page, "rows": read.with_notices(page.items)})
