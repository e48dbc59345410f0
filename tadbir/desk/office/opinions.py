"""Office page of the opinions that other units ask of mine: the question alone, not the whole dossier."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tadbir.councils.attempt import attempt
from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.desk.actions import give_opinion
from tadbir.desk.actions.opinions import why_not_given
from tadbir.desk.forms.verbs import UnitOpinionForm
from tadbir.desk.queries.dossier import opinions_asked, question_of, was_asked
from tadbir.dossiers.models import Fact
from tadbir.ui.errors import Moved
from tadbir.ui.paging import page_of_list


@agent()
@require_safe
def opinions(request: OfficeRequest) -> HttpResponse:
    """The opinions that wait."""
    return _page(request)


def _mine(request: OfficeRequest) -> list[Fact]:
    """The questions that wait for an answer which this agent may give: those of his units, but what he asked himself,
    of which the reason is asked for once a unit."""
    found, why = [], dict[str, str]()
    for fact in opinions_asked(request.roles):
        unit = str(fact.data.get("unit"))
        if fact.by_id == request.person.pk and unit not in why:
            why[unit] = why_not_given(request.person, fact)
        if fact.by_id != request.person.pk or not why[unit]:
            found.append(fact)
    return found


def _page(request: OfficeRequest, pk: int = 0, refused: UnitOpinionForm | None = None) -> HttpResponse:
    """The page, with the form of one opinion that was refused."""
    page = page_of_list(_mine(request), request)
    rows = [
        (fact, question_of(fact), refused if fact.pk == pk and refused else UnitOpinionForm(auto_id=f"{fact.pk}_%s"))
        for fact in page.items
    ]
    return render(request, "desk/opinions.html", {"page": page, "rows": rows}, status=422 if refused else 200)


@agent()
@require_POST
def opinion(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give the opinion my unit was asked for."""
    fact = next((one for one in opinions_asked(request.roles) if one.pk == pk), None)
    if fact is None:
        if was_asked(request.roles, pk) is None:
            raise Http404
        way = (reverse("office-opinions"), gettext_lazy("Opinions asked of my unit"))
        raise Moved(gettext_lazy("This opinion is no longer awaited: it was given, or is no longer asked."), way)
    form = UnitOpinionForm(request.POST, auto_id=f"{pk}_%s")
    words = form.cleaned_data.get("text", "") if form.is_valid() else ""
    if words and attempt(form, lambda: give_opinion(fact.dossier, request.person, fact, words)):
        messages.success(request, _("The opinion is given."), "good")
        return redirect("office-opinions")
    return _page(request, pk, form)
