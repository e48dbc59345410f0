"""The office page of a change of powers: what one person asks for, and a second one answers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tadbir.councils import queries as read
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.clock import today
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.models import PowerChange
from tadbir.councils.powers import orders_falling, power_shown
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.actions import powers
from tadbir.desk.forms.people import AnswerPowerForm
from tadbir.desk.queries.powers import power_words


@agent(Right.SEE_PEOPLE, write=Right.CONFIRM_POWERS)
@form_page
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    """What is asked, by whom; a second person lets it hold or refuses it, whoever asked may take it back."""
    row = read.power_changes().filter(pk=pk).first()
    if row is None:
        raise Http404
    concerned = request.person.pk in (row.made_by_id, row.person_id)
    form = AnswerPowerForm(posted(request), shown=power_shown(row), initial={"answer": ""}, concerned=concerned)
    if form.is_valid():
        refuse = form.cleaned_data["answer"] == AnswerPowerForm.REFUSE
        shown = form.cleaned_data["shown"]
        if attempt(form, lambda: powers.answer(row, request.person, refuse=refuse, shown=shown)):
            said = _("It is refused: nothing changes.") if refuse else _("It is confirmed, and holds.")
            messages.success(request, said, "good")
            return redirect("office-person", row.person_id)
    context = {
        "row": row,
        "words": power_words(row),
        "email": read.email_asked(row) if row.kind == PowerChange.Kind.EMAIL_CORRECTED else None,
        "roles": read.with_roles([row.person], today())[0].roles,
        "form": form,
        "concerned": concerned,
        "falls": orders_falling(row),
        "may_answer": row.answered_at is None and holds(request, Right.CONFIRM_POWERS),
    }
    return render(request, "desk/power.html", context, status=form.status)


def say_done(request: OfficeRequest, change: PowerChange | None, done: str) -> None:
    """Say what happened: it is done; or it waits for a second person; or one person did it alone."""
    if change is None or (change.answered_at and not change.alone):
        messages.success(request, done, "good")
    elif change.answered_at:
        told = _("Nobody else here could confirm it: it holds at once, and the president is told by mail.")
        messages.warning(request, f"{done} {told}", "warn")
    else:
        told = _("It waits for a second person: those who can confirm it are told by mail. Until then nothing changes.")
        messages.info(request, told, "info")
