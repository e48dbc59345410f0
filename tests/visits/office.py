"""The office's page of visits."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tadbir.councils import queries as who
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.codes import FIRST_VERSION
from tadbir.desk.office.code import show_code
from tadbir.desk.queries.finding import lines_of
from tadbir.desk.queries.trays import in_tray
from tadbir.dossiers import queries as dossiers
from tadbir.register.actions import once
from tadbir.ui.paging import page_of
from tests.visits import actions
from tests.visits.forms import AskForm
from tests.visits.queries import TRAY


@agent(Right.FILE_AT_COUNTER)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def visits(request: OfficeRequest) -> HttpResponse:
    """Enter that a school asks to come; the visits that wait."""
    form = AskForm(posted(request), initial={"key": secrets.token_urlsafe(18)})
    if form.is_valid() and (made := attempt(form, lambda: _ask(request, form))):
        show_code(request, made["number"], FIRST_VERSION)
        return redirect("office-receipt", made["number"])
    lying = in_tray(dossiers.visible_to(request.person), TRAY)
    page = page_of(lying, request, by=("opened_on", "pk"), read=lines_of)
    context = {"form": form, "page": page, "rows": page.items}
    return render(request, "visits/office.html", context, status=422 if form.errors else 200)


def _ask(request: OfficeRequest, form: AskForm) -> dict[str, str]:
    typed = dict(form.cleaned_data)
    unit, key = who.units()[0], typed.pop("key")

    def ask() -> dict[str, str]:
        return {"number": actions.ask_visit(request.person, unit, **typed).number}

    return once("visit", key, typed | {"on": str(typed["on"])}, ask)
