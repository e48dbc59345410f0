"""The page on which a paper waits for its signature: read whole, printed, recorded as signed away from the screen."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tadbir.acts import actions as acts
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft, Means
from tadbir.acts.recognition import Reading, read_before, token_of
from tadbir.acts.signing import NoSigningPower, signed_words
from tadbir.councils.attempt import attempt, posted, uploaded
from tadbir.councils.clock import today
from tadbir.councils.guard import agent
from tadbir.councils.queries import SigningPower, may_sign_today
from tadbir.councils.requests import OfficeRequest
from tadbir.desk import actions, papers
from tadbir.desk.dossier import Desk, working_desk
from tadbir.desk.files import attachment
from tadbir.desk.forms.answer import SignForm
from tadbir.desk.forms.letters import DropForm
from tadbir.desk.office.lost import dropped, to_dossier
from tadbir.desk.opined import opinions_awaited
from tadbir.desk.queries import signing as read
from tadbir.desk.waiting import others
from tadbir.desk.words import quality_name
from tadbir.law.words import beside
from tadbir.register.actions import keep_upload

#: Said of a scan that a page showed too long ago, or of another text: it is never left out in silence.
NO_LONGER_HOLDS = gettext_lazy(
    "The scan that this page showed no longer holds for this letter, and nothing was recorded: choose it again, or "
    "send again to record the signature without it."
)


def power_words(power: SigningPower) -> str:
    """Who may sign and by what right, in one line."""
    order = {"order": power.delegation.order_reference} if power.delegation else None
    return beside(power.person, quality_name(power.quality), _("delegation %(order)s") % order if order else "")


def after_signature(number: str, act: Act) -> HttpResponse:
    """What comes next: its notification where the paper waits for one, else the dossier."""
    if act.waits_for_notification:
        return redirect("office-answer-notify", number, act.number)
    return redirect("office-dossier", number)


def already_signed(request: OfficeRequest, act: Act) -> None:
    """Say who signed a letter, to somebody whose own record of a signature comes after it and changes nothing."""
    if request.method == "POST":
        told = {"number": act.number, "signed": signed_words(act)}
        said = _("Letter %(number)s was signed before: %(signed)s. What you sent was not recorded.")
        messages.warning(request, said % told, "warn")


@agent()
@require_safe
def given_scan(request: OfficeRequest, number: str, pk: int) -> HttpResponseBase:
    """The scan that the page of a letter shows, to look at before it is relied on."""
    desk = working_desk(request, number)
    draft = read.prepared(desk.dossier, pk)
    if draft is None and (gone := papers.dropped_as(desk.story, pk)):
        raise dropped(gone, to_dossier(number))
    shown = read_before(request.GET.get("given", ""), draft) if draft else None
    if shown is None:
        raise Http404
    return attachment(shown.file, desk.dossier.number)


def sign_page(request: OfficeRequest, desk: Desk, draft: Draft, **more: Any) -> HttpResponse:
    """Print, have it signed by somebody who may, record the signature: the paper is numbered and sealed."""
    number = desk.dossier.number
    able = {str(power.person.pk): power for power in may_sign_today(draft.kind, today(), desk.dossier.unit)}
    powers = [(power.person.pk, power_words(power)) for power in able.values()]
    shown, initial = papers.shown_to_sign(desk.dossier, draft, story=desk.story), {"on": today(), "means": "wet_ink"}
    form = SignForm(posted(request), uploaded(request), powers=powers, shown=shown, initial=initial)
    if form.is_valid():
        given = attempt(form, lambda: scan_given(form, draft))
        act = None
        if given and not given.fresh:  # what its code says was read before it is relied on
            act = attempt(form, lambda: _sign(desk, draft, able, form.cleaned_data, given.read), NoSigningPower)
        if act:
            said = _("The letter is numbered and sealed: %(number)s.") % {"number": act.number}
            messages.success(request, said, "good")
            return after_signature(number, act)
    elif form.is_bound and (before := read_before(form.data.get("given", ""), draft)):
        form.show_scan(before, token_of(before, draft))  # what was read of a scan stays beside what must be mended
    context = {
        "dossier": desk.dossier,
        "draft": draft,
        "form": form,
        "objections": papers.why_not_signed(desk.dossier, draft, desk.story),
        "others": others(desk, draft),
        "opined": opinions_awaited(desk, draft),
        "notified": kind_of(draft.kind).notified,
        "powers": powers,
        "mine": any(pk == desk.person.pk for pk, _words in powers),
        "gone": bool(papers.why_not_submitted(desk.dossier, draft, desk.story)),
        "drop": DropForm(),
    }
    context |= papers.as_sealed_today(desk.dossier, draft, desk.story) | more
    return render(request, "desk/paper_sign.html", context, status=form.status)


@dataclass(frozen=True)
class Given:
    """The scan of a paper signed by hand, if any; `fresh`: nobody was shown yet what its code says."""

    read: Reading | None = None
    fresh: bool = False


def scan_given(form: SignForm, draft: Draft) -> Given:
    """Read the code of a scan that comes with the form, once; the page shows what it says. Raises ValidationError.

    What a page showed travels with its form; the same file, sent again with it, is not read anew.
    """
    if form.cleaned_data["means"] != Means.WET_INK:
        return Given()
    before, file = read_before(form.cleaned_data["given"], draft), form.cleaned_data["document"]
    if form.cleaned_data["given"] and before is None and file is None:
        raise ValidationError({"document": NO_LONGER_HOLDS})
    kept = keep_upload(file.file, file.size) if file else None
    fresh = kept is not None and (before is None or before.file != kept)
    found = acts.read_scan(draft, kept) if kept and fresh else before
    if found is not None:
        form.show_scan(found, token_of(found, draft))
        if fresh:
            form.show_fresh()
        acts.refuse_foreign(found)
    return Given(found, fresh)


def _sign(desk: Desk, draft: Draft, able: dict[str, SigningPower], data: dict[str, Any], scan: Reading | None) -> Act:
    signatory = able[data["signatory"]].person
    file = data["document"].read() if data["document"] and data["means"] == Means.QUALIFIED else None
    how = {name: data[name] for name in ("means", "on", "shown", "unread", "seen")}
    return actions.sign_paper(draft, desk.dossier, desk.person, signatory, file=file, scan=scan, **how)
