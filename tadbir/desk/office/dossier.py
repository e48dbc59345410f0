"""Office pages of one dossier: its page, its verbs, its documents and papers."""

import secrets
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tadbir.councils.attempt import attempt
from tadbir.councils.guard import agent, form_page, holds
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk import papers
from tadbir.desk.dossier import Desk, desk_of, dossier_of, note_reading
from tadbir.desk.endings import ending
from tadbir.desk.files import attachment, paper_response
from tadbir.desk.giving import given_by
from tadbir.desk.offers import Offer, grouped, offer, offers, verb_of
from tadbir.desk.office.scans import scan_file
from tadbir.desk.queries import dossier as read
from tadbir.desk.sections import sections_of
from tadbir.desk.verbs import Verb, ends
from tadbir.dossiers import queries as dossiers
from tadbir.register.actions import once
from tadbir.register.queries import done_before
from tadbir.ui.errors import Gone, Moved
from tadbir.ui.forms import TextField
from tadbir.ui.typed import typed_digest


@agent()
@require_safe
@never_cache
def dossier(request: OfficeRequest, number: str) -> HttpResponse:
    """Who, what, by when and why, what may be done now and why not the rest, documents, papers, history."""
    try:
        desk = desk_of(request, number)
    except Moved:
        return redirect("office-given", number)
    note_reading(request, desk.dossier, "page")
    return _page(request, desk)


def _page(request: OfficeRequest, desk: Desk, bound: Offer | None = None, lost: Sequence[str] = ()) -> HttpResponse:
    """The page of the dossier: with a form to mend, or with what was typed in one that is no longer there."""
    can, cannot = offers(desk, secrets.token_urlsafe(12))
    if bound is not None:
        can = [bound if one.verb.code == bound.verb.code else one for one in can]
    context = {
        "desk": desk,
        "dossier": desk.dossier,
        "gone": [desk.dossier.officer_id] if desk.officer_left else [],
        "sections": sections_of(desk),
        "groups": grouped(can),
        "cannot": cannot,
        "bound": bound,
        "lost": lost,
    }
    status = bound.form.status if bound and bound.form else 200
    return render(request, "desk/dossier.html", context, status=status)


def _apart(request: OfficeRequest, desk: Desk, made: Offer) -> HttpResponse:
    """The page of its own of a verb: what it does, then its form."""
    assert made.form is not None  # noqa: S101 - only what is allowed has this page
    kinds, page = made.verb.facts_in(desk, str(made.form.data.get("kind", ""))), made.verb.page
    context = {
        "desk": desk,
        "dossier": desk.dossier,
        "offer": made,
        "form": made.form,
        "endings": [ending(desk, kind) for kind in kinds if ends(kind)],
        "by_letter": any(papers.letter_of(desk.dossier.kind, kind) for kind in kinds),
        "part": page.template if page else "",
    }
    context |= page.context(desk) if page else {}
    return render(request, "desk/apart.html", context, status=made.form.status)


def _asked(request: OfficeRequest, desk: Desk, verb: Verb) -> HttpResponse:
    """A verb that is only read: its own page where it has one, else its form on the page of the dossier."""
    if not verb.apart(desk):
        return redirect(f"{reverse('office-dossier', args=[desk.dossier.number])}#do-{verb.code}")
    made = offer(verb, desk, secrets.token_urlsafe(12))
    if made.form is None:
        return _refused(request, desk, made)
    note_reading(request, desk.dossier, "page")
    return _apart(request, desk, made)


@agent()
@form_page
@never_cache
def do(request: OfficeRequest, number: str, verb: str) -> HttpResponse:
    """Ask for one verb of the dossier, and run it; a double click runs it once."""
    desk = desk_of(request, number)
    chosen = verb_of(desk, verb)
    if chosen is None:
        raise Http404
    if request.method != "POST":
        return _asked(request, desk, chosen)
    purpose, body = f"office:{chosen.code}", {"dossier": desk.dossier.pk, "typed": typed_digest(request)}
    if chosen.held(desk) and done_before(purpose, request.POST.get("key", "").replace("\x00", ""), body):
        return _done(request, desk, chosen)
    made = offer(chosen, desk, "", request.POST, request.FILES)
    if made.form is None:
        return _refused(request, desk, made)
    form = made.form
    if form.is_valid():

        def run() -> dict[str, bool]:
            chosen.perform(desk, form.cleaned_data)
            return {"done": True}

        if attempt(form, lambda: once(purpose, form.cleaned_data["key"], body, run)):
            return _done(request, desk, chosen)
        desk = desk_of(request, number)
        now = offer(chosen, desk, "", request.POST, request.FILES)
        if now.form is None:  # somebody else was first: there is nothing to confirm any more
            return _refused(request, desk, now)
    return (_apart if chosen.apart(desk) else _page)(request, desk_of(request, number), made)


def _done(request: OfficeRequest, desk: Desk, verb: Verb) -> HttpResponse:
    """What follows a verb, the first time and each time its form comes again."""
    messages.success(request, verb.said(Desk(desk.dossier, desk.person, desk.qualities)), "good")
    return (verb.after(request, desk) if verb.after else None) or onward(desk, verb.fact_in(desk))


def onward(desk: Desk, fact: str) -> HttpResponse:
    """To the letter that was just written, if the step takes one; else to the dossier, unless it was given away."""
    if fact and (letter := papers.letter_waiting(desk.dossier, fact)):
        return redirect("office-letter", desk.dossier.number, letter.pk)
    if dossiers.get_visible(desk.person, desk.dossier.number) is None:
        gave = given_by(desk.person, desk.dossier.number) is not None
        return redirect("office-given", desk.dossier.number) if gave else redirect("office-home")
    return redirect("office-dossier", desk.dossier.number)


def _refused(request: OfficeRequest, desk: Desk, made: Offer) -> HttpResponse:
    """The law or the role does not allow it now: say why on the page of the dossier, 403 or 409."""
    messages.error(request, " ".join(map(str, made.reasons)), "bad")
    fields = made.verb.form.base_fields.items()
    texts = [name for name, field in fields if isinstance(field, TextField)]  # a choice or a day is chosen again
    response = _page(request, desk, lost=[text for name in texts if (text := request.POST.get(name, "").strip())])
    response.status_code = 409 if made.verb.held(desk) else 403
    return response


@agent()
@require_safe
def document(request: OfficeRequest, number: str, pk: int) -> HttpResponseBase:
    """A document of the dossier, as a file to save."""
    found = dossier_of(request, number)
    kept = read.document_of(found, pk)
    if kept is None or kept.file is None:
        raise Http404
    if found.erased_at is not None:
        raise Gone(_("This file was erased as the law on personal data asks."))
    if kept.withdrawn and not holds(request, Right.ANSWER_FOR_ALL):
        raise Gone(_("This document was withdrawn: it did not belong to this dossier."))
    note_reading(request, found, f"document:{pk}")
    return attachment(kept.file, kept.name)


@agent()
@require_safe
def paper(request: OfficeRequest, number: str, act: str) -> HttpResponseBase:
    """A paper of the dossier: its sealed PDF."""
    found = dossier_of(request, number)
    issued = read.act_of(found, act)
    if issued is None:
        raise Http404
    note_reading(request, found, "paper")
    return paper_response(issued)


@agent()
@require_safe
def signed_scan(request: OfficeRequest, number: str, pk: int) -> HttpResponseBase:
    """A scan of a signed paper of the dossier, as a file to save."""
    found = dossier_of(request, number)
    scan = read.scan_of(found, pk)
    if scan is None:
        raise Http404
    return scan_file(request, found, scan)
