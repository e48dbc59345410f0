"""The list of services, and the sheet of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tadbir.desk.public import access
from tadbir.desk.public.follow import asking
from tadbir.procedures.models import Sheet
from tadbir.services import actions
from tadbir.services.forms.residents import ResumeForm, SearchForm
from tadbir.services.queries import residents
from tadbir.ui.caching import public_page

#: What is said of a code whose request was closed.
CLOSED = gettext_lazy(
    "The request of this code was closed: it goes on under the new code that was shown then. Type the new code."
)
NOT_KEPT = gettext_lazy("No request is kept under this code. Check each digit; it is kept 14 days.")


def offered(code: str) -> Sheet:
    """A service that is offered. Raises Http404."""
    sheet = residents.open_sheet(code)
    if sheet is None:
        raise Http404
    return sheet


@require_safe
@public_page(seconds=60)
def service_list(request: HttpRequest) -> HttpResponse:
    """Every service offered, or those that fit the words."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    found = residents.find_sheets(words) if form.is_valid() or not form.is_bound else []
    return render(request, "services/public/list.html", {"form": form, "sheets": found, "words": words})


@require_safe
@public_page(seconds=60)
def service_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet: the seven items of law 55-19, article 6, and one button."""
    sheet = offered(code)
    body = sheet.parsed
    context = {
        "sheet": sheet,
        "body": body,
        "remedies": sheet.law.remedies if sheet.is_adopted else (),
        "by_council": [doc for doc in body.documents if doc.obtained_by != "user"],
    }
    return render(request, "services/public/sheet.html", context)


@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """From the code of a request begun earlier to its page; a wrong one is told where it was typed."""
    form = ResumeForm(request.POST)
    if form.is_valid():
        access.limit_draft_codes(request)
        if residents.draft_by_code(form.cleaned_data["draft"]):
            access.draft_code_was_right(request)
            return redirect("request-edit", draft=form.cleaned_data["draft"])
        form.add_error("draft", CLOSED if actions.was_closed(form.cleaned_data["draft"]) else NOT_KEPT)
    return asking(request, form)


def not_kept(request: HttpRequest, code: str, why: Promise) -> HttpResponse:
    """The page where codes are typed, for an address whose code opens no request."""
    form = ResumeForm({"draft": code})
    if form.is_valid() or not code:
        form.errors.clear()
        form.add_error("draft", str(why))
    return asking(request, form, status=410)
