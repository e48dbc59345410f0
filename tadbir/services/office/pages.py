"""Office pages: my duties, trays, what is late, finding a dossier, and the dossier itself on one page."""

import secrets
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tadbir.councils.attempt import attempt
from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier
from tadbir.register.actions import once
from tadbir.services.actions import give_opinion
from tadbir.services.forms.agents import GiveOpinionForm
from tadbir.services.office.counter import show_code
from tadbir.services.office.desk import (
    Desk,
    attachment,
    desk_of,
    dossier_of,
    note_reading,
    paper_response,
    typed_digest,
)
from tadbir.services.office.verbs import BY_CODE, Offer, held, offer, offers
from tadbir.services.office.view import page_of_dossier, page_of_erasure
from tadbir.services.queries import agents as read
from tadbir.services.queries.erasure import GROUNDS
from tadbir.ui.errors import Gone
from tadbir.ui.paging import page_of, page_of_list

TRAY_NAMES = {
    "person": gettext_lazy("Waiting for the person"),
    "signature": gettext_lazy("Waiting for a signature"),
    "notify": gettext_lazy("To be notified"),
    "scan": gettext_lazy("Paper to scan"),
}
SHOWN = (
    ("work", gettext_lazy("My duties")),
    ("mine", gettext_lazy("In my name")),
    ("all", gettext_lazy("All I may see")),
)


@agent()
@require_GET
def home(request: OfficeRequest) -> HttpResponse:
    """My duties, the soonest first, and what lies in the trays."""
    person, roles = request.person, request.roles
    visible = dossiers.visible_to(person)
    show = request.GET.get("show", "work")
    late = request.GET.get("late") == "1"
    found = read.duties_for(person, roles, visible, show=show, late=late)
    counts = read.tray_counts(visible)
    context = {
        "page": page_of(found, request, by=("due", "pk")),
        "show": show,
        "late": late,
        "shown": SHOWN,
        "trays": [(code, name, counts[code]) for code, name in TRAY_NAMES.items()],
    }
    return render(request, "services/office/home.html", context)


@agent()
@require_GET
def tray(request: OfficeRequest, tray: str) -> HttpResponse:
    """The dossiers of one tray."""
    if tray not in TRAY_NAMES:
        raise Http404
    page = page_of(read.in_tray(dossiers.visible_to(request.person), tray), request, by=("opened_at", "pk"))
    context = {"page": page, "rows": read.with_clocks(page.items), "name": TRAY_NAMES[tray]}
    return render(request, "services/office/tray.html", context)


@agent(Right.OVERSEE)
@require_GET
def late(request: OfficeRequest) -> HttpResponse:
    """What is late, by unit."""
    visible = dossiers.visible_to(request.person)
    unit = request.GET.get("unit", "")
    chosen = int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None
    page = page_of(read.late_duties(visible, chosen), request, by=("due", "pk"))
    context = {"page": page, "units": read.late_by_unit(visible), "chosen": chosen}
    return render(request, "services/office/late.html", context)


@agent()
@require_GET
def search(request: OfficeRequest) -> HttpResponse:
    """Find a dossier by number, name, telephone or words; an exact number opens it."""
    question = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    visible = dossiers.visible_to(request.person)
    if question:
        found = read.find(visible, question)
        if len(found) == 1 and found[0].lower() == question.lower():
            return redirect("office-dossier", found[0])
        page = page_of_list(found, request)
        shown: Sequence[Dossier] = read.numbered(visible, page.items)
    else:
        page = page_of(read.newest(visible), request, by=("-opened_at", "-pk"))
        shown = page.items
    context = {"question": question, "page": page, "rows": read.with_clocks(shown)}
    return render(request, "services/office/search.html", context)


@agent()
@require_GET
@never_cache
def dossier(request: OfficeRequest, number: str) -> HttpResponse:
    """Who, what, by when and why, what may be done now and why not the rest, documents, papers, history."""
    desk = desk_of(request, number)
    note_reading(request, desk.dossier, "page")
    return _page(request, desk)


def _page(request: OfficeRequest, desk: Desk, bound: Offer | None = None) -> HttpResponse:
    can, cannot = offers(desk, secrets.token_urlsafe(12))
    if bound is not None:
        can = [bound if one.verb.code == bound.verb.code else one for one in can]
    context = page_of_dossier(desk) | {"can": can, "cannot": cannot, "bound": bound}
    return render(request, "services/office/dossier.html", context, status=422 if bound else 200)


