"""One dossier as the person who asked sees it: clock, what he must do now, history, papers, remedies.

The vocabulary is the law's. What the office says to itself (opinions, reassignments, drafts) never passes here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import local_date
from tadbir.councils.models import in_language
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.services.actions.appeals import ANSWER_FACT, APPEAL_FACT
from tadbir.services.queries.residents import papers_for
from tadbir.services.regimes import REGIMES

#: The facts that a person sees; anything not named here stays inside.
PUBLIC_FACTS = frozenset(
    {
        "filed",
        "missing_listed",
        "document_received",
        "completed",
        "replacement_asked",
        "replacement_received",
        "original_asked",
        "original_received",
        "information_asked",
        "information_received",
        "extended",
        "withdrawn",
        "misdirected",
        "duplicate_of",
        "file_returned",
        "notified",
        "delivered_on_spot",
        "lapsed",
        "appeal_filed",
        "appeal_answered",
        "governor_invited",
        "grievance_filed",
        "grievance_answered",
        "court_seised",
        "reasons_asked",
        "reasons_given",
        "extension_notified",
        "complaint_to_head",
        "complaint_answered",
        "cdai_seised",
        "cdai_answered",
        "rectified",
        "access_given",
        "acknowledged",
        "defect_notified",
        "bureau_accepted",
        "bureau_refused",
        "put_on_agenda",
    }
)
ASKING = ("replacement_asked", "original_asked", "information_asked")
APPEALS = frozenset(ANSWER_FACT)


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    at: datetime | date
    title: str
    text: str = ""
    corrected: bool = False


@dataclass(frozen=True)
class Todo:
    """Something the council waits for from the person, and the date to do it before."""

    kind: str
    label: str
    before: date | None
    document: str = ""
    reason: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is answered in words rather than with a document."""
        return self.kind == "information_asked"


@dataclass(frozen=True)
class Appeal:
    """The remedy inside the administration: whether it is open, until when, and one already filed."""

    may: bool
    early: bool
    before: date | None
    reasons: tuple[str, ...] = ()
    filed_on: date | None = None
    answered: bool = False
    answer_by: date | None = None


@dataclass(frozen=True)
class PublicView:
    """Everything the page of a dossier shows."""

    dossier: Dossier
    state: str  # code of what is said in large type: filing, filed, waiting, answered, closed…
    clock: dict[str, Any] | None
    todos: list[Todo]
    history: list[Step]
    papers: list[Act]
    documents: list[Document]
    appeal: Appeal
    may_withdraw: bool
    may_ask_reasons: bool
    sense: str = ""
    facts: list[Fact] = field(default_factory=list, repr=False)


def clock_of(duty: Duty) -> dict[str, Any]:
    """A duty as the clock bar reads it. A person is only ever advised the earliest date."""
    told, theirs = duty.explanation, duty.owner in law.PERSONS
    due = (duty.file_before or duty.do_by) if theirs else duty.do_by
    return {
        "starts_on": duty.starts_on,
        "do_by": due,
        "suspensions": duty.suspended,
        "discharged_on": duty.discharged_on,
        "sentence_ar": told.get("ar", ""),
        "sentence_fr": told.get("fr", ""),
        "article": told.get("article", ""),
        "law": told.get("law", ""),
        "confidence": told.get("confidence", ""),
        "steps": told.get("steps", []),
        "owner": duty.owner,
    }


def shows_delay(facts: Sequence[Fact]) -> bool:
    """Whether the request was filed under an adopted sheet: a draft shows no legal delay."""
    return any(fact.kind == "filed" and fact.data.get("adopted") for fact in facts)


def _before(duties: Sequence[Duty], fact: Fact) -> date | None:
    rows = [row for row in duties if row.explanation.get("trigger") == str(fact.pk) and row.over_on is None]
    return next((row.file_before for row in rows if row.owner in law.PERSONS and row.file_before), None)


def _alive(facts: Sequence[Fact]) -> list[Fact]:
    voided = {fact.voids_id for fact in facts if fact.voids_id}
    return [fact for fact in facts if fact.pk not in voided]


def _body(fact: Fact) -> dict[str, Any]:
    return (fact.content.body or {}) if fact.content else {}


def _todos(dossier: Dossier, facts: Sequence[Fact], duties: Sequence[Duty], brought: set[str]) -> list[Todo]:
    """Missing documents of an incomplete file, then the questions that nobody answered yet."""
    sheet = dossier.sheet.parsed if dossier.sheet else None
    found: list[Todo] = []
    kinds = {fact.kind for fact in facts}
    if dossier.closed_at is None and "completed" not in kinds:
        for fact in (fact for fact in facts if fact.kind == "missing_listed"):
            for code in fact.data.get("documents", []):
                document = sheet.document(code) if sheet else None
                if document and code not in brought:
                    found.append(Todo(fact.kind, document.label, _before(duties, fact), code))
    answered = {str(fact.data["asked"]) for fact in facts if "asked" in fact.data and fact.kind != "request_received"}
    for fact in facts:
        if fact.kind in ASKING and str(fact.pk) not in answered and dossier.closed_at is None:
            document = sheet.document(str(fact.data.get("document"))) if sheet else None
            words = law.FACTS[fact.kind]
            label = document.label if document else in_language(words.ar, words.fr)
            reason = str(_body(fact).get("reason", ""))
            found.append(Todo(fact.kind, label, _before(duties, fact), str(fact.data.get("document", "")), reason))
    return found


