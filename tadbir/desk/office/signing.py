"""The signing folder: what waits for my signature, each letter read whole before it is signed, and what others recorded
as signed by my hand."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft, Means, Scan
from tadbir.acts.signing import NoSigningPower, signed_words
from tadbir.councils.actions import log_access
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.clock import today
from tadbir.councils.guard import agent, form_page
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.councils.shown import Shown
from tadbir.desk import actions, papers
from tadbir.desk.dossier import Desk, note_reading
from tadbir.desk.endings import ending_by
from tadbir.desk.fate import of_act
from tadbir.desk.forms.answer import ContestForm, OwnSignatureForm, SendBackForm
from tadbir.desk.notices import promise_to
from tadbir.desk.office.lost import why_out_of_reach
from tadbir.desk.office.scans import scan_file, scan_picture
from tadbir.desk.office.signature import already_signed
from tadbir.desk.opined import opinions_awaited
from tadbir.desk.queries import signing as read
from tadbir.desk.shown import act_shown
from tadbir.desk.waiting import folder_rows, others
from tadbir.desk.words import sense_name
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.queries import visible_to
from tadbir.dossiers.story import Story
from tadbir.ui.forms import Form
from tadbir.ui.paging import page_of


@agent(Right.SIGN)
@require_safe
def folder(request: OfficeRequest) -> HttpResponse:
    """What I may sign today, the oldest first, what stands in its way, and what was recorded as signed by me."""
    mine = read.to_sign(request.person, today())
    page = page_of(mine.select_related("prepared_by"), request, by=("prepared_at", "pk"))
    context = {
        "page": page,
        "rows": folder_rows(page.items, mine),
        "recorded": read.recorded_as_mine(request.person)[:20],
    }
    return render(request, "desk/signing.html", context)


def _mine(request: OfficeRequest, pk: int) -> tuple[Draft, Dossier]:
    """A letter that this person may sign today, or could before it was sent back, and its dossier. Raises Moved for one
    that is no longer there for him, Http404 for any other one."""
    draft = read.within_power(request.person, today()).filter(pk=pk).select_related("prepared_by").first()
    dossier = read.dossier_of(draft) if draft else None
    if draft is None or dossier is None:
        raise why_out_of_reach(request.person, pk) or Http404
    return draft, dossier


def _signed(request: OfficeRequest, pk: int) -> HttpResponse | None:
    """Back to the folder, told who signed the letter and when; None for one that nobody signed."""
    act = read.signed(request.person, pk, today())
    if act is None:
        return None
    told = {"number": act.number, "signed": signed_words(act)}
    if act.signed_by_id == request.person.pk:
        messages.info(request, _("You signed this letter: %(number)s, %(signed)s.") % told, "info")
    elif request.method == "POST":
        already_signed(request, act)
    else:
        messages.info(request, _("This letter is signed: %(number)s, %(signed)s.") % told, "info")
    return redirect("office-signing")


def _done(form: Form, action: Callable[..., Fact], *what: object) -> bool:
    """Whether the action took what was typed."""
    return attempt(form, lambda: action(*what, **form.cleaned_data)) is not None


@agent(Right.SIGN)
@form_page
@never_cache
def letter(request: OfficeRequest, pk: int) -> HttpResponse:
    """Read one letter whole, then sign it in one's own session."""
    if done := _signed(request, pk):  # back to it, a second click, or somebody else was first
        return done
    draft, dossier = _mine(request, pk)
    desk = Desk(dossier, request.person, request.qualities)
    form = OwnSignatureForm(posted(request), shown=_shown(desk, draft))
    if form.is_valid():
        signed = attempt(
            form,
            lambda: actions.sign_paper(
                draft, dossier, request.person, request.person, means=Means.SESSION, shown=form.cleaned_data["shown"]
            ),
            NoSigningPower,
        )
        if signed:
            said = _("Signed: the letter is numbered and sealed, %(number)s.") % {"number": signed.number}
            messages.success(request, said, "good")
            return redirect("office-signing")
        if done := _signed(request, pk):
            return done
    elif not form.is_bound:
        note_reading(request, dossier, "signing")
    return _letter(request, desk, draft, form, SendBackForm(auto_id="back_%s", shown=form.now))


