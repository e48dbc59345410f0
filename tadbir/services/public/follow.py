"""What a person reads and does in his request once number and code opened it: receipt, taking back, remedies."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadbir import law
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.shown import Changed
from tadbir.desk.codes import follow_code
from tadbir.desk.followed import Followed
from tadbir.desk.notices import promise_to
from tadbir.desk.public.follow import page
from tadbir.desk.public.opened import IN, only_shown, shows_typed, to_write_on, with_dossier, writes_on
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier
from tadbir.services import actions
from tadbir.services.forms.answering import AdditionForm, AnswerForm
from tadbir.services.forms.residents import AppealForm, SendForm, UploadForm
from tadbir.services.public.done import DONE, HERE, here_already, onward
from tadbir.services.public.sending import cards, in_the_other_language
from tadbir.services.public.uploads import SizeGuard, chosen, guard_size, keep
from tadbir.services.queries.delay import delay_of
from tadbir.services.queries.follow import RequestView
from tadbir.services.queries.receipt import receipt_view_of
from tadbir.services.queries.remedies import ground_of_appeal
from tadbir.services.queries.taking_back import withdrawal_shown
from tadbir.ui.errors import Gone

#: The field, and the place on its page, of a document that goes with a remedy.
PIECE = "piece"
#: Says that the words of the page that adds to a remedy were sent with their button.
ADDS = "adds"


def shown(request: HttpRequest, followed: Followed) -> dict[str, Any]:
    """What the page of a request shows besides what every dossier shows: what to do now, and the remedies."""
    view = RequestView(followed)
    places = cards(view)
    answer = AnswerForm(adds=places["adding"].answer is not None)
    done, here = view.done(request.GET.get(DONE, "")), here_already(request, followed.documents)
    return {"view": view, "answer": answer, "done": done, "here": here, **places}


def _again(request: HttpRequest, dossier: Dossier, **more: Any) -> HttpResponse:
    """The page of the request with what was refused."""
    return page(request, dossier, status=422, **more)


def receipt_page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The receipt with number and code, drawn."""
    followed = Followed(dossier)
    view = receipt_view_of(followed)
    context = {"view": view, "followed": view, "dossier": dossier, "code": follow_code(dossier)}
    context["now"] = RequestView(followed)
    context["told"] = promise_to(dossier.applicant)
    return render(request, "services/public/receipt.html", context)


