"""Letters that take a step: where each waits for its signature, its words changed, the letter given up, its print."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tadbir.acts import actions as acts
from tadbir.acts.models import Draft
from tadbir.councils.attempt import attempt, posted, tell_wrong
from tadbir.councils.guard import agent, form_page
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.shown import Shown
from tadbir.desk import actions, papers
from tadbir.desk.dossier import Desk, note_reading, working_desk
from tadbir.desk.endings import ending_by
from tadbir.desk.files import attachment
from tadbir.desk.forms.letters import DropForm, WordsForm
from tadbir.desk.office.lost import dropped, to_dossier
from tadbir.desk.office.signature import after_signature, already_signed, sign_page
from tadbir.desk.queries import signing as read
from tadbir.desk.words import fact_name
from tadbir.ui.errors import Moved


def _paper(desk: Desk, pk: int) -> Draft:
    """A paper of this dossier that became no act yet. Raises Moved for one that was signed or given up, Http404 for
    another."""
    draft = read.prepared(desk.dossier, pk)
    if draft is not None and draft.act is None:
        return draft
    way = to_dossier(desk.dossier.number)
    if draft is not None and draft.act is not None:
        raise Moved(gettext_lazy("This letter was signed meanwhile: its words are those of the paper."), way)
    if gone := papers.dropped_as(desk.story, pk):
        raise dropped(gone, way)
    if desk.story.of(papers.DROPPED):  # one of before its words were kept
        raise Moved(gettext_lazy("This letter is no longer there: it was given up before anybody signed it."), way)
    raise Http404


def _letter(desk: Desk, pk: int) -> tuple[Draft, papers.Step]:
    """A letter of this dossier that takes a step and waits. Raises Http404 for any other paper."""
    draft = _paper(desk, pk)
    step = papers.step_of(draft)
    if step is None:
        raise Http404
    return draft, step


def _answer(request: OfficeRequest, desk: Desk, draft: Draft) -> HttpResponse:
    """An answer by its own address: one that comes next has its page, another one is read and given up."""
    if draft == papers.answer_being_prepared(desk.dossier, desk.story):
        return redirect("office-answer-sign", desk.dossier.number)
    return sign_page(request, desk, draft, title_of=fact_name(papers.takes(draft, desk.story)))


@agent()
@form_page
@never_cache
def sign(request: OfficeRequest, number: str, pk: int) -> HttpResponse:
    """One letter, read whole: printed, waiting for who may sign it, recorded as signed by hand."""
    desk = working_desk(request, number)
    known = read.prepared(desk.dossier, pk)
    if known is not None and known.act is not None:
        already_signed(request, known.act)
        return after_signature(number, known.act)  # the second click of a double one
    draft = _paper(desk, pk)
    if request.method != "POST":
        note_reading(request, desk.dossier, "draft")
    step = papers.step_of(draft)
    if step is None:
        return _answer(request, desk, draft)
    allowed = None if step.about else desk.may(step.fact, step.data)
    changes = bool([text for text in step.words.values() if text])
    name = fact_name(step.fact)
    more = {"permission": allowed, "changes": changes, "ending": ending_by(desk, draft)}
    return sign_page(request, desk, draft, title_of=name, **more)


def _typed_elsewhere(request: OfficeRequest, now: Mapping[str, str], shown: Shown) -> Mapping[str, str]:
    """The words that the button of the other language brought, while the letter is as it was read; else none."""
    if not request.POST.get("in"):
        return {}
    try:
        shown.require(request.POST.get("shown", ""))
    except ValidationError:
        return {}
    return {name: request.POST.get(name, text) for name, text in now.items()}


@agent()
@form_page
@never_cache
def words(request: OfficeRequest, number: str, pk: int) -> HttpResponse:
    """Write the same letter in other words."""
    desk = working_desk(request, number)
    draft, step = _letter(desk, pk)
    shown = papers.words_shown(draft)
    moved = _typed_elsewhere(request, step.words, shown)
    form = WordsForm(None if moved else posted(request), words=moved or step.words, shown=shown)
    if form.is_valid():
        typed = {name: form.cleaned_data[name] for name in step.words if name in form.cleaned_data}
        shown = form.cleaned_data["shown"]
        if attempt(form, lambda: actions.change_letter(draft, desk.dossier, desk.person, typed, shown=shown)):
            messages.success(request, _("The letter is written. Now it must be signed."), "good")
            return redirect("office-letter", number, pk)
    context = {"dossier": desk.dossier, "draft": draft, "form": form, "name": fact_name(step.fact)}
    context |= {"sent_back": papers.sent_back(draft), "keeps_typed": True, "typed_goes": True}
    return render(request, "desk/letter_words.html", context, status=form.status)


@agent()
@require_POST
def drop(request: OfficeRequest, number: str, pk: int) -> HttpResponse:
    """Give up a letter that nobody signed, an answer too."""
    desk = working_desk(request, number)
    draft = _paper(desk, pk)
    form = DropForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if reason and attempt(form, lambda: actions.drop_letter(draft, desk.dossier, desk.person, reason)) is not None:
        messages.success(request, _("The letter is given up: nothing was sent."), "good")
        return redirect("office-dossier", number)
    tell_wrong(request, form)
    return redirect("office-letter", number, pk)


@agent()
@require_safe
def print_draft(request: OfficeRequest, number: str, pk: int) -> HttpResponseBase:
    """The paper to sign, as a PDF without number: in ink, or with a qualified certificate."""
    desk = working_desk(request, number)
    draft = _paper(desk, pk)
    note_reading(request, desk.dossier, "draft")
    printed = acts.draft_pdf(draft, counted=papers.counted_text(desk.dossier, draft))
    return attachment(printed, f"{number}-draft.pdf")
