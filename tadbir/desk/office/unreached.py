"""Office page of the people that no notice reached: again, by another way, told by hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadbir.councils.attempt import attempt
from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.actions import reaching
from tadbir.desk.forms.reaching import FORMS, reaching_form, reaching_forms
from tadbir.desk.queries import unreached as read
from tadbir.notify.ways import Way
from tadbir.ui import forms
from tadbir.ui.paging import page_of


@agent(Right.REACH_PEOPLE)
@require_safe
def unreached(request: OfficeRequest) -> HttpResponse:
    """Who could not be told, the newest first."""
    return _page(request)


def _page(request: OfficeRequest, bound: tuple[read.Unreached, str, forms.Form] | None = None) -> HttpResponse:
    """The page; with a form to mend, its person stands first, wherever he is in the list."""
    page = page_of(read.newest_of_each(request.person), request)
    rows = [(one, reaching_forms(one)) for one in read.all_of(page.items)]
    if bound:
        one, what, form = bound
        rows = [(one, reaching_forms(one) | {what: form}), *(row for row in rows if row[0].dossier != one.dossier)]
    context = {"page": page, "rows": rows}
    return render(request, "desk/unreached.html", context, status=422 if bound else 200)


@agent(Right.REACH_PEOPLE)
@require_POST
def reach(request: OfficeRequest, number: str, what: str) -> HttpResponse:
    """Do one of the three, from the list or from the page of the dossier."""
    one = read.unreached_in(request.person, number)
    if one is None or what not in FORMS:
        raise Http404
    form = reaching_form(what, one, request.POST)
    if not form.is_valid() or attempt(form, lambda: _do(request, one, what, form.cleaned_data)) is None:
        return _page(request, (one, what, form))
    said = _("It is recorded that this person was told.") if what == "hand" else _("It is being sent again.")
    messages.success(request, said, "good")
    return redirect("office-dossier", number) if request.POST.get("back") == "dossier" else redirect("office-unreached")


def _do(request: OfficeRequest, one: read.Unreached, what: str, data: dict[str, Any]) -> object:
    if what == "hand":
        return reaching.told_by_hand(one.dossier, request.person, one.notices, data["how"], data["on"], data["said"])
    way = Way(data["channel"], data["address"]) if what == "other" else None
    return reaching.send_again(one.notices if way else one.may_leave, one.dossier, request.person, way)
