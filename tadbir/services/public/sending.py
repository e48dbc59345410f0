"""What a person sends from the page of his request: documents, each by its own request, and words. What was chosen is
kept whatever button was pressed, and a text that is not recorded comes back."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from tadbir.councils.attempt import add_refusal
from tadbir.desk.followed import Followed
from tadbir.desk.public.follow import page
from tadbir.desk.public.opened import IN, shows_typed, to_write_on, with_dossier, writes_on
from tadbir.dossiers import queries
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.register.actions import OtherBody
from tadbir.services import actions
from tadbir.services.forms.answering import AnswerForm
from tadbir.services.forms.residents import UploadForm
from tadbir.services.public.done import onward
from tadbir.services.public.uploads import SizeGuard, chosen, guard_size, keep
from tadbir.services.queries.adding import Adding, Place
from tadbir.services.queries.follow import RequestView
from tadbir.services.queries.todos import Todo
from tadbir.services.requests import WITH_ANSWER
from tadbir.ui.dates import reader_language


@csrf_exempt
@require_POST
def supply(request: HttpRequest, number: str, requirement: str) -> HttpResponseBase:
    """Take a document: a missing one, one more sheet of it, one that goes with an answer.

    The size must be watched before anything reads the body: so the form's token is checked inside, once the
    dossier is open (a page that waited too long asks for the code again instead, and keeps what was typed).
    """
    return _send(request, number=number, guard=guard_size(request), pressed=requirement)


@csrf_exempt
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponseBase:
    """Answer the request for information, or add to the answer."""
    return _send(request, number=number, guard=guard_size(request))


@dataclass
class Sent:
    """What became of one sending: the facts, what is wrong, the words as they stand in their box."""

    done: list[Fact] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    form: AnswerForm = field(default_factory=AnswerForm)
    first: str = ""  # the answer that is recorded, where other words came for the same question
    typed: str = ""  # words that are recorded nowhere
    here: list[Document] = field(default_factory=list)  # the files that had come before: nothing was added


@with_dossier
@shows_typed
@csrf_protect
def _send(request: HttpRequest, dossier: Dossier, guard: SizeGuard, pressed: str = "") -> HttpResponse:
    """Keep every document that was chosen; the words where their button was pressed, else in their box: so they stand
    in the other language, by its button."""
    if writes_on(request):
        return _to_write_on(request, dossier)
    codes, sent = Adding(RequestView(Followed(dossier))).codes, Sent()
    forms = chosen(request, codes, pressed, guard) if not pressed or pressed in codes else {}

    came = {row.pk for row in queries.documents(dossier)}

    def receive(code: str, file: UploadedFile) -> None:
        kept = actions.receive_upload(dossier, code, file.name or "", file, file.size or 0)
        if kept.pk in came:
            sent.here.append(kept)
        else:
            sent.done.append(kept.fact)

    kept = keep(request, forms, receive)
    if pressed and not forms:
        sent.problems = [_("This document cannot be sent here: show it at the counter, with your number.")]
    broken = bool(WITH_ANSWER in forms and forms[WITH_ANSWER].errors)
    waits = bool(pressed) or broken or IN in request.POST
    _words(request, dossier, sent, waits=waits, with_document=WITH_ANSWER in forms)
    if kept and not sent.problems and not sent.form.errors and not sent.typed:
        return onward(dossier, sent.done[-1] if sent.done else None, sent.here)
    refused = not kept or sent.problems or sent.form.errors
    more = cards(RequestView(Followed(dossier)), {code: one for code, one in forms.items() if one.errors})
    sent.form.call(adds=more["adding"].answer is not None)
    said = {"answer": sent.form, "problems": sent.problems, "first_answer": sent.first, "typed": sent.typed}
    said |= {"here": [one.name for one in sent.here]}
    if sent.done:  # what arrived is said beside the words that wait
        said["done"] = RequestView(Followed(dossier)).done(str(sent.done[-1].pk))
    return page(request, dossier, status=422 if refused else 200, **more, **said)


def _to_write_on(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The page with the words that were typed, in their box: nothing is recorded."""
    places, typed = cards(RequestView(Followed(dossier))), request.POST.get("text", "")
    form = AnswerForm(adds=places["adding"].answer is not None, initial={"text": typed})
    to_write_on(request, form)
    return page(request, dossier, answer=form, typed=typed, **places)


def in_the_other_language(page: str, *args: str) -> str:
    """Where the button of the other language sends what was typed, to draw its page there."""
    with override("ar" if reader_language() == "fr" else "fr"):
        return reverse(page, args=args)


def _carried(dossier: Dossier) -> dict[str, Any]:
    """What the button of the other language takes to draw the page there with what was typed in it."""
    own = in_the_other_language("dossier-answer", dossier.number)
    return {"keeps_typed": True, "typed_goes": True, "other_lang_url": own}


def _words(request: HttpRequest, dossier: Dossier, sent: Sent, *, waits: bool, with_document: bool) -> None:
    """Record the words, unless they wait: for their own button, or for the document that they go with."""
    form, adds = AnswerForm(request.POST), "adds" in request.POST
    if waits:
        sent.typed = request.POST.get("text", "")
        sent.form = AnswerForm(initial={"text": sent.typed})
        return
    sent.form = form
    if not form.is_valid():
        sent.typed = request.POST.get("text", "")
        return
    said = form.cleaned_data["text"]
    if adds and not said.strip() and with_document:
        return  # the document is what he adds
    try:
        if adds:
            recorded = actions.add_to_answer(dossier, said)
        else:
            recorded = actions.answer_information(dossier, said, asked=form.cleaned_data["asked"])
    except OtherBody as error:
        sent.first, sent.problems, sent.typed = str(error.answer["said"]), error.messages, said
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            add_refusal(form, error)
        else:
            sent.problems = error.messages
        sent.typed = said
    else:
        sent.done.append(recorded)
        sent.form = AnswerForm()


def cards(view: RequestView, refused: dict[str, UploadForm] | None = None) -> dict[str, Any]:
    """The places of documents on the page, each with its form: the one that was refused says why."""
    adding, wrong = Adding(view), refused or {}

    def drawn(code: str) -> UploadForm:
        return wrong.get(code) or UploadForm(prefix=code)

    def placed(found: list[Place]) -> list[tuple[Place, UploadForm]]:
        return [(one, drawn(one.code)) for one in found]

    todos: list[tuple[Todo, UploadForm]] = [(todo, drawn(todo.document)) for todo in view.todos]
    beside: dict[str, Any] = {"besides": placed(adding.besides), "further": placed(adding.further)}
    beside |= _carried(view.dossier) if todos or adding.offers else {}
    return {"adding": adding, "todos": todos, "with_answer": drawn(WITH_ANSWER), **beside}
