"""The page of a receipt: what the paper says, and where its delay stands today."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from tadbir import law
from tadbir.acts.models import Act
from tadbir.desk.followed import clock_of
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier


@dataclass(frozen=True)
class ReceiptView:
    """What the page of a receipt shows: what the paper says, and the clock of today."""

    paper: Act | None
    said: dict[str, Any]  # the `receipt` part of the paper: state, missing, supply_by…
    clock: dict[str, Any] | None
    regime: law.Regime


def receipt_view_of(dossier: Dossier) -> ReceiptView:
    """The latest receipt of the filing, as it was given (two queries); its words are gone when they were erased."""
    found = Act.objects.filter(dossier_ref=dossier.number, kind="receipt").select_related("content").order_by()
    papers = sorted(found, key=attrgetter("pk"), reverse=True)
    regime = law.REGIMES[dossier.kind]
    title = regime.receipt.ar if regime.receipt else ""  # the receipt of an appeal has another
    paper = next((act for act in papers if (act.content.body or {"title_ar": title})["title_ar"] == title), None)
    said: dict[str, Any] = (paper.content.body or {}).get("receipt", {}) if paper else {}
    shown = said.get("clock") or said.get("state") == "filing"  # a draft sheet shows no legal delay
    clock = dossiers.main_clock(dossier) if shown else None
    if clock is not None:
        clockwork.explain(dossier, [clock])
    return ReceiptView(paper, said, clock_of(clock) if clock else None, regime)
