"""What the page of a dossier shows, in plain words: who, what, clocks, documents, papers, history, links."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act
from tadbir.councils.models import in_language
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier, Fact, Party
from tadbir.services.forms.counter import IDENTITIES, ScanForm
from tadbir.services.office.desk import Desk
from tadbir.services.papers import answer_being_prepared, papers_of
from tadbir.services.queries import agents as read
from tadbir.services.queries.erasure import GROUNDS, erasure_of, signed_registers
from tadbir.ui.dates import as_date, day_words

#: Keys of what was typed in a fact, in the order a reader wants them.
_TYPED = ("reason", "question", "answer", "text", "to", "reasons", "proof")


@dataclass(frozen=True)
class Line:
    """One line of the history."""

    fact: Fact
    title: str
    text: str
    by: str
    struck: str = ""  # why it was corrected, when it was
    recorded_later: datetime | None = None


def _name(kind: str) -> str:
    words = law.FACTS.get(kind)
    return in_language(words.ar, words.fr) if words else kind


def _detail(fact: Fact, dossier: Dossier) -> str:
    """The small typed fields of a fact, in words."""
    sheet, data = dossier.sheet.parsed if dossier.sheet else None, fact.data
    codes = [*data.get("documents", ()), *([data["document"]] if data.get("document") else [])]
    labels = [found.label if sheet and (found := sheet.document(code)) else str(code) for code in codes]
    said = "، ".join(labels) if in_language("ar", "fr") == "ar" else ", ".join(labels)
    if data.get("sense"):
        senses = {"granted": _("granted"), "partial": _("granted in part"), "refused": _("refused")}
        said = senses.get(data["sense"], "")
    if data.get("act"):
        said = f"{said} · {data['act']}" if said else str(data["act"])
    if fact.kind == "duplicate_of":
        said = str(data.get("dossier", ""))
    return said


def history(desk: Desk) -> list[Line]:
    """Every fact, oldest first; a corrected one is struck out with the reason."""
    lines = []
    for fact in desk.facts:
        body = (fact.content.body or {}) if fact.content else {}
        typed = " ".join(str(body[name]) for name in _TYPED if body.get(name))
        if fact.content and fact.content.erased_at:
            typed = _("(erased as the law on personal data asks)")
        void = desk.voided.get(fact.pk)
        reason = str(((void.content.body or {}) if void.content else {}).get("reason", "")) if void else ""
        later = fact.recorded_at if fact.recorded_at.date() != fact.happened_at.date() else None
        detail = _detail(fact, desk.dossier)
        lines.append(
            Line(
                fact,
                _name(fact.kind),
                " — ".join(part for part in (detail, typed) if part),
                str(fact.by or ""),
                struck=(reason or "—") if void else "",
                recorded_later=later,
            )
        )
    return lines


def party_rows(party: Party) -> list[tuple[str, Any]]:
    """Who somebody is, for the page."""
    seen = dict(IDENTITIES).get(party.identity_kind, party.identity_kind)
    on = f" · {day_words(party.identity_seen_on)}" if party.identity_seen_on else ""
    return [
        (_("Name"), party.name),
        (_("He is"), party.get_kind_display()),
        (_("Phone"), party.phone),
        (_("E-mail"), party.email),
        (_("Address"), party.address),
        (_("Identity document seen"), f"{seen}{on}" if on else ""),
    ]


def answers_rows(dossier: Dossier) -> list[tuple[str, Any]]:
    """What was asked, question by question."""
    found: list[tuple[str, Any]] = []
    sheet = dossier.sheet.parsed if dossier.sheet else None
    known = {question.code: question for question in sheet.questions} if sheet else {}
    for code, answer in dossier.answers.items():
        question = known.get(code)
        choices = {choice.code: choice.label for choice in question.choices} if question else {}
        day = as_date(answer) if question and question.type == "date" else None
        words = day_words(day) if day else choices.get(str(answer), answer)
        found.append((question.label if question else _("Letter"), words))
    return found


@dataclass(frozen=True)
class Paper:
    """One official paper of the dossier."""

    act: Act
    name: str
    waits_scan: bool


def papers(desk: Desk) -> list[Paper]:
    """The papers of a dossier, oldest first."""
    found = []
    for act in papers_of(desk.dossier):
        kind = kind_of(act.kind)
        waits = act.signed_means == "wet_ink" and act.signed_file_id is None
        found.append(Paper(act, in_language(kind.label_ar, kind.label_fr), waits))
    return found


def page_of_dossier(desk: Desk) -> dict[str, Any]:
    """Everything the page shows besides the verbs."""
    dossier, sheet = desk.dossier, desk.dossier.sheet.parsed if desk.dossier.sheet else None
    documents = [
        (
            document,
            label.label
            if sheet and (label := sheet.document(document.requirement))
            else document.name or _("another document"),
            None if document.file_id else ScanForm(auto_id=f"scan{document.pk}_%s"),
        )
        for document in desk.documents
    ]
    request = dossier.request.body if dossier.request else None
    return {
        "desk": desk,
        "dossier": dossier,
        "sheet": sheet,
        "clock": desk.main_clock,
        "clocks": desk.other_clocks,
        "applicant": party_rows(dossier.applicant) if dossier.applicant else [],
        "representative": party_rows(dossier.representative) if dossier.representative else [],
        "mandate": (request or {}).get("mandate", ""),
        "answers": answers_rows(dossier),
        "missing": desk.missing_documents,
        "questions": [(fact, _name(fact.kind), _detail(fact, dossier)) for fact in desk.questions],
        "documents": documents,
        "papers": papers(desk),
        "history": history(desk),
        "links": read.links_of(dossier, dossiers.visible_to(desk.person)),
        "erasure": erasure_shown(desk),
        "draft": answer_being_prepared(dossier),
        "answer": _answer_step(desk),
    }


def page_of_erasure(desk: Desk) -> dict[str, Any]:
    """What would go with the personal data of a dossier, and what would stay."""
    dossier = desk.dossier
    return {
        "dossier": dossier,
        "people": [one for one in (dossier.applicant, dossier.representative) if one],
        "documents": sum(1 for one in desk.documents if one.file_id),
        "papers": len(papers_of(dossier)),
        "registers": signed_registers(dossier),
        "facts": len(desk.facts),
    }


def erasure_shown(desk: Desk) -> dict[str, Any] | None:
    """When the personal data went, by whom, on what ground and why; None while they are there."""
    fact = erasure_of(desk.facts) if desk.dossier.erased_at else None
    if fact is None:
        return None
    said = (fact.content.body or {}) if fact.content else {}
    return {
        "fact": fact,
        "ground": GROUNDS.get(str(fact.data.get("ground")), ""),
        "reason": said.get("reason", ""),
        "registers": fact.data.get("registers", []),
    }


def _answer_step(desk: Desk) -> dict[str, Any]:
    """What may be done about the answer: write it, sign it, notify it, or why not yet."""
    sign, notify = desk.may("outcome_signed"), desk.may("notified")
    reasons = [in_language(reason.ar, reason.fr) for reason in (sign if not sign else notify).reasons]
    done = any(fact.kind == "notified" for fact in desk.alive)
    return {"write": bool(sign) and desk.works, "notify": bool(notify) and desk.works, "reasons": reasons, "done": done}
