"""The answer, half written and signed; and of every signed paper, its notification and its scan."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft
from tadbir.acts.signing import signed_words
from tadbir.councils.attempt import attempt, posted, uploaded
from tadbir.councils.clock import today
from tadbir.councils.guard import agent, form_page
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.shown import Shown
from tadbir.desk import actions, papers
from tadbir.desk.added import said_in
from tadbir.desk.dossier import Desk, desk_of, note_reading, working_desk
from tadbir.desk.earlier import BODIES, TEXTS, Earlier, earlier_of, written
from tadbir.desk.fate import of_act, of_notification
from tadbir.desk.forms.answer import NotifyForm, OutcomeForm, SignedScanForm
from tadbir.desk.forms.letters import DropForm
from tadbir.desk.offers import words_of
from tadbir.desk.office.lost import no_answer, not_to_notify
from tadbir.desk.office.signature import after_signature, already_signed, sign_page
from tadbir.desk.opined import opinions_awaited
from tadbir.desk.queries import dossier as read
from tadbir.desk.shown import act_shown
from tadbir.desk.words import SENSES, fact_name, sense_name
from tadbir.dossiers.models import Dossier
from tadbir.ui.context import asked_in


def _act(dossier: Dossier, number: str) -> Act:
    """A signed paper of this dossier. Raises Http404 for another, and for what nobody signs."""
    act = read.act_of(dossier, number)
    if act is None or not kind_of(act.kind).signed:
        raise Http404
    return act


def _half_written(desk: Desk, sense: str) -> dict[str, str]:
    """What the letter says before the officer touches it."""
    arabic, french = papers.half_written(desk.dossier, sense, desk.asked) if sense else ("", "")
    return {"body_ar": arabic, "body_fr": french if desk.dossier.language == "fr" else ""}


def _in_sense(desk: Desk, sense: str, written: Mapping[str, str], was: str) -> dict[str, str]:
    """The texts under another sense: what the officer wrote is kept, what nobody touched gets the wording of now."""
    untouched = {name: text.split() for name, text in _half_written(desk, was).items()}
    fresh = {name: text for name, text in _half_written(desk, sense).items() if sense != was or not was}
    return {
        **written,
        **{name: text for name, text in fresh.items() if written.get(name, "").split() == untouched[name]},
    }


def _of_other_sense(desk: Desk, sense: str, texts: Mapping[str, str], of: str) -> bool:
    """Whether a text that somebody wrote for one sense (`of`) stands under another one: what is printed of it."""
    if sense == of or not of:
        return False
    fresh, printed = _half_written(desk, sense), BODIES if sense == "granted" else TEXTS
    return any((text := texts.get(name, "").split()) and text != fresh.get(name, "").split() for name in printed)


#: In the session: what was typed of answers whose sense was changed and that are not kept yet, by dossier.
_TYPED, _TYPED_MOST = "answers_typed", 5


def _other_sense(
    request: OfficeRequest, number: str, form: OutcomeForm, before: Mapping[str, str], of: str, earlier: Earlier | None
) -> str:
    """The sense, where it alone was changed: what is typed so far is kept, so that the page may be left.

    `before`: the text before, written for the sense `of`; the same text stays of it until somebody says otherwise. The
    words of an `earlier` answer that nobody touched stay under their own sense.
    """
    sense = request.POST.get("switch", "") or (request.POST.get("sense", "") if request.POST.get("in") else "")
    if sense not in SENSES or "shown" in form.errors:
        return ""
    typed = {name: request.POST.get(name, "") for name in (*TEXTS, "unreasoned", "sense", "shown")}
    if earlier is not None and typed["sense"] == earlier.sense and earlier.is_all_of(typed):
        _forget_typed(request, number)
        return sense
    same = all(typed[name].split() == before.get(name, "").split() for name in BODIES)
    typed["of"] = of if of and same and not request.POST.get("other_sense") else typed["sense"]
    rest = {name: one for name, one in request.session.get(_TYPED, {}).items() if name != number}
    request.session[_TYPED] = dict([*rest.items(), (number, typed)][-_TYPED_MOST:])
    return sense


def _forget_typed(request: OfficeRequest, number: str) -> None:
    request.session[_TYPED] = {name: one for name, one in request.session.get(_TYPED, {}).items() if name != number}


def _typed_before(request: OfficeRequest, number: str, shown: Shown) -> tuple[dict[str, str], list[str]]:
    """What was typed before the sense was changed; beside it, what can no longer be put into the letter, because
    somebody else wrote it meanwhile."""
    typed = request.session.get(_TYPED, {}).get(number)
    if not typed:
        return {}, []
    try:
        shown.require(typed["shown"])
    except ValidationError:
        return {}, [text for name in TEXTS if (text := typed[name].strip())]
    return typed, []


def _before(
    draft: Draft | None, typed: Mapping[str, str], earlier: Earlier | None, sense: str
) -> tuple[tuple[dict[str, str], str], str]:
    """The texts as they were left, with the sense they were left under; and the sense that they were written for.

    `earlier`: an answer that is no longer there, whose words come back where `sense` is theirs.
    """
    if typed:
        return ({name: typed[name] for name in (*TEXTS, "unreasoned")}, typed["sense"]), typed.get("of", typed["sense"])
    if draft is not None:
        return (written(draft), papers.sense_of(draft)), papers.sense_of(draft)
    if earlier is not None and sense in ("", earlier.sense):
        return (dict(earlier.texts), earlier.sense), earlier.sense
    return ({}, ""), ""


def _typed(request: OfficeRequest) -> list[str]:
    """The texts that were typed in a form that is no longer there."""
    return [text for name in TEXTS if (text := request.POST.get(name, "").strip())]


def _senses(desk: Desk) -> tuple[dict[str, Any], list[tuple[Any, list[str]]]]:
    """The senses in which the next answer could be signed, and the others, each with what stands in its way."""
    if not desk.may_write_answer:
        return dict(SENSES), []
    why = {code: papers.why_not_in_sense(desk.dossier, code, desk.asked, desk.story) for code in SENSES}
    refused = [(SENSES[code], reasons) for code, reasons in why.items() if reasons]
    return {code: SENSES[code] for code, reasons in why.items() if not reasons}, refused


def _answered(desk: Desk, draft: Draft | None, sense: str) -> dict[str, Any]:
    """What the next answer answers: its clock, whether it may be written, what is contested, what a remedy granted; and
    where it stands: written, or signed."""
    signed = next(reversed(papers.answers_to_notify(desk.dossier)), None)
    return {
        "signed": signed,
        "why_not": [*words_of(desk.may_write_answer), *([signed_words(signed)] if signed else [])],
        "draft": draft,
        "keeps_typed": bool(sense and desk.may_write_answer),
        "past": papers.past_days(desk.dossier, sense) if desk.asked is None else [],
        "drop": DropForm() if draft and not desk.may_write_answer else None,
        "clock": desk.answer_clock,
        "permission": desk.may_write_answer,
        "asked": said_in(desk.asked),
        "sent": papers.sent_by_person(desk.dossier, desk.story, desk.asked),
        "granted": desk.granted,
        "opined": opinions_awaited(desk),
    }


@agent()
@form_page
@never_cache
def write(request: OfficeRequest, number: str) -> HttpResponse:
    """Write the answer: its sense, its text, its reasons; the remedies are added with their dates."""
    desk = working_desk(request, number)
    draft = papers.answer_being_prepared(desk.dossier, desk.story)
    shown = papers.shown(desk.dossier, draft, desk.story)
    typed, lost = _typed_before(request, number, shown)
    earlier = earlier_of(desk) if draft is None else None
    before, of = _before(draft, typed, earlier, request.GET.get("sense", ""))
    sense = request.GET.get("sense") or before[1]
    senses, refused = _senses(desk)
    sense = sense if sense in senses else ""
    initial = {"sense": sense} | (_in_sense(desk, sense, *before) if sense else {})
    other = bool(sense) and _of_other_sense(desk, sense, initial, of)
    asks = {"may_be_unreasoned": papers.may_be_unreasoned(desk.dossier, desk.asked), "other_sense": other}
    form = OutcomeForm(posted(request), initial=initial, shown=shown, **asks)
    if form.is_bound and (changed := _other_sense(request, number, form, initial, of, earlier)):
        return redirect(f"{asked_in(request)}?sense={changed}")
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: actions.draft_outcome(desk.dossier, desk.person, **data)):
            _forget_typed(request, number)
            messages.success(request, _("The answer is written. Now it must be signed."), "good")
            return redirect("office-answer-sign", number)
    elif not form.is_bound:
        note_reading(request, desk.dossier, "answer")
    context = {
        "dossier": desk.dossier,
        "desk": desk,
        "form": form,
        "sent_back": papers.sent_back(draft) if draft else "",
        "sense": form["sense"].value() if form.is_bound else sense,
        "senses": list(senses.items()),
        "refused_senses": refused,
        "of": sense_name(of) if other else "",
        "wording": _half_written(desk, sense)["body_ar"] if other else "",
        "lost": (_typed(request) if not desk.may_write_answer else []) if form.is_bound else lost,
        "remedies": papers.remedies_if_notified(desk.dossier, sense, desk.asked, story=desk.story) if sense else [],
        "earlier": earlier,
        "kept_apart": earlier is not None and sense != earlier.sense and not typed,
    }
    return render(request, "desk/answer_write.html", context | _answered(desk, draft, sense), status=form.status)


@agent()
@form_page
@never_cache
def sign(request: OfficeRequest, number: str) -> HttpResponse:
    """The answer that comes next, waiting for its signature."""
    desk = working_desk(request, number)
    draft = papers.answer_being_prepared(desk.dossier, desk.story)
    if draft is None:
        done = next(reversed(papers.answers_to_notify(desk.dossier)), None)
        if done is None:
            raise no_answer(desk.story, number)
        already_signed(request, done)
        return after_signature(number, done)  # the second click of a double one
    return sign_page(request, desk, draft, sense=sense_name(papers.sense_of(draft)))


@agent()
@form_page
@never_cache
def notify(request: OfficeRequest, number: str, act: str) -> HttpResponse:
    """Record how and when the person got the paper, with the proof: only then does what it says take effect."""
    desk = desk_of(request, number)
    if not desk.hands_over:
        raise PermissionDenied(_("This dossier is not yours to work on."))
    found = _act(desk.dossier, act)
    handed = papers.to_hand_over(desk.dossier, desk.story, [found])
    fate = of_act(found, desk.story)
    if not (kind_of(found.kind).notified or handed or found.notified_on) or (fate and request.method != "POST"):
        raise not_to_notify(found, desk.story, number)
    initial = {"on": today(), "how": "in_hand"}
    shown = act_shown(found)
    ways = {"has_mail": desk.has_mail, "by_hand_only": not desk.works}
    form = NotifyForm(posted(request), uploaded(request), shown=shown, initial=initial, **ways)
    if form.is_valid() and not fate:
        data = dict(form.cleaned_data)
        document = data.pop("document")
        data["file"] = document.read() if document else None
        if attempt(form, lambda: actions.notify_paper(found, desk.dossier, desk.person, **data)):
            messages.success(request, _notified(found), "good")
            return redirect("office-dossier", number)
    context = {
        "dossier": desk.dossier,
        "desk": desk,
        "act": found,
        "fate": fate,
        "fates": [fate],
        "recorded": [of_notification(found, desk.story)] if found.notified_on else [],
        "typed": [text] if (text := request.POST.get("proof", "").strip()) else [],
        "before": None if found.notified_on else papers.notified_before(found, desk.dossier),
        "form": form,
        "clock": desk.main_clock,
        "name": fact_name(step.fact) if (step := papers.step_of(found)) else "",
        "waits_scan": found.waits_scan,
        "outdated": [] if found.notified_on or desk.dossier.erased_at else papers.outdated(desk.dossier, found),
        "scan_form": SignedScanForm(),
    }
    return render(request, "desk/answer_notify.html", context, status=409 if fate else form.status)


def _notified(act: Act) -> str:
    if not kind_of(act.kind).notified:
        return _("It is recorded that the letter arrived.")
    if papers.step_of(act) is None:
        return _("The notification is recorded: the duty to answer is done.")
    return _("The notification is recorded: what the letter says takes effect that day.")


def _keep(act: Act, desk: Desk, typed: Mapping[str, Any]) -> Act:
    scan: bytes = typed["document"].read()
    return actions.add_signed_scan(act, desk.dossier, desk.person, scan, seen=typed["seen"])


@agent()
@require_POST
def scan(request: OfficeRequest, number: str, act: str) -> HttpResponse:
    """Keep the scan of the paper signed by hand."""
    desk = working_desk(request, number)
    found = _act(desk.dossier, act)
    form = SignedScanForm(request.POST, request.FILES, about=act)
    kept = attempt(form, lambda: _keep(found, desk, form.cleaned_data)) if form.is_valid() else None
    if kept is not None and kept.scan_recognised:
        messages.success(request, _("The scan is kept: its code is that of this letter."), "good")
    elif kept is not None:
        messages.warning(request, _("The scan is kept, but the code of this letter was not found on it."), "warn")
    else:
        context = {"dossier": desk.dossier, "act": found, "form": form}
        return render(request, "desk/signed_scan.html", context, status=422)
    if kind_of(found.kind).notified and found.notified_on is None:  # the next step is this page
        return redirect("office-answer-notify", number, act)
    return redirect("office-dossier", number)
