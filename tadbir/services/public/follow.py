"""Following a dossier with its number and code: the same clock the officer sees, and what to do now."""

import secrets

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tadbir.acts.models import Act
from tadbir.dossiers.models import Dossier
from tadbir.services import actions
from tadbir.services.actions.verbs import receive_upload
from tadbir.services.codes import follow_code
from tadbir.services.forms.residents import AnswerForm, AppealForm, FollowForm, ResumeForm, UploadForm
from tadbir.services.public import access
from tadbir.services.public.access import with_dossier
from tadbir.services.public.filing import SizeGuard, guard_size, uploaded
from tadbir.services.queries import residents
from tadbir.services.queries.public_view import PublicView, public_view_of, receipt_view_of
from tadbir.ui.errors import Gone


@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Number and code open a dossier. An unknown number and a wrong code get the same answer."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        dossier = access.open_by_code(request, form.cleaned_data["number"], form.cleaned_data["code"])
        if dossier is not None:
            return access.grant(request, redirect("dossier", number=dossier.number), dossier)
        form.add_error(None, _("No dossier has this number with this code. Check both on your receipt."))
    context = {"form": form, "resume": ResumeForm()}
    return render(request, "services/public/follow.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close what this browser opened."""
    return access.leave(redirect("follow"))


def _page(
    request: HttpRequest,
    dossier: Dossier,
    *,
    answer: AnswerForm | None = None,
    wrong: tuple[str, UploadForm] | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    view = public_view_of(dossier)
    todos = [
        (todo, wrong[1] if wrong and wrong[0] == todo.document else UploadForm(prefix=todo.document))
        for todo in view.todos
    ]
    context = {
        "view": view,
        "dossier": dossier,
        "todos": todos,
        "answer": answer or AnswerForm(),
        "problems": problems or [],
        "steps": history_of(view),
    }
    status = 422 if wrong or problems or (answer is not None and answer.errors) else 200
    return render(request, "services/public/dossier.html", context, status=status)


def history_of(view: PublicView) -> list[dict[str, object]]:
    """The history as the page draws it, newest first."""
    return [
        {
            "at": step.at,
            "title": step.title,
            "text": step.text,
            "tone": "warn" if step.corrected else "",
            "by": _("entry corrected later") if step.corrected else "",
        }
        for step in reversed(view.history)
    ]


@require_GET
@with_dossier
def dossier(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The page of a dossier."""
    return _page(request, dossier)


def _receipt(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    context = {"view": receipt_view_of(dossier), "dossier": dossier, "code": follow_code(dossier)}
    return render(request, "services/public/receipt.html", context)


@require_GET
@with_dossier
def dossier_receipt(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The receipt, for whoever gave number and code."""
    if dossier.erased_at is not None:
        raise Gone(_("This paper was erased as the law on personal data asks."))
    return _receipt(request, dossier)


@require_GET
def request_receipt(request: HttpRequest, draft: str) -> HttpResponse:
    """The receipt right after sending, by the address of the draft: it needs no cookie, and closes after an hour."""
    dossier = residents.dossier_of_draft(draft)
    if dossier is None:
        return redirect("request-edit", draft=draft)
    if not residents.receipt_still_open(dossier):
        return redirect("dossier-receipt", number=dossier.number)
    return access.grant(request, _receipt(request, dossier), dossier)


@csrf_exempt
@require_POST
def supply(request: HttpRequest, number: str, requirement: str) -> HttpResponseBase:
    """Take a missing document, or the one that a question waits for.

    The size must be watched before anything reads the body: so the form's token is checked inside, once the
    dossier is open (a page that waited too long asks for the code again instead, and keeps what was typed).
    """
    access.limit_uploads(request)
    guard = guard_size(request)
    return _supply(request, number=number, requirement=requirement, guard=guard)


@with_dossier
@csrf_protect
def _supply(request: HttpRequest, dossier: Dossier, requirement: str, guard: SizeGuard) -> HttpResponse:
    wanted = {todo.document for todo in public_view_of(dossier).todos if todo.document}
    form = uploaded(request, requirement, guard)
    if requirement not in wanted:
        return _page(request, dossier, problems=[_("The council does not wait for this document.")])
    if form.is_valid():
        file = form.cleaned_data["document"]
        try:
            receive_upload(dossier, requirement, file.name, file, file.size)
        except ValidationError as error:
            form.add_error("document", error)
        else:
            return redirect("dossier", number=dossier.number)
    return _page(request, dossier, wrong=(requirement, form))


@require_POST
@with_dossier
def answer(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Answer the request for information."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_information(dossier, form.cleaned_data["text"])
        except ValidationError as error:
            return _page(request, dossier, answer=form, problems=error.messages)
        return redirect("dossier", number=dossier.number)
    return _page(request, dossier, answer=form)


@require_http_methods(["GET", "POST"])
@with_dossier
def withdraw(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Take the request back, once asked whether one is sure."""
    if request.method == "POST":
        try:
            actions.withdraw(dossier)
        except ValidationError as error:
            return _page(request, dossier, problems=error.messages)
        return redirect("dossier", number=dossier.number)
    return render(request, "services/public/withdraw.html", {"dossier": dossier})


@require_http_methods(["GET", "POST"])
@with_dossier
def appeal(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Appeal to the president: one tap, words if one wishes; a second tap gives the same receipt."""
    form = AppealForm(request.POST if request.method == "POST" else None, initial={"key": secrets.token_hex(16)})
    if form.is_bound and form.is_valid():
        try:
            actions.file_appeal(dossier, form.cleaned_data["text"], form.cleaned_data["key"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("dossier", number=dossier.number)
    context = {"form": form, "dossier": dossier, "view": public_view_of(dossier)}
    return render(request, "services/public/appeal.html", context, status=422 if form.errors else 200)


@require_POST
@with_dossier
def reasons(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """After a silence, ask why (law 03-01, article 5)."""
    try:
        actions.ask_reasons(dossier)
    except ValidationError as error:
        return _page(request, dossier, problems=error.messages)
    return redirect("dossier", number=dossier.number)


def own_paper(dossier: Dossier, number: str) -> Act:
    """A paper of this dossier that its person may fetch. Raises Http404."""
    found = next((act for act in public_view_of(dossier).papers if act.number == number), None)
    if found is None:
        raise Http404
    return found
