"""Office pages of an agent's account: a link that opens it, closing it when a telephone was lost."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tadbir.councils import queries as read
from tadbir.councils.actions.enrolling import signs
from tadbir.councils.guard import agent
from tadbir.councils.models import Person
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.actions.enrolling import close_account, make_link

#: Where an enrolment link leads; the sign-in pages own it.
ENROLMENT_PAGE = "enrolment"


def _holder(pk: int) -> Person:
    found = read.person_by_id(pk)
    if found is None or found.account is None:
        raise Http404
    return found


@agent(Right.WRITE_PEOPLE)
@require_POST
@never_cache
def enrolment(request: OfficeRequest, pk: int) -> HttpResponse:
    """Make a one-use link to open an account. It is shown once: only its hash is kept."""
    found = _holder(pk)
    try:
        token = make_link(found, request.person)
    except ValidationError as error:
        messages.error(request, error.messages[0], "bad")
        return redirect("office-person", pk)
    link = request.build_absolute_uri(reverse(ENROLMENT_PAGE, args=[token]))
    context = {"found": found, "link": link, "waits": signs(found)}
    return render(request, "desk/enrolment.html", context)


@agent(Right.WRITE_PEOPLE)
@require_POST
def close(request: OfficeRequest, pk: int) -> HttpResponse:
    """End every session of somebody whose telephone was lost or stolen, and what it could open."""
    found = _holder(pk)
    try:
        count = close_account(found, request.person)
    except ValidationError as error:
        messages.error(request, error.messages[0], "bad")
    else:
        said = _("The account is closed; open sessions that ended: %(count)s. A new link opens it again.")
        messages.success(request, said % {"count": count}, "good")
    return redirect("office-person", pk)
