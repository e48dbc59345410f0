"""The remedies that a person uses: one tap after a lapse or a refusal, and early too (law 55-19, article 21)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils.actions import require
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.register.actions import once
from tadbir.services import papers
from tadbir.services.actions.verbs import require_asked_here, require_counter
from tadbir.services.notices import tell

#: The first remedy inside the administration, by regime.
APPEAL_FACT = {"31-13": "complaint_to_head"}
ANSWER_FACT = {"appeal_filed": "appeal_answered", "complaint_to_head": "complaint_answered"}


def file_appeal(dossier: Dossier, text: str, key: str, *, level: str = "president", by: Person | None = None) -> Fact:
    """File an appeal and give its receipt; a repeated send gives the first one back. An early one is accepted."""

    def do() -> dict[str, Any]:
        facts = clockwork.facts_of(dossier)
        kinds = [fact.kind for fact in facts]
        refused = any(fact.kind == "notified" and fact.data.get("sense") != "granted" for fact in facts)
        against = "refusal" if refused else "lapse" if "lapsed" in kinds else "early"
        fact = dossiers.record(
            dossier,
            APPEAL_FACT.get(dossier.kind, "appeal_filed"),
            by=by,
            source="counter" if by else "online",
            data={"level": level, "against": against},
            private={"text": text} if text.strip() else None,
        )
        papers.issue_appeal_receipt(dossier, fact, by)
        tell(dossier.applicant, "appeal_receipt", dossier, key=f"appeal:{fact.pk}")
        return {"fact": fact.pk}

    if by is not None:
        require_counter(by, dossier)
    answer = once("appeal", key, {"dossier": dossier.pk, "level": level}, do)
    return Fact.objects.get(pk=answer["fact"])


@transaction.atomic
def answer_appeal(dossier: Dossier, person: Person, appeal: Fact, sense: str, reasons: str) -> Fact:
    """The president's answer to an appeal, by letter; reasons are obligatory when it is rejected (law 03-01)."""
    require(person, Right.ANSWER_APPEALS)
    require_asked_here(dossier, appeal)
    if sense != "granted" and not reasons.strip():
        raise ValidationError({"reasons": _("A rejected appeal needs reasons, in fact and in law (law 03-01).")})
    data = {"asked": str(appeal.pk), "sense": sense}
    fact = dossiers.record(dossier, ANSWER_FACT[appeal.kind], by=person, data=data, private={"reasons": reasons})
    papers.issue_appeal_answer(dossier, fact, reasons, person)
    tell(dossier.applicant, "appeal_answered", dossier, key=f"appeal_answered:{fact.pk}")
    return fact


@transaction.atomic
def ask_reasons(dossier: Dossier, by: Person | None = None) -> Fact:
    """After an implied refusal, ask for its reasons (law 03-01, article 5)."""
    if by is not None:
        require_counter(by, dossier)
    return dossiers.record(dossier, "reasons_asked", by=by, source="counter" if by else "online")


@transaction.atomic
def give_reasons(dossier: Dossier, person: Person, asked: Fact, reasons: str) -> Fact:
    """Give the reasons of an implied refusal."""
    dossiers.require_work(person, dossier)
    require_asked_here(dossier, asked)
    if not reasons.strip():
        raise ValidationError({"reasons": _("Give the reasons, in fact and in law (law 03-01).")})
    fact = dossiers.record(
        dossier, "reasons_given", by=person, data={"asked": str(asked.pk)}, private={"reasons": reasons}
    )
    tell(dossier.applicant, "reasons_given", dossier, key=f"reasons:{fact.pk}")
    return fact


def tell_of_lapse(dossier: Dossier, fact: Fact) -> None:
    """When the council's delay lapses, the person is told, with the remedy that opens (called by `tick`)."""
    if fact.data.get("owner") in ("user", "requester", "petitioner"):
        return
    notice = tell(dossier.applicant, "lapsed", dossier, key=f"lapsed:{fact.pk}")
    if notice is not None:
        dossiers.record(dossier, "person_told_of_lapse", source="tick", data={"lapse": str(fact.pk)}, check=False)
