"""Office pages of the notices' wordings: the list, one notice with its form and its history."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent, form_page
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.forms.definitions import EndForm
from tadbir.desk.forms.wordings import WordingForm
from tadbir.desk.office.definitions import end_as_typed
from tadbir.desk.queries import wordings as read
from tadbir.desk.queries.definitions import told
from tadbir.dossiers import definitions as kept
from tadbir.notify import own
from tadbir.notify.wordings import catalogue

WORDING = kept.Subject.WORDING


@agent(Right.CHANGE_DEFINITIONS)
@require_safe
def wordings(request: OfficeRequest) -> HttpResponse:
    """Every notice: to whom it goes, and whether this council words it otherwise."""
    return render(request, "desk/wordings.html", {"lines": read.lines()})


@agent(Right.CHANGE_DEFINITIONS)
@form_page
def wording(request: OfficeRequest, code: str) -> HttpResponse:
    """One notice: its texts, a form for one change, its history."""
    if code not in catalogue():
        raise Http404
    form = WordingForm(posted(request), code=code, live=kept.live(WORDING, code), shown=kept.as_shown(WORDING, code))
    if form.is_valid():
        told = {"off": form.off, "shown": form.cleaned_data["shown"]}
        done = attempt(form, lambda: own.change(request.person, code, form.ground(), form.keys, **told))
        if done:
            messages.success(request, _("The wording is recorded."), "good")
            return redirect("office-wording", code)
    return _page(request, code, form)


def _page(request: OfficeRequest, code: str, form: WordingForm, ending: EndForm | None = None) -> HttpResponse:
    live = kept.live(WORDING, code)
    context = {
        "line": read.line_of(code),
        "form": form,
        "places": read.places_of(code),
        "live": live,
        "end_form": ending or EndForm(auto_id="end_%s", shown=kept.as_shown(WORDING, code)),
        "history": told(WORDING, code),
        "upgrade": read.upgrade_of(live) if live and own.waits(live) else [],
    }
    return render(request, "desk/wording.html", context, status=(ending or form).status)


@agent(Right.CHANGE_DEFINITIONS)
@require_POST
def end(request: OfficeRequest, code: str) -> HttpResponse:
    """End the change in force: the shipped wording is used again from that day."""
    live = kept.live(WORDING, code)
    if live is None or code not in catalogue():
        raise Http404
    ending = end_as_typed(request, live, _("The shipped wording is used again."))
    if ending is None:
        return redirect("office-wording", code)
    return _page(request, code, WordingForm(code=code, live=live, shown=kept.as_shown(WORDING, code)), ending)
