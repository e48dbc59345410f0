"""Office pages of people: who they are today, their roles, absences and sign-in links."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadbir.councils import actions
from tadbir.councils import queries as read
from tadbir.councils.actions.enrolling import waiting_shown
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.clock import today
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.models import Person, PowerChange, Quality, Role
from tadbir.councils.powers import person_shown, with_person
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right, holders
from tadbir.councils.shown import Shown
from tadbir.desk.actions import leaving, powers
from tadbir.desk.actions.enrolling import confirm_link
from tadbir.desk.forms.people import AbsenceForm, ConfirmLinkForm, EndRoleForm, GiveForm, GiveRoleForm, PersonForm
from tadbir.desk.office.powers import say_done
from tadbir.desk.queries.leaving import Held, held_by, held_shown, receivers
from tadbir.desk.queries.powers import power_line
from tadbir.dossiers.models import Dossier
from tadbir.ui.confirming import ConfirmingForm
from tadbir.ui.paging import page_of


def person_or_404(pk: int) -> Person:
    found = read.person_by_id(pk)
    if found is None:
        raise Http404
    return found


@agent(Right.SEE_PEOPLE)
@require_safe
def people(request: OfficeRequest) -> HttpResponse:
    """Everybody, or those of one quality, with what they are today."""
    asked = request.GET.get("quality", "")
    quality = Quality(asked) if asked in Quality.values else None
    rows = read.people() if quality is None else read.people().filter(pk__in=read.people_with(quality, today()))
    page = page_of(rows, request, by=("name_ar", "pk"), size=50)
    context = {
        "page": page,
        "agents": read.with_roles(page.items, today()),
        "quality": quality,
        "changes": [(one, power_line(one)) for one in read.power_changes_waiting()],
        "may_write": holds(request, Right.WRITE_PEOPLE),
    }
    return render(request, "desk/people.html", context)


@agent(Right.WRITE_PEOPLE)
@form_page
def new_person(request: OfficeRequest) -> HttpResponse:
    """Add somebody with a first role."""
    form = PersonForm(posted(request), units=read.units(), initial={"starts_on": today()})
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: powers.add_person(data, data["email"], data, request.person))
        if made:
            found, change = made
            say_done(request, change, _("%(name)s was added.") % {"name": found})
            return redirect("office-person", found.pk)
    return render(request, "desk/new_person.html", {"form": form}, status=422 if form.errors else 200)


@agent(Right.SEE_PEOPLE)
@require_safe
def person(request: OfficeRequest, pk: int) -> HttpResponse:
    """One person: roles, absence, how to sign in."""
    return _person_page(request, person_or_404(pk))


def _person_page(request: OfficeRequest, found: Person, **bound: Any) -> HttpResponse:
    shown = person_shown(found)
    away = {"absent_from": found.absent_from, "absent_until": found.absent_until}
    second = read.waiting_enrolment(found)
    absence = AbsenceForm(initial=away, auto_id="absence_%s", shown=shown)
    held, others, roles = held_by(found), receivers(found), list(read.all_roles(found))
    giving = held_shown(found)
    ends = {role.pk: _end_form(found, role, giving, held, others) for role in roles}
    ends |= {bound["ending"].pk: bound["end_form"]} if "ending" in bound else {}
    context = {
        "found": found,
        "roles": [(role, ends.get(role.pk)) for role in roles],
        "now_absent": found.is_absent(today()),
        "role_form": GiveRoleForm(units=read.units(), initial={"starts_on": today()}, auto_id="role_%s", shown=shown),
        "absence_form": absence,
        "held": held,
        "give_form": GiveForm(receivers=others, auto_id="give_%s", shown=giving) if held.dossiers else None,
        "waiting": read.open_enrolments(found),
        "changes": [(one, power_line(one)) for one in read.power_changes_waiting().filter(person=found)],
        "second": second,
        "confirm_form": ConfirmLinkForm(shown=waiting_shown(second), auto_id="link_%s") if second else None,
        "may_confirm": bool(
            second
            and holds(request, Right.CONFIRM_POWERS)
            and request.person.pk not in (second.made_by_id, second.person_id)
        ),
        "may_write": holds(request, Right.WRITE_PEOPLE),
        "may_mark_absent": holds(request, Right.RECORD_ABSENCE),
        **bound,
    }
    status = max((form.status for form in bound.values() if isinstance(form, ConfirmingForm)), default=200)
    return render(request, "desk/person.html", context, status=status)


@agent(Right.WRITE_PEOPLE)
@require_POST
def give_role(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give a quality from a date."""
    found = person_or_404(pk)
    form = GiveRoleForm(request.POST, units=read.units(), auto_id="role_%s", shown=person_shown(found))
    if form.is_valid():
        data = form.cleaned_data
        told = (data["quality"], data["starts_on"], data["unit"], data["ends_on"])

        def given() -> tuple[PowerChange | None]:
            return (powers.give_role(found, *told, by=request.person),)

        done = attempt(form, lambda: with_person(found, data["shown"], given))
        if done:
            say_done(request, done[0], _("The role is given."))
            return redirect("office-person", pk)
    return _person_page(request, found, role_form=form)


