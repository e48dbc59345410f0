"""Office pages: my duties, trays, what is late, finding a dossier."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tadbir.councils.guard import agent, holds
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.matter import Tray, trays
from tadbir.desk.queries import finding, inbox
from tadbir.desk.queries.signing import unseen_as_mine
from tadbir.desk.queries.trays import COUNTED, in_tray, tray_counts, tray_named
from tadbir.dossiers import queries as dossiers
from tadbir.ui.paging import page_of, page_of_list

SHOWN = (
    ("work", gettext_lazy("My duties")),
    ("mine", gettext_lazy("In my name")),
    ("all", gettext_lazy("All I may see")),
)


def _address(request: OfficeRequest, tray: Tray) -> str:
    """Where a tray opens for this agent: its own page where it has one that he may open, else the list."""
    if tray.address and (tray.right is None or holds(request, tray.right)):
        return reverse(tray.address)
    return reverse("office-tray", args=[tray.code])


def _many(count: int) -> str:
    """What a tray says: exact as far as it is counted."""
    return str(count) if count <= COUNTED else f"{COUNTED}+"


@agent()
@require_safe
def home(request: OfficeRequest) -> HttpResponse:
    """My duties, the soonest first, and what lies in the trays."""
    show = request.GET.get("show", "work")
    late = request.GET.get("late") == "1"
    found = inbox.duties_for(request.person, request.roles, show=show, late=late)
    counts = tray_counts(dossiers.visible_to(request.person, request.roles))
    lying = [(_address(request, one), one.label, _many(counts[one.code])) for one in trays()]
    context = {
        "page": page_of(found, request, by=("due", "pk"), read=inbox.lines_of),
        "show": show,
        "late": late,
        "shown": SHOWN,
        "recorded": unseen_as_mine(request.person) if holds(request, Right.SIGN) else [],
        "trays": lying,
        "waits": any(count != "0" for _address, _name, count in lying),
    }
    return render(request, "desk/home.html", context)


@agent()
@require_safe
def tray(request: OfficeRequest, tray: str) -> HttpResponse:
    """The dossiers of one tray."""
    found = tray_named(tray)
    if found is None:
        raise Http404
    lying = in_tray(dossiers.visible_to(request.person, request.roles), found)
    page = page_of(lying, request, by=("opened_on", "pk"), read=finding.lines_of)
    context = {"page": page, "rows": page.items, "name": found.label}
    return render(request, "desk/tray.html", context)


@agent(Right.OVERSEE)
@require_safe
def late(request: OfficeRequest) -> HttpResponse:
    """What is late, by unit."""
    unit = request.GET.get("unit", "")
    chosen = int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None
    page = page_of(inbox.late_duties(request.person, chosen), request, by=("due", "pk"), read=inbox.lines_of)
    context = {"page": page, "units": inbox.late_by_unit(request.person), "chosen": chosen}
    return render(request, "desk/late.html", context)


@agent()
@require_safe
def search(request: OfficeRequest) -> HttpResponse:
    """Find a dossier by number, name, telephone or words; a whole number, its own or a paper's, opens it."""
    question = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    visible = dossiers.visible_to(request.person, request.roles)
    if question:
        if number := finding.opened_by(visible, question):
            return redirect("office-dossier", number)
        found = finding.find(visible, question)
        page = page_of_list(found, request)
        rows = finding.numbered(visible, page.items)
    else:
        page = page_of(visible, request, by=("-opened_at", "-pk"), count=False, read=finding.lines_of)
        rows = list(page.items)
    context = {"question": question, "page": page, "rows": rows}
    return render(request, "desk/search.html", context)
