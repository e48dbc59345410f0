"""The office page of the president's delegation orders: who may sign what in his place, from when to when."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadbir.councils import queries as read
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.clock import today
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.models import Delegation, Person, PowerChange, Quality
from tadbir.councils.powers import delegations_shown, with_delegations
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.councils.shown import Shown
from tadbir.desk.actions import powers
from tadbir.desk.forms.people import DelegationForm, LastDayForm, subjects
from tadbir.desk.office.powers import say_done
from tadbir.ui.paging import page_of


@agent(Right.SEE_PEOPLE, write=Right.RECORD_DELEGATIONS)
@form_page
def delegations(request: OfficeRequest) -> HttpResponse:
    """The president's delegation orders, and a form to record one."""
    form = _form(posted(request))
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: with_delegations(data["shown"], lambda: _record(data, request.person)))
        if made:
            say_done(request, made, _("The delegation is recorded."))
            return redirect("office-delegations")
    return _page(request, form)


def _form(typed: QueryDict | None = None) -> DelegationForm:
    initial, receivers = {"starts_on": today()}, read.receivers(today())
    return DelegationForm(typed, receivers=receivers, units=read.units(), shown=delegations_shown(), initial=initial)


def _record(data: dict[str, Any], by: Person) -> PowerChange:
    return powers.record_delegation(
        data["delegate"],
        data["subjects"],
        data["order_reference"],
        data["starts_on"],
        data["ends_on"],
        data["scope"],
        units=data["units"],
        by=by,
    )


def _end_form(order: Delegation, shown: Shown, data: Any = None) -> LastDayForm:
    return LastDayForm(data, last=order.ends_on, auto_id=f"end{order.pk}_%s", shown=shown)


def _page(request: OfficeRequest, form: DelegationForm, ending: LastDayForm | None = None, of: int = 0) -> HttpResponse:
    page = page_of(read.delegations(), request, by=("-starts_on", "-pk"))
    ends = {order.pk: _end_form(order, form.now) for order in page.items}
    ends |= {of: ending} if ending else {}
    context = {
        "form": form,
        "end_form": ending,
        "orders": [(order, ends[order.pk]) for order in page.items],
        "page": page,
        "kinds": dict(subjects()),
        "units": {unit.code: str(unit) for unit in read.units()},
        "may_write": holds(request, Right.RECORD_DELEGATIONS),
        "president": read.people_with(Quality.PRESIDENT, today()).first(),
    }
    return render(request, "desk/delegations.html", context, status=(ending or form).status)


@agent(Right.RECORD_DELEGATIONS)
@require_POST
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """End a delegation; what was signed under it stays valid."""
    found = read.delegation_by_id(pk)
    if found is None:
        raise Http404
    form = _end_form(found, delegations_shown(), request.POST)

    def over() -> PowerChange:
        return powers.end_delegation(found, form.cleaned_data["ends_on"], request.person)

    valid = form.is_valid()
    done = attempt(form, lambda: with_delegations(form.cleaned_data["shown"], over)) if valid else None
    if done is None:
        return _page(request, _form(), form, pk)
    ended = form.cleaned_data["ends_on"] is not None
    say_done(request, done, _("The end of the delegation is recorded.") if ended else _("The delegation goes on."))
    return redirect("office-delegations")
