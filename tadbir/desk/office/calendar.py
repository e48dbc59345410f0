"""The calendar page: official dates of feasts and exceptional closures; a change dates the open dossiers anew."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.forms.calendar import ClosedDayForm
from tadbir.desk.queries import calendar as read
from tadbir.dossiers.actions import learn_closed_day
from tadbir.dossiers.definitions import calendar_shown
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