@agent(Right.WRITE_PEOPLE)
@require_POST
def end_role(request: OfficeRequest, pk: int, role: int) -> HttpResponse:
    """Say on which day a role ends; what was done under it stays valid."""
    found = person_or_404(pk)
    held = read.role_by_id(found, role)
    if held is None:
        raise Http404
    form = _end_form(found, held, held_shown(found), held_by(found), receivers(found), request.POST)

    def end(dossiers: list[Dossier]) -> tuple[PowerChange | None]:
        last, by = form.cleaned_data["ends_on"], request.person
        return (powers.end_role(held, last, by, give=form.gives, to=form.receiver, held=dossiers),)

    valid = form.is_valid()
    done = attempt(form, lambda: leaving.with_held(found, form.cleaned_data["shown"], end)) if valid else None
    if not done:
        return _person_page(request, found, end_form=form, ending=held)
    ended = form.cleaned_data["ends_on"] is not None
    say_done(request, done[0], _("The end of the role is recorded.") if ended else _("The role goes on."))
    return redirect("office-person", pk)


def _end_form(
    found: Person, role: Role, shown: Shown, held: Held, others: list[Person], data: Any = None
) -> EndRoleForm:
    """The form that ends a role; it asks to whom, when he has dossiers and no other role to keep them under."""
    kept = any(
        one.pk != role.pk and one.quality in holders(Right.BE_GIVEN_A_DOSSIER) for one in read.roles_of(found, today())
    )
    leaves = not kept and held.dossiers > 0
    return EndRoleForm(
        data, leaves=leaves, receivers=others, last=role.ends_on, auto_id=f"end{role.pk}_%s", shown=shown
    )


@agent(Right.WRITE_PEOPLE)
@require_POST
def give(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give what somebody has to somebody else: he is away for long, or was moved."""
    found = person_or_404(pk)
    form = GiveForm(request.POST, receivers=receivers(found), auto_id="give_%s", shown=held_shown(found))

    def hand_over(dossiers: list[Dossier]) -> int:
        return leaving.give_all(found, form.receiver, request.person, dossiers)

    valid = form.is_valid()
    moved = attempt(form, lambda: leaving.with_held(found, form.cleaned_data["shown"], hand_over)) if valid else None
    if moved is None:
        return _person_page(request, found, give_form=form)
    messages.success(request, _("Dossiers given: %(count)s.") % {"count": moved}, "good")
    return redirect("office-person", pk)


@agent(Right.RECORD_ABSENCE)
@require_POST
def absence(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say when a person is away: the dossiers can then be given to somebody else."""
    found = person_or_404(pk)
    form = AbsenceForm(request.POST, auto_id="absence_%s", shown=person_shown(found))
    days = form.cleaned_data if form.is_valid() else {}

    def record() -> bool:
        return actions.record_absence(found, days["absent_from"], days["absent_until"], by=request.person)

    done = attempt(form, lambda: with_person(found, days["shown"], record)) if days else None
    if done is None:
        return _person_page(request, found, absence_form=form)
    if not done:
        said = _("Nothing was changed.")
    elif days["absent_from"]:
        said = _("The absence is recorded.")
    else:
        said = _("The absence is over: this person is here.")
    messages.success(request, said, "good")
    return redirect("office-person", pk)


@agent(Right.CONFIRM_POWERS)
@require_POST
def confirm_enrolment(request: OfficeRequest, pk: int) -> HttpResponse:
    """A second person lets the link of somebody who signs open, or refuses it."""
    found, row = person_or_404(pk), read.waiting_enrolment(person_or_404(pk))
    if row is None:
        messages.error(request, _("This link waits for nobody any more."), "bad")
        return redirect("office-person", pk)
    form = ConfirmLinkForm(request.POST, shown=waiting_shown(row))
    if form.is_valid():
        data = form.cleaned_data
        refuse = data["answer"] == ConfirmLinkForm.REFUSE
        if attempt(form, lambda: confirm_link(row, request.person, refuse=refuse, shown=data["shown"])):
            said = _("The link is refused: it opens nothing.") if refuse else _("The link is confirmed: it opens now.")
            messages.success(request, said, "good")
            return redirect("office-person", pk)
    return _person_page(request, found, confirm_form=form)
