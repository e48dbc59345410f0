"""The outcome: half written, signed by somebody who has the power that day, numbered, sealed, notified."""

from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.acts.models import Act
from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify.actions import tell
from tadbir.register.models import StoredFile
from tadbir.services import papers
from tadbir.services.actions.drafts import keep_upload

SENSES = ("granted", "partial", "refused")


@transaction.atomic
def draft_outcome(
    dossier: Dossier, person: Person, sense: str, body_ar: str, reasons_ar: str = "", body_fr: str = ""
) -> Act:
    """Write the answer. Reasons in fact and in law are obligatory when it is not wholly favourable.

    Law 55-19, article 18, and law 03-01, article 1: without them the decision is unlawful.
    """
    dossiers.require_work(person, dossier)
    if sense not in SENSES:
        raise ValidationError({"sense": _("Choose the sense of the answer.")})
    if sense != "granted" and not reasons_ar.strip():
        raise ValidationError({"reasons_ar": _("A negative answer needs reasons, in fact and in law (law 03-01).")})
    if not body_ar.strip():
        raise ValidationError({"body_ar": _("Write the letter.")})
    return papers.draft_answer(dossier, sense, body_ar, reasons_ar, body_fr)


@transaction.atomic
def sign_outcome(
    act: Act, dossier: Dossier, person: Person, signatory: Person, *, means: str,
    scan: StoredFile | None = None, signed_pdf: bytes | None = None,
) -> Fact:  # fmt: skip
    """Record the signature (wet ink and scan, or a qualified signature), number and seal the answer.

    Raises ValidationError with the article when the signatory had no power that day.
    """
    dossiers.require_work(person, dossier)
    sense = papers.sense_of(act)
    signed = acts.sign(act, signatory=signatory, means=means, on=today(), scan=scan, signed_pdf=signed_pdf)
    return dossiers.record(dossier, "outcome_signed", by=person, data={"sense": sense, "act": signed.number})


def keep_scan(stream: IO[bytes], size: int) -> StoredFile:
    """Check and keep the scan of the signed paper."""
    return keep_upload(stream, size)


@transaction.atomic
def notify_outcome(
    act: Act, dossier: Dossier, person: Person, *, means: str, proof: str, proof_file: StoredFile | None = None
) -> Fact:
    """Record that the person was notified, how, and the proof: only this discharges the duty to answer."""
    dossiers.require_work(person, dossier)
    if not proof.strip() and proof_file is None:
        raise ValidationError({"proof": _("Notification needs its proof: sending alone starts no delay.")})
    acts.mark_notified(act, means=means, at=today(), proof=proof, proof_file=proof_file)
    data = {"act": act.number, "means": means, "sense": papers.sense_of(act)}
    fact = dossiers.record(dossier, "notified", by=person, data=data, private={"proof": proof})
    tell(dossier.applicant, "outcome", dossier, key=f"outcome:{fact.pk}")
    return fact
