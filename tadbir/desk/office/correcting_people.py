"""The office page where an agent is put right: his name, and the e-mail by which he signs in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tadbir.councils import actions
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent, form_page
from tadbir.councils.models import Correction, Person, PowerChange
from tadbir.councils.powers import email_shown, name_shown
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.actions import powers
from tadbir.desk.forms.people import EmailOfAgentForm, NamesForm
from tadbir.desk.office.people import person_or_404
from tadbir.desk.office.powers import say_done
from tadbir.desk.queries.correcting import put_right
from tadbir.ui.confirming import ConfirmingForm


@agent(Right.WRITE_PEOPLE)
@form_page
def name(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put right the name of an agent."""
    found = person_or_404(pk)
    form = _name_form(found, posted(request))
    if form.is_valid():
        told = {one: form.cleaned_data[one] for one in ("name_ar", "name_fr", "reason", "shown")}
        if attempt(form, lambda: actions.rename_person(found, by=request.person, **told)):
            messages.success(request, _("The name is put right. Papers keep what they say."), "good")
            return redirect("office-person", pk)
    return _page(request, found, form=form)


@agent(Right.WRITE_PEOPLE)
@require_POST
def email(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put right the e-mail of an agent; for somebody who signs, a second person confirms it."""
    found = person_or_404(pk)
    form = _email_form(found, request.POST)

    def corrected() -> tuple[PowerChange | None]:
        data = form.cleaned_data
        return (powers.correct_email(found, data["email"], data["reason"], request.person, shown=data["shown"]),)

    done = attempt(form, corrected) if form.is_valid() else None
    if not done:
        return _page(request, found, email_form=form)
    say_done(request, done[0], _("The e-mail is put right. Both addresses are told by mail; what was open has ended."))
    return redirect("office-person", pk)


def _name_form(found: Person, data: Any = None) -> NamesForm:
    initial = {"name_ar": found.name_ar, "name_fr": found.name_fr}
    return NamesForm(data, shown=name_shown(found), initial=initial)


def _email_form(found: Person, data: Any = None) -> EmailOfAgentForm:
    initial = {"email": found.account.email if found.account else ""}
    return EmailOfAgentForm(data, shown=email_shown(found), initial=initial, auto_id="email_%s")


def _page(request: OfficeRequest, found: Person, **bound: ConfirmingForm) -> HttpResponse:
    """Both forms, one perhaps with what was sent, and what was put right before."""
    past = put_right("person", [found.pk]) + put_right(Correction.EMAIL, [found.pk])
    context = {
        "found": found,
        "title": str(found),
        "lead": _("Papers already given keep the name that they bear; new ones bear the new name."),
        "form": _name_form(found),
        "email_form": _email_form(found) if found.account else None,
        "takes_two": actions.takes_two(found, request.person),
        "past": sorted(past, key=lambda one: one.row.at, reverse=True),
        "may_write": True,
        "back": ("office-people", _("Everybody")),
        **bound,
    }
    status = max((form.status for form in bound.values()), default=200)
    return render(request, "desk/person_corrected.html", context, status=status)