def _shown(desk: Desk, draft: Draft) -> Shown:
    """What the page of a letter displays to whoever signs it in his own session."""
    return papers.shown_to_sign(desk.dossier, draft, desk.person, story=desk.story)


def _letter(
    request: OfficeRequest, desk: Desk, draft: Draft, form: OwnSignatureForm, back: SendBackForm
) -> HttpResponse:
    dossier = desk.dossier
    context = {"draft": draft, "dossier": dossier, "form": form, "back": back, "ending": ending_by(desk, draft)}
    context |= {"objections": papers.why_not_signed(dossier, draft, desk.story), "others": others(desk, draft)}
    context["opined"] = opinions_awaited(desk, draft)
    context["sense"] = sense_name(str(draft.body.get("sense", "")))
    context |= papers.as_sealed_today(dossier, draft, desk.story) | {
        "signer": papers.signer_words(draft, dossier, request.person)
    }
    return render(request, "desk/signing_letter.html", context, status=max(back.status, form.status))


@agent(Right.SIGN)
@require_POST
def send_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Not sign a letter, and say what must change."""
    if done := _signed(request, pk):
        return done
    draft, dossier = _mine(request, pk)
    desk = Desk(dossier, request.person, request.qualities)
    shown = _shown(desk, draft)
    form = SendBackForm(request.POST, auto_id="back_%s", shown=shown)
    if form.is_valid() and _done(form, actions.send_back, draft, dossier, request.person):
        messages.success(request, _("The letter is sent back with your reason."), "good")
        return redirect("office-signing")
    return _letter(request, desk, draft, OwnSignatureForm(shown=shown), form)


@agent(Right.SIGN)
@form_page
@never_cache
def contest(request: OfficeRequest, act: str) -> HttpResponse:
    """An act that somebody recorded as signed by my hand: read it, and contest it where I did not sign it."""
    found: Act | None = read.contested(request.person, act)
    dossier = read.dossier_of(found) if found else None
    if found is None or dossier is None:
        raise Http404
    form = ContestForm(posted(request), shown=act_shown(found))
    if form.is_valid() and _done(form, actions.contest_signature, found, dossier, request.person):
        messages.success(request, _annulled(found, dossier), "good")
        return redirect("office-signing")
    if not form.is_bound:
        note_reading(request, dossier, "signing")
        log_access(request.person, read.subject_of(found), "recorded")
    scans = [] if dossier.erased_at else list(found.scans.select_related("file", "added_by", "withdrawn_by"))
    context = {"act": found, "dossier": dossier, "form": form, "scans": scans, "seen": seen_by(request, dossier)}
    context["fate"] = of_act(found, Story(clockwork.facts_of(dossier))) if found.status != Act.Status.VALID else ""
    context |= papers.as_read(found.content.body or {}) | {"printed": True}
    return render(request, "desk/signed_for_me.html", context, status=form.status)


def _annulled(act: Act, dossier: Dossier) -> str:
    """What an objection did, and whether a message tells the person who has the paper."""
    if act.notified_on is None and not kind_of(act.kind).at_once:
        return _("The document is annulled. The person does not have it.")
    if not promise_to(dossier.applicant).can:
        return _(
            "The document is annulled. The person has it and no message reaches the person: say so by other means."
        )
    return _("The document is annulled, and everybody concerned is told.")


def seen_by(request: OfficeRequest, dossier: Dossier) -> bool:
    """Whether this agent may open the dossier itself."""
    return visible_to(request.person).filter(pk=dossier.pk).exists()


@agent(Right.SIGN)
@require_safe
def contested_scan(request: OfficeRequest, act: str, pk: int) -> HttpResponseBase:
    """A scan of an act that somebody recorded as signed by my hand, as a file to save."""
    return scan_file(request, *_contested_scan(request, act, pk))


@agent(Right.SIGN)
@require_safe
def contested_picture(request: OfficeRequest, act: str, pk: int) -> HttpResponse:
    """The same scan as a picture: whoever objects sees what he objects to."""
    return scan_picture(request, *_contested_scan(request, act, pk))


def _contested_scan(request: OfficeRequest, act: str, pk: int) -> tuple[Dossier, Scan]:
    found = read.contested(request.person, act)
    dossier = read.dossier_of(found) if found else None
    scan = found.scans.filter(pk=pk).select_related("act", "file").first() if found else None
    if dossier is None or scan is None:
        raise Http404
    return dossier, scan
