"""The office page of what the council says of itself: the town of its letters, its counter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tadbir.councils import actions
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.house import SAID, house_of, house_shown
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.councils.scope import current_council
from tadbir.desk.forms.house import HouseForm
from tadbir.desk.queries.correcting import put_right


@agent(Right.SEE_PEOPLE, write=Right.WRITE_PEOPLE)
@form_page
def house(request: OfficeRequest) -> HttpResponse:
    """What papers and pages say of the council, what they said before and why, and a form to say it otherwise."""
    council = current_council()
    said = house_of(council)
    form = HouseForm(posted(request), shown=house_shown(council), initial=said)
    if form.is_valid():
        data = form.cleaned_data
        told = {name: data[name] for name in SAID}
        if attempt(form, lambda: actions.say_of_house(told, data["reason"], by=request.person, shown=data["shown"])):
            messages.success(request, _("It is kept. Letters already given keep what they say."), "good")
            return redirect("office-house")
    context = {
        "form": form,
        "said": [(SAID[name][2], text) for name, text in said.items()],
        "past": put_right("council", [council.pk]),
        "may_write": holds(request, Right.WRITE_PEOPLE),
    }
    return render(request, "desk/house.html", context, status=form.status)
