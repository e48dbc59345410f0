"""The answer, from the half-written letter to its notification: write, print, sign, seal, scan, notify."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tadbir.acts import actions as acts
from tadbir.acts.models import Act, Draft
from tadbir.acts.queries import as_shown
from tadbir.acts.signing import NoSigningPower
from tadbir.councils.attempt import attempt, posted, tell_wrong, uploaded
from tadbir.councils.clock import today
from tadbir.councils.guard import agent, form_page
from tadbir.councils.queries import SigningPower, may_sign_today
from tadbir.councils.requests import OfficeRequest
from tadbir.desk import actions, papers
from tadbir.desk.dossier import Desk, desk_of, note_reading
from tadbir.desk.files import attachment
from tadbir.desk.forms.answer import NotifyForm, OutcomeForm, SignedScanForm, SignForm
from tadbir.desk.queries import dossier as read
from tadbir.desk.words import SENSES, quality_name, sense_name
from tadbir.dossiers.models import Dossier


def _working_desk(request: OfficeRequest, number: str) -> Desk:
    """The desk of somebody who works on the dossier. Raises PermissionDenied for one who only sees it."""
    desk = desk_of(request, number)
    if not desk.works:
        raise PermissionDenied(_("This dossier is not yours to work on."))
    return desk


def _draft(dossier: Dossier) -> Draft:
    draft = papers.answer_being_prepared(dossier)
    if draft is None:
        raise Http404
    return draft


def _act(dossier: Dossier, number: str) -> Act:
    act = read.act_of(dossier, number)
    if act is None or act.kind not in papers.KINDS:
        raise Http404
    return act


TEXTS = ("body_ar", "body_fr", "reasons_ar", "reasons_fr")


def _half_written(desk: Desk, sense: str) -> dict[str, str]:
    """What the letter says before the officer touches it."""
    arabic, french = papers.half_written(desk.dossier, sense, desk.asked) if sense else ("", "")
    return {"body_ar": arabic, "body_fr": french if desk.dossier.language == "fr" else ""}


def _written(draft: Draft) -> dict[str, str]:
    """What the officer wrote last time: where no reasons could be given, the sentence that says so is not his."""
    texts = papers.texts_of(draft)
    return texts | {"reasons_ar": "", "reasons_fr": "", "unreasoned": "on"} if papers.is_unreasoned(draft) else texts


def _in_sense(desk: Desk, sense: str, written: Mapping[str, str], was: str) -> dict[str, str]:
    """The texts under another sense: what the officer wrote is kept, what nobody touched gets the wording of now."""
    untouched = {name: text.split() for name, text in _half_written(desk, was).items()}
    fresh = {name: text for name, text in _half_written(desk, sense).items() if sense != was or not was}
    return {
        **written,
        **{name: text for name, text in fresh.items() if written.get(name, "").split() == untouched[name]},
    }


def _other_sense(request: OfficeRequest, desk: Desk, form: OutcomeForm) -> dict[str, str] | None:
    """Where the sense alone was changed: it, with what is typed so far. None for every other request."""
    sense = request.POST.get("switch", "")
    if sense not in SENSES or "shown" in form.errors:
        return None
    typed = {name: request.POST.get(name, "") for name in (*TEXTS, "unreasoned")}
    return {"sense": sense} | _in_sense(desk, sense, typed, request.POST.get("sense", ""))


@agent()
@form_page
@never_cache
def write(request: OfficeRequest, number: str) -> HttpResponse:
    """Write the answer: its sense, its text, its reasons; the remedies are added with their dates."""
    desk = _working_desk(request, number)
    draft = papers.answer_being_prepared(desk.dossier, desk.story)
    sense = request.GET.get("sense") or (str(draft.body.get("sense", "")) if draft else "")
    sense = sense if sense in SENSES else ""
    written = (_written(draft), str(draft.body.get("sense", ""))) if draft else ({}, "")
    initial = {"sense": sense} | (_in_sense(desk, sense, *written) if sense else {})
    shown = papers.shown(desk.dossier, draft)
    urgent = papers.may_be_unreasoned(desk.dossier, desk.asked)
    form = OutcomeForm(posted(request), initial=initial, shown=shown, may_be_unreasoned=urgent)
    if form.is_bound and (changed := _other_sense(request, desk, form)):
        form, sense = OutcomeForm(initial=changed, shown=shown, may_be_unreasoned=urgent), changed["sense"]
    if form.is_valid():
        data = form.cleaned_data
        made = attempt(form, lambda: actions.draft_outcome(desk.dossier, desk.person, **data))
        if made:
            messages.success(request, _("The answer is written. Now it must be signed."), "good")
            return redirect("office-answer-sign", number)
    elif not form.is_bound:
        note_reading(request, desk.dossier, "answer")
    senses = list(SENSES.items())
    context = {
        "dossier": desk.dossier,
        "desk": desk,
        "form": form,
        "sense": form["sense"].value() if form.is_bound else sense,
        "senses": senses,
        "clock": desk.main_clock,
        "permission": desk.may_write_answer,
        "remedies": papers.remedies_if_notified(desk.dossier, sense, desk.asked) if sense else [],
        "asked": desk.asked.words.get("text", "") if desk.asked else None,
    }
    return render(request, "desk/answer_write.html", context, status=form.status)


def power_words(power: SigningPower) -> str:
    """Who may sign and by what right, in one line."""
    said = f"{power.person} · {quality_name(power.quality)}"
    if power.delegation is not None:
        said += " · " + _("delegation %(order)s") % {"order": power.delegation.order_reference}
    return said


@agent()
@form_page
@never_cache
def sign(request: OfficeRequest, number: str) -> HttpResponse:
    """Print, have it signed by somebody who may, record the signature: the answer is numbered and sealed."""
    desk = _working_desk(request, number)
    draft = papers.answer_being_prepared(desk.dossier, desk.story)
    if draft is None:
        done = papers.answer_to_notify(desk.dossier)
        if done is None:
            raise Http404
        return redirect("office-answer-notify", number, done.number)  # the second click of a double one
    able = {str(power.person.pk): power for power in may_sign_today(draft.kind, today(), desk.dossier.unit)}
    powers = [(power.person.pk, power_words(power)) for power in able.values()]
    shown, initial = papers.shown(desk.dossier, draft), {"on": today(), "means": "wet_ink"}
    form = SignForm(posted(request), uploaded(request), powers=powers, shown=shown, initial=initial)
    if form.is_valid():
        act = attempt(form, lambda: _sign(desk, draft, able, form.cleaned_data), NoSigningPower)
        if act:
            said = _("The answer is numbered and sealed: %(number)s.") % {"number": act.number}
            messages.success(request, said, "good")
            return redirect("office-answer-notify", number, act.number)
    context = {
        "dossier": desk.dossier,
        "draft": draft,
        "form": form,
        "sense": sense_name(papers.sense_of(draft)),
        "powers": powers,
        "mine": any(pk == desk.person.pk for pk, _words in powers),
    } | papers.as_read(draft.body)
    return render(request, "desk/answer_sign.html", context, status=form.status)


def _sign(desk: Desk, draft: Draft, able: dict[str, SigningPower], data: dict[str, Any]) -> Act:
    signatory = able[data["signatory"]].person
    file = data["document"].read() if data["document"] else None
    return actions.sign_outcome(
        draft, desk.dossier, desk.person, signatory, means=data["means"], on=data["on"], file=file, shown=data["shown"]
    )


@agent()
@require_safe
def print_draft(request: OfficeRequest, number: str) -> HttpResponseBase:
    """The letter to sign, as a PDF without number: in ink, or with a qualified certificate."""
    desk = _working_desk(request, number)
    note_reading(request, desk.dossier, "draft")
    return attachment(acts.draft_pdf(_draft(desk.dossier)), f"{number}-draft.pdf")


@agent()
@form_page
@never_cache
def notify(request: OfficeRequest, number: str, act: str) -> HttpResponse:
    """Record how and when the person got the answer, with the proof: only this ends the duty to answer."""
    desk = _working_desk(request, number)
    found = _act(desk.dossier, act)
    initial = {"on": today(), "how": "in_hand"}
    shown = as_shown(found)
    form = NotifyForm(posted(request), uploaded(request), shown=shown, initial=initial, has_mail=desk.has_mail)
    if form.is_valid():
        data = dict(form.cleaned_data)
        document = data.pop("document")
        data["file"] = document.read() if document else None
        if attempt(form, lambda: actions.notify_outcome(found, desk.dossier, desk.person, **data)):
            messages.success(request, _("The notification is recorded: the duty to answer is done."), "good")
            return redirect("office-dossier", number)
    context = {
        "dossier": desk.dossier,
        "act": found,
        "form": form,
        "clock": desk.main_clock,
        "waits_scan": found.waits_scan,
        "scan_form": SignedScanForm(),
    }
    return render(request, "desk/answer_notify.html", context, status=form.status)


@agent()
@require_POST
def scan(request: OfficeRequest, number: str, act: str) -> HttpResponse:
    """Keep the scan of the answer signed by hand."""
    desk = _working_desk(request, number)
    found = _act(desk.dossier, act)
    form = SignedScanForm(request.POST, request.FILES)
    file = form.cleaned_data["document"] if form.is_valid() else None
    kept = attempt(form, lambda: acts.attach_scan(found, file.read(), desk.person)) if file else None
    if kept is not None and kept.scan_recognised:
        messages.success(request, _("The scan is kept: its code is that of this letter."), "good")
    elif kept is not None:
        messages.warning(request, _("The scan is kept, but the code of this letter was not found on it."), "warn")
    tell_wrong(request, form)
    if found.notified_on is None:  # the signature's paper first, then the person's: the next step is this page
        return redirect("office-answer-notify", number, act)
    return redirect("office-dossier", number)
