"""The page of a receipt: what the paper says, and where its delay stands today."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Q

from tadbir import law
from tadbir.acts.models import Act
from tadbir.desk.followed import Followed
from tadbir.desk.papers import KINDS

#: What the page says of a receipt; the row has three times as many columns.
_OF_RECEIPT = ("council", "kind", "number", "check_code", "content__body")


@dataclass(frozen=True)
class ReceiptView:
    """What the page of a receipt shows: what the paper says, and the clock of today."""

    paper: Act | None
    said: dict[str, Any]  # the `receipt` part of the paper: state, missing, supply_by…
    clock: dict[str, Any] | None
    regime: law.Regime


def receipt_view_of(followed: Followed) -> ReceiptView:
    """The latest receipt of the filing, as it was given; its words are gone when they were erased."""
    dossier = followed.dossier
    answers = Q(kind__in=KINDS, notified_on=None, status=Act.Status.VALID)
    found = Act.objects.filter(Q(kind="receipt") | answers, dossier_ref=dossier.number).select_related("content")
    acts = sorted(found.only(*_OF_RECEIPT).order_by(), key=attrgetter("pk"))
    followed.ready = next((act for act in acts if act.kind != "receipt"), None)  # read with the receipts: one query
    papers = [act for act in reversed(acts) if act.kind == "receipt"]
    regime = law.REGIMES[dossier.kind]
    title = regime.receipt.ar if regime.receipt else ""  # the receipt of an appeal has another
    paper = next((act for act in papers if (act.content.body or {"title_ar": title})["title_ar"] == title), None)
    said: dict[str, Any] = (paper.content.body or {}).get("receipt", {}) if paper else {}
    shown = said.get("clock") or said.get("state") == "filing"  # a draft sheet shows no legal delay
    return ReceiptView(paper, said, followed.clock if shown else None, regime)
