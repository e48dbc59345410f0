"""Office page of the opinions that other units ask of mine: the question alone, not the whole dossier."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.desk.actions import give_opinion
from tadbir.desk.forms.verbs import GiveOpinionForm
from tadbir.desk.queries.dossier import opinions_asked, question_of
from tadbir.ui.paging import page_of_list


@agent()
@require_safe
def opinions(request: OfficeRequest) -> HttpResponse:
    """The opinions that wait."""
    waiting = opinions_asked(request.roles)
    page = page_of_list(waiting, request)
    rows = [(fact, question_of(fact)) for fact in page.items]
    return render(request, "desk/opinions.html", {"page": page, "rows": rows})


@agent()
@require_POST
def opinion(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give the opinion my unit was asked for."""
    fact = next((one for one in opinions_asked(request.roles) if one.pk == pk), None)
    if fact is None:
        raise Http404
    text = GiveOpinionForm.base_fields["text"]
    try:
        give_opinion(fact.dossier, request.person, fact, str(text.clean(request.POST.get("text", ""))))
    except ValidationError as error:
        for said in error.messages:
            messages.error(request, said, "bad")
    else:
        messages.success(request, _("The opinion is given."), "good")
    return redirect("office-opinions")
