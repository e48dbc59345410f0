"""The register: what was recorded, in order; checking the chain; its pages to be signed off."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.ledgers.queries import register as read
from tadbir.register.queries import breaks_of_chain, head
from tadbir.ui.paging import page_of

BREAKS_SHOWN = 20


@agent(Right.READ_REGISTER)
@require_safe
def register(request: OfficeRequest) -> HttpResponse:
    """The links of the chain, the newest first; `?check=1` walks the whole chain."""
    kind = request.GET.get("kind", "")[:60]
    page = page_of(read.entries(kind), request, by=("-seq",))
    checked = request.GET.get("check") == "1"
    breaks = [found for found, _rank in zip(breaks_of_chain(), range(BREAKS_SHOWN), strict=False)] if checked else []
    seq, digest = head()
    context = {
        "page": page,
        "rows": read.with_signatures(page.items),
        "checked": checked,
        "breaks": breaks,
        "seq": seq,
        "digest": digest,
        "kinds": read.kinds(),
        "kind": kind,
    }
    return render(request, "ledgers/register.html", context)


@agent(Right.READ_REGISTER)
@require_safe
def readings(request: OfficeRequest) -> HttpResponse:
    """Who read whose personal data (law 09-08, articles 23 and 24)."""
    page = page_of(read.readings(), request, by=("-pk",))
    return render(request, "ledgers/readings.html", {"page": page, "rows": read.with_numbers(page.items)})
