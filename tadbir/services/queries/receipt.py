"""The page of a receipt: what the paper says, and where its delay stands today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Q

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import local_date
from tadbir.desk.added import SENT
from tadbir.desk.followed import Followed
from tadbir.desk.papers import KINDS

#: What the page says of a receipt; the row has three times as many columns.
_OF_RECEIPT = ("council", "kind", "number", "check_code", "content__body")


@dataclass(frozen=True)
class Lacked:
    """What the receipt says that the request lacks, and the day on which it came since."""

    text_ar: str
    text_fr: str
    came_on: date | None = None


@dataclass(frozen=True)
class ReceiptView:
    """What the page of a receipt shows: what the paper says, what came since, and the clock of today."""

    paper: Act | None
    said: dict[str, Any]  # the `receipt` part of the paper: state, missing, supply_by…
    clock: dict[str, Any] | None
    regime: law.Regime
    missing: tuple[Lacked, ...] = ()
    besides: tuple[Lacked, ...] = ()

    @property
    def lacks_still(self) -> bool:
        """Whether a document that it lists as missing did not come yet."""
        return any(one.came_on is None for one in self.missing)


def _since(followed: Followed, listed: Sequence[dict[str, str]]) -> tuple[Lacked, ...]:
    """What a receipt lists, and what came of it since: the paper names documents by their Arabic label, alone or after
    how they are given."""
    sheet, came = followed.dossier.sheet, dict[str, date]()
    sent = bool(listed) and any(fact.kind in SENT for fact in followed.facts)  # else nothing came since
    for row in followed.documents if sent else ():
        if sheet and (document := sheet.parsed.document(row.requirement)):
            came.setdefault(document.ar, local_date(row.brought_at))
    days = [
        next((day for ar, day in came.items() if f": {one['text_ar']}".endswith(f": {ar}")), None) for one in listed
    ]
    return tuple(Lacked(one["text_ar"], one["text_fr"], day) for one, day in zip(listed, days, strict=True))


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
    lists = (_since(followed, said.get(name, ())) for name in ("missing", "besides"))
    return ReceiptView(paper, said, followed.clock if shown else None, regime, *lists)
