"""The office page of the units: divisions and services of the administration."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tadbir.councils import actions
from tadbir.councils import queries as read
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.models import Unit
from tadbir.councils.powers import unit_shown
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.forms.people import UnitForm, UnitNamesForm
from tadbir.desk.queries.correcting import put_right
from tadbir.ui.paging import page_of


@agent(Right.SEE_PEOPLE, write=Right.WRITE_PEOPLE)
@form_page
def units(request: OfficeRequest) -> HttpResponse:
    """The units of the administration, and a form to add one."""
    form = UnitForm(posted(request), units=read.units())
    if form.is_valid():
        data = form.cleaned_data
        actions.create_unit(data["code"], data["name_ar"], data["name_fr"], data["parent"], by=request.person)
        messages.success(request, _("The unit is added."), "good")
        return redirect("office-units")
    context = {
        "form": form,
        "page": page_of(read.units(), request, by=("code",), size=50),
        "may_write": holds(request, Right.WRITE_PEOPLE),
    }
    return render(request, "desk/units.html", context, status=422 if form.errors else 200)


@agent(Right.SEE_PEOPLE, write=Right.WRITE_PEOPLE)
@form_page
def unit(request: OfficeRequest, pk: int) -> HttpResponse:
    """One unit: what it is called, what it was called before and why, and a form to name it otherwise."""
    found = read.unit_by_id(pk)
    if found is None:
        raise Http404
    form = _names(request, found)
    if form.is_valid():
        data = form.cleaned_data
        told = {name: data[name] for name in ("name_ar", "name_fr", "parent", "reason", "since", "shown")}
        if attempt(form, lambda: actions.rename_unit(found, by=request.person, **told)):
            messages.success(request, _("The unit is named otherwise. Papers keep what they say."), "good")
            return redirect("office-unit", pk)
    context = {
        "title": str(found),
        "lead": _("Papers already given keep the name that they bear; new ones bear the new name."),
        "form": form,
        "past": put_right("unit", [found.pk]),
        "may_write": holds(request, Right.WRITE_PEOPLE),
        "back": ("office-units", _("Units")),
    }
    return render(request, "desk/names.html", context, status=form.status)


def _names(request: OfficeRequest, found: Unit) -> UnitNamesForm:
    initial = {"name_ar": found.name_ar, "name_fr": found.name_fr, "parent": found.parent_id}
    others = read.units().exclude(pk=found.pk)
    return UnitNamesForm(posted(request), units=others, shown=unit_shown(found), initial=initial)