@agent()
@require_POST
def do(request: OfficeRequest, number: str, verb: str) -> HttpResponse:
    """Run one verb of the dossier; a double click runs it once."""
    chosen, desk = BY_CODE.get(verb), desk_of(request, number)
    if chosen is None:
        raise Http404
    made = offer(chosen, desk, "", request.POST, request.FILES)
    if made.form is None:
        return _refused(request, desk, made)
    form = made.form
    if form.is_valid() and chosen.sure and request.POST.get("number", "").strip() != number:
        return _are_you_sure(request, desk, made)
    if form.is_valid():

        def run() -> dict[str, bool]:
            chosen.run(desk, form.cleaned_data)
            return {"done": True}

        purpose, body = f"office:{chosen.code}", {"dossier": desk.dossier.pk, "typed": typed_digest(request)}
        if attempt(form, lambda: once(purpose, form.cleaned_data["key"], body, run)):
            messages.success(request, _("Done: %(verb)s.") % {"verb": chosen.label}, "good")
            if chosen.code == "code":
                show_code(request, number)
                return redirect("office-receipt", number)
            still_mine = dossiers.get_visible(desk.person, number) is not None  # it may just have been given away
            return redirect("office-dossier", number) if still_mine else redirect("office-home")
    return _page(request, desk_of(request, number), made)


def _are_you_sure(request: OfficeRequest, desk: Desk, made: Offer) -> HttpResponse:
    """Ask for the number of the dossier before what cannot be undone; the form travels along."""
    assert made.form is not None  # noqa: S101 - it was just read
    typed = [(name, str(value)) for name, value in made.form.cleaned_data.items()]
    context = page_of_erasure(desk) | {
        "offer": made,
        "typed": typed,
        "wrong": "number" in request.POST,
        "reason": made.form.cleaned_data["reason"],
        "ground": GROUNDS[made.form.cleaned_data["ground"]],
    }
    return render(request, made.verb.sure, context, status=422 if context["wrong"] else 200)


def _refused(request: OfficeRequest, desk: Desk, made: Offer) -> HttpResponse:
    """The law or the role does not allow it now: say why on the page of the dossier, 403 or 409."""
    for reason in made.reasons:
        messages.error(request, reason, "bad")
    response = _page(request, desk)
    response.status_code = 409 if held(made.verb, desk) else 403
    return response


@agent()
@require_GET
def document(request: OfficeRequest, number: str, pk: int) -> HttpResponseBase:
    """A document of the dossier, as a file to save."""
    found = dossier_of(request, number)
    kept = read.document_of(found, pk)
    if kept is None or kept.file is None:
        raise Http404
    if found.erased_at is not None:
        raise Gone(_("This file was erased as the law on personal data asks."))
    note_reading(request, found, f"document:{pk}")
    return attachment(kept.file, kept.name)


@agent()
@require_GET
def paper(request: OfficeRequest, number: str, act: str) -> HttpResponseBase:
    """A paper of the dossier: its sealed PDF."""
    found = dossier_of(request, number)
    issued = read.act_of(found, act)
    if issued is None:
        raise Http404
    note_reading(request, found, "paper")
    return paper_response(issued)


@agent()
@require_GET
def opinions(request: OfficeRequest) -> HttpResponse:
    """The opinions that other units ask of mine: the question alone, not the whole dossier."""
    waiting = read.opinions_asked(request.roles)
    page = page_of_list(waiting, request)
    rows = [(fact, read.question_of(fact)) for fact in page.items]
    return render(request, "services/office/opinions.html", {"page": page, "rows": rows})


@agent()
@require_POST
def opinion(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give the opinion my unit was asked for."""
    fact = next((one for one in read.opinions_asked(request.roles) if one.pk == pk), None)
    if fact is None:
        raise Http404
    text = GiveOpinionForm.base_fields["text"]
    try:
        give_opinion(fact.dossier, request.person, fact, str(text.clean(request.POST.get("text", ""))))
    except ValidationError as error:
        for said in error.messages:
            messages.error(request, said, "bad")
    else:
        messages.success(request, _("The opinion is given."), "good")
    return redirect("office-opinions")
