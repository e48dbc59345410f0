"""Office page of the people that no notice reached: again, by another way, told by hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadbir.councils.attempt import attempt
from tadbir.councils.clock import today
from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.actions import reaching
from tadbir.desk.forms.reaching import AgainForm, ByHandForm, OtherWayForm
from tadbir.desk.queries import unreached as read
from tadbir.notify.models import Notice
from tadbir.notify.ways import MAIL, TEXT, Way
from tadbir.ui import forms
from tadbir.ui.paging import page_of

FORMS: dict[str, type[forms.Form]] = {"again": AgainForm, "other": OtherWayForm, "hand": ByHandForm}


@agent(Right.REACH_PEOPLE)
@require_safe
def unreached(request: OfficeRequest) -> HttpResponse:
    """Who could not be told, the newest first."""
    return _page(request)


def _page(request: OfficeRequest, bound: tuple[int, str, forms.Form] | None = None) -> HttpResponse:
    page = page_of(read.unreached(request.person), request)
    rows = []
    for one in read.with_dossiers(page.items):
        drawn = {name: _form(name, one.notice) for name in FORMS}
        if bound and bound[0] == one.notice.pk:
            drawn[bound[1]] = bound[2]
        rows.append((one, drawn))
    context = {"page": page, "rows": rows}
    return render(request, "desk/unreached.html", context, status=422 if bound else 200)


def _form(name: str, notice: Notice, data: Any = None) -> forms.Form:
    other = TEXT if notice.channel == MAIL else MAIL
    initial = {"other": {"channel": other}, "hand": {"on": today()}}.get(name, {})
    return FORMS[name](data, initial=initial, auto_id=f"n{notice.pk}-{name}-%s")


@agent(Right.REACH_PEOPLE)
@require_POST
def reach(request: OfficeRequest, pk: int, what: str) -> HttpResponse:
    """Do one of the three."""
    notice = read.unreached(request.person).filter(pk=pk).first()
    if notice is None or what not in FORMS:
        raise Http404
    form = _form(what, notice, request.POST)
    if not form.is_valid() or not attempt(form, lambda: _do(request, notice, what, form.cleaned_data)):
        return _page(request, (pk, what, form))
    said = _("It is recorded that this person was told.") if what == "hand" else _("It is being sent again.")
    messages.success(request, said, "good")
    return redirect("office-unreached")


def _do(request: OfficeRequest, notice: Notice, what: str, data: dict[str, Any]) -> object:
    (one,) = read.with_dossiers([notice])
    if what == "hand":
        of_his = list(read.unreached(request.person).filter(dossier_ref=notice.dossier_ref))
        return reaching.told_by_hand(one.dossier, request.person, of_his, data["how"], data["on"], data["said"])
    way = Way(data["channel"], data["address"]) if what == "other" else None
    return reaching.send_again(notice, one.dossier, request.person, way)