@require_safe
@with_dossier
def dossier_receipt(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The receipt, for whoever gave number and code."""
    if dossier.erased_at is not None:
        raise Gone(gettext_lazy("This paper was erased as the law on personal data asks."))
    return receipt_page(request, dossier)


@require_http_methods(["GET", "HEAD", "POST"])
@with_dossier
def withdraw(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Take the request back, once asked whether one is sure. What was taken back already, or answered, is asked no
    more: the page of the dossier says so, in one sentence where somebody still pressed."""
    followed = Followed(dossier)
    view = RequestView(followed)
    if dossier.closed_by_kind == "withdrawn":
        return onward(dossier, followed.story.last("withdrawn"))
    if not view.may_withdraw:
        return (
            onward(dossier, None) if request.method != "POST" else _again(request, dossier, problems=[_too_late(view)])
        )
    form = SendForm(posted(request), shown=withdrawal_shown(dossier, clockwork.facts_of(dossier)))
    if form.is_valid():
        try:
            return onward(dossier, actions.take_back(dossier, shown=form.cleaned_data["shown"]))
        except Changed as error:
            form.add_error(None, error)
        except ValidationError as error:
            return _again(request, dossier, problems=error.messages)
    context = {"dossier": dossier, "form": form, "view": view}
    return render(request, "services/public/withdraw.html", context, status=form.status)


def _too_late(view: RequestView) -> str:
    """What is said to who takes back what can be taken back no more."""
    if view.sense:
        return _("Your request was not taken back: the council had answered it. The answer stands below.")
    return _("Your request was not taken back: it was closed before. What became of it stands below.")


@require_http_methods(["GET", "HEAD", "POST"])
@with_dossier
@shows_typed
def remedy(request: HttpRequest, dossier: Dossier, filed: str) -> HttpResponse:
    """File a remedy that the council itself answers: against a silence one tap, else with words; a second tap gives the
    same receipt. The button of the other language brings what was typed there, and files nothing."""
    followed = Followed(dossier)
    found = _remedy_of(followed, filed)
    moved = only_shown(request)
    typed = {"key": secrets.token_hex(16)} | (request.POST.dict() if moved else {})
    form = AppealForm(None if moved else posted(request), ground=_ground(followed, filed), initial=typed)
    to_write_on(request, form)
    if form.is_valid():
        text, key = form.cleaned_data["text"], form.cleaned_data["key"]
        fact = attempt(form, lambda: actions.file_appeal(dossier, text, key, filed=filed))
        if fact is not None:
            return onward(dossier, fact)
    return _remedy_page(request, followed, found, form, UploadForm(prefix=PIECE))


def _ground(followed: Followed, filed: str) -> str:
    return ground_of_appeal(followed.story, RequestView(followed).may(filed))


def _remedy_of(followed: Followed, filed: str) -> law.Appeal:
    found = followed.regime.remedy(filed) if followed.regime else None
    if found is None:
        raise Http404
    return found


def _remedy_page(
    request: HttpRequest,
    followed: Followed,
    remedy: law.Appeal,
    form: AppealForm,
    upload: UploadForm,
    addition: AdditionForm | None = None,
) -> HttpResponse:
    view = RequestView(followed)
    waiting, pieces, added = view.supported(remedy.filed)
    late = "" if addition else request.POST.get("text", "")  # of a page that filed nothing more
    addition = addition or AdditionForm(initial={"text": late if waiting else ""})
    context = {
        "form": form,
        "addition": addition,
        "added": added,
        "late": late,
        "upload": upload,
        "waiting": waiting,
        "was_filed": any(one.filed == remedy.filed for one in view.filed),
        "pieces": pieces,
        "here": here_already(request, pieces),
        "dossier": followed.dossier,
        "view": view,
        "remedy": remedy,
        "way": view.way(remedy),
        "delay": delay_of(followed),
        "keeps_typed": bool(waiting) or view.way(remedy).may,
        "typed_goes": True,
    }
    if waiting:  # the form of its page adds to it
        context["other_lang_url"] = in_the_other_language("dossier-support", followed.dossier.number, remedy.filed)
    wrong = form.errors or upload.errors or addition.errors
    return render(request, "services/public/appeal.html", context, status=422 if wrong else 200)


@csrf_exempt
@require_POST
def support(request: HttpRequest, number: str, filed: str) -> HttpResponseBase:
    """Take what goes with a remedy: a document, by its own button, words by theirs. As for `supply`, the size is
    watched first."""
    return _support(request, number=number, filed=filed, guard=guard_size(request))


@with_dossier
@shows_typed
@csrf_protect
def _support(request: HttpRequest, dossier: Dossier, filed: str, guard: SizeGuard) -> HttpResponse:
    followed = Followed(dossier)
    found = _remedy_of(followed, filed)
    typed, alone = request.POST.get("text", ""), ADDS not in request.POST or PIECE in request.GET
    if RequestView(followed).supported(filed)[0] is None:
        return _again(request, dossier, problems=[actions.NOT_WAITING], typed=typed)
    moved = IN in request.POST  # in the other language its words wait in their box; the document is kept there too
    if writes_on(request):
        addition = AdditionForm(initial={"text": typed})
        to_write_on(request, addition)
        unfiled = AppealForm(ground=_ground(followed, filed), initial={})
        return _remedy_page(request, followed, found, unfiled, UploadForm(prefix=PIECE), addition)

    came, here = {row.pk for row in followed.documents}, list[str]()

    def add(_code: str, file: UploadedFile) -> None:
        row = actions.support_remedy(dossier, filed, file.name or "", file, file.size or 0)
        here.extend([f"?{HERE}={row.pk}"] if row.pk in came else [])

    forms = chosen(request, [PIECE], PIECE if alone else "", guard)
    kept, fact = keep(request, forms, add), None
    waits = alone or moved
    addition = AdditionForm(request.POST) if kept and not waits else AdditionForm(initial={"text": typed})
    if addition.is_valid() and (addition.cleaned_data["text"].strip() or not forms):
        said = addition.cleaned_data["text"]
        fact = attempt(addition, lambda: actions.add_to_remedy(dossier, filed, said))
    if fact is not None:
        return onward(dossier, fact)
    if kept and not addition.errors and not (waits and typed.strip()):
        return redirect(f"{reverse('dossier-remedy', args=[dossier.number, filed])}{''.join(here)}#{PIECE}")
    form = AppealForm(ground=_ground(followed, filed), initial={})
    upload = forms.get(PIECE) if not kept else None
    return _remedy_page(request, Followed(dossier), found, form, upload or UploadForm(prefix=PIECE), addition)


@require_http_methods(["GET", "HEAD", "POST"])
@with_dossier
def reasons(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """After a silence, ask why (law 03-01, article 5), after a page that says what it does; once."""
    view, problems = RequestView(Followed(dossier)), list[str]()
    if request.method == "POST":
        try:
            return onward(dossier, actions.ask_reasons(dossier))
        except ValidationError as error:
            problems = error.messages
    context = {"dossier": dossier, "view": view, "problems": problems}
    status = 422 if problems else 200
    return render(request, "services/public/reasons.html", context, status=status)
