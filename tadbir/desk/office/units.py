"""The office page of the units: divisions and services of the administration."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tadbir.councils import actions
from tadbir.councils import queries as read
from tadbir.councils.attempt import posted
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.forms.people import UnitForm
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
