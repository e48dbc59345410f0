"""Dossiers that were given to somebody else: the list of one's own, and what became of each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent, form_page
from tadbir.councils.requests import OfficeRequest
from tadbir.desk import giving as read
from tadbir.desk.actions.giving import ask_back
from tadbir.desk.forms.correcting import AskBackForm
from tadbir.dossiers import queries as dossiers
from tadbir.ui.paging import page_of


@agent()
@require_safe
def given_away(request: OfficeRequest) -> HttpResponse:
    """The open dossiers that this agent gave to somebody else, the newest first."""
    return render(request, "desk/given_away.html", {"page": page_of(read.given_away(request.person), request)})


@agent()
@form_page
def given(request: OfficeRequest, number: str) -> HttpResponse:
    """What became of a dossier that one gave away: who has it now, how it stands; and a form to ask for it back."""
    if dossiers.get_visible(request.person, number) is not None:
        return redirect("office-dossier", number)
    found = read.given_by(request.person, number)
    if found is None:
        raise Http404
    form = AskBackForm(posted(request), shown=read.given_shown(found))
    if form.is_valid():
        reason, shown = form.cleaned_data["reason"], form.cleaned_data["shown"]
        if attempt(form, lambda: ask_back(found.dossier, request.person, reason, shown=shown)):
            messages.success(request, _("It is asked back: whoever has it now is told."), "good")
            return redirect("office-given", number)
    return render(request, "desk/given.html", {"given": found, "form": form}, status=form.status)