def _when(fact: Fact) -> datetime | date:
    """The moment it happened; the day alone when only the day is known (a lapse, a paper dated by hand)."""
    day = local_date(fact.happened_at)
    return day if clockwork.day_start(day) == fact.happened_at else fact.happened_at


def _history(dossier: Dossier, facts: Sequence[Fact]) -> list[Step]:
    voided = {fact.voids_id for fact in facts if fact.voids_id}
    sheet, found = (dossier.sheet.parsed if dossier.sheet else None), []
    for fact in facts:
        inside = fact.kind == "lapsed" and fact.data.get("owner") in law.PERSONS
        if fact.kind not in PUBLIC_FACTS or inside or fact.source == "relay":
            continue
        words = law.FACTS[fact.kind]
        document = sheet.document(str(fact.data.get("document"))) if sheet and "document" in fact.data else None
        text = document.label if document else str(fact.data.get("dossier", ""))
        found.append(Step(_when(fact), in_language(words.ar, words.fr), text, fact.pk in voided))
    return found


def _appeal(dossier: Dossier, facts: Sequence[Fact], duties: Sequence[Duty]) -> Appeal:
    kind = APPEAL_FACT.get(dossier.kind, "appeal_filed")
    permission = clockwork.may(dossier, kind, facts=list(facts))
    filed = next((fact for fact in reversed(_alive(facts)) if fact.kind in APPEALS), None)
    answered = filed is not None and any(
        fact.kind == ANSWER_FACT[filed.kind] and fact.data.get("asked") == str(filed.pk) for fact in facts
    )
    answer_by = next(
        (
            row.do_by
            for row in duties
            if filed and row.explanation.get("trigger") == str(filed.pk) and row.owner in dossiers.OURS
        ),
        None,
    )
    rights = [row for row in duties if row.rule in ("PROC-APPEAL", "ATI-COMPLAIN") and row.over_on is None]
    return Appeal(
        may=permission.allowed and filed is None,
        early=permission.early,
        before=next((row.file_before for row in rights if row.file_before), None),
        reasons=tuple(in_language(reason.ar, reason.fr) for reason in permission.reasons),
        filed_on=local_date(filed.happened_at) if filed else None,
        answered=answered,
        answer_by=answer_by,
    )


def _lapsed(facts: Sequence[Fact]) -> bool:
    """Whether a delay of the council ran out."""
    return any(fact.kind == "lapsed" and fact.data.get("owner") not in law.PERSONS for fact in facts)


def _state(dossier: Dossier, facts: Sequence[Fact], todos: Sequence[Todo]) -> str:
    """Which sentence stands at the top of the page."""
    kinds = {fact.kind for fact in facts}
    if dossier.closed_by_kind:
        return "answered" if dossier.closed_by_kind in ("notified", "delivered_on_spot") else dossier.closed_by_kind
    if "missing_listed" in kinds and "completed" not in kinds:
        return "filing"
    if todos:
        return "waiting"
    if kinds & APPEALS:
        return "appealed"
    return "late" if _lapsed(facts) else "study"


def public_view_of(dossier: Dossier) -> PublicView:
    """Read a dossier once, whole, for the person who asked (at most six queries)."""
    facts = list(Fact.objects.filter(dossier=dossier).select_related("content").order_by("pk"))
    duties = list(dossiers.duties(dossier))
    documents = list(dossiers.documents(dossier))
    alive = _alive(facts)
    todos = _todos(dossier, alive, duties, {row.requirement for row in documents})
    clock = dossiers.choose_clock(duties) if shows_delay(facts) else None
    told = next((fact for fact in reversed(alive) if fact.kind == "notified"), None)
    return PublicView(
        dossier=dossier,
        state=_state(dossier, alive, todos),
        clock=clock_of(clock) if clock else None,
        todos=todos,
        history=_history(dossier, facts),
        papers=papers_for(dossier),
        documents=documents,
        appeal=_appeal(dossier, facts, duties),
        may_withdraw=clockwork.may(dossier, "withdrawn", facts=facts).allowed,
        may_ask_reasons=_lapsed(alive) and clockwork.may(dossier, "reasons_asked", facts=facts).allowed,
        sense=str(told.data.get("sense", "")) if told else "",
        facts=facts,
    )


@dataclass(frozen=True)
class ReceiptView:
    """What the page of a receipt shows: what the paper says, and the clock of today."""

    paper: Act | None
    said: dict[str, Any]  # the `receipt` part of the paper: state, missing, supply_by…
    clock: dict[str, Any] | None


def receipt_view_of(dossier: Dossier) -> ReceiptView:
    """The latest receipt of the filing, as it was given (two queries); its words are gone when they were erased."""
    papers = Act.objects.filter(dossier_ref=dossier.number, kind="receipt").select_related("content").order_by("-pk")
    title = REGIMES[dossier.kind].receipt_ar  # the receipt of an appeal has another
    paper = next((act for act in papers if (act.content.body or {"title_ar": title})["title_ar"] == title), None)
    said: dict[str, Any] = (paper.content.body or {}).get("receipt", {}) if paper else {}
    shown = said.get("clock") or said.get("state") == "filing"  # a draft sheet shows no legal delay
    clock = dossiers.main_clock(dossier) if shown else None
    return ReceiptView(paper, said, clock_of(clock) if clock else None)
