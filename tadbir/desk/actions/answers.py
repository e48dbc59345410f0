"""Answers, to a request or to an appeal against it: half written, signed by somebody who has the power that day,
numbered, sealed, notified. Only the notification answers.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.acts.models import Act, Draft, Means
from tadbir.acts.queries import as_shown
from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.desk import papers
from tadbir.desk.notices import tell, tell_agent
from tadbir.desk.words import SENSES
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story


@transaction.atomic
def draft_outcome(
    dossier: Dossier,
    person: Person,
    sense: str,
    body_ar: str,
    reasons_ar: str = "",
    body_fr: str = "",
    reasons_fr: str = "",
    *,
    unreasoned: bool = False,
    shown: str,
) -> Draft:
    """Write the answer. Reasons in fact and in law are obligatory when it is not wholly favourable.

    Law 55-19, article 18, and law 03-01, article 1: without them the decision is unlawful. A French copy that goes
    to somebody who asked in French carries them too. `unreasoned`: taken by necessity without its reasons, which are
    then given to whoever asks (law 03-01, article 4); the letter says so in their place. `shown`: the answer as the
    page displayed it; what somebody else wrote since is not dropped (Changed).
    """
    dossiers.require_work(person, dossier)
    if sense not in SENSES:
        raise ValidationError({"sense": _("Choose the sense of the answer.")})
    unreasoned = unreasoned and sense != "granted"
    if unreasoned:
        reasons_ar, reasons_fr = papers.UNREASONED.ar, papers.UNREASONED.fr if body_fr.strip() else ""
    if sense != "granted" and not reasons_ar.strip():
        raise ValidationError({"reasons_ar": _("A negative answer needs reasons, in fact and in law (law 03-01).")})
    if not body_ar.strip():
        raise ValidationError({"body_ar": _("Write the letter.")})
    if reasons_fr.strip() and not body_fr.strip():
        raise ValidationError({"body_fr": _("Write the letter.")})
    copied = dossier.language == "fr" and body_fr.strip()
    if copied and sense != "granted" and not reasons_fr.strip():
        raise ValidationError({"reasons_fr": _("The French copy needs the reasons too, or leave the copy out.")})
    dossier = dossiers.lock(dossier)
    story = Story(clockwork.facts_of(dossier))
    papers.shown(dossier, papers.answer_being_prepared(dossier, story)).require(shown)
    asked = papers.to_answer(dossier, story)
    permission = clockwork.may(dossier, papers.may_write(asked), facts=story.facts)
    if not permission:
        raise dossiers.Refused(permission)
    if unreasoned and not papers.may_be_unreasoned(dossier, asked):
        raise ValidationError({"unreasoned": _("The law of this dossier knows no decision without its reasons.")})
    if asked is not None and papers.answer_to_notify(dossier) is not None:
        raise ValidationError(_("An answer is signed: notify it first."))
    arabic, french = papers.with_reasons(body_ar, reasons_ar, "ar"), papers.with_reasons(body_fr, reasons_fr, "fr")
    return papers.draft_answer(dossier, sense, arabic, french, person, asked, unreasoned=unreasoned)


def _require_own(paper: Draft | Act, dossier: Dossier) -> None:
    """Raise ValidationError for the paper of another dossier."""
    if paper.dossier_ref != dossier.number or paper.council_id != dossier.council_id:
        raise ValidationError(_("This paper belongs to another dossier."))


@transaction.atomic
def sign_outcome(
    draft: Draft,
    dossier: Dossier,
    person: Person,
    signatory: Person,
    *,
    means: str,
    on: date | None = None,
    file: bytes | None = None,
    shown: str,
) -> Act:
    """Record the signature, then number and seal the answer, and tell a signatory who did not do it himself.

    In his own session the signatory need not work on the dossier; whoever records another signature does.
    `shown`: the answer as the page displayed it; raises Changed when it is another by now.
    `file` is the scan (it may come later) or the PDF with the qualified signature. Raises NoSigningPower with
    the article when the signatory had no power that day.
    """
    if means == Means.SESSION:
        dossiers.refuse_erased(dossier)
    else:
        dossiers.require_work(person, dossier)
    _require_own(draft, dossier)
    dossier, draft = dossiers.lock(dossier), acts.lock_draft(draft)
    papers.shown(dossier, draft).require(shown)
    sense, asked = papers.sense_of(draft), papers.asked_by(draft, dossier)
    acts.sign(draft, signatory, by=person, on=on, means=means, file=file, unit=dossier.unit)
    act = acts.issue_draft(draft)
    data = {"sense": sense, "act": act.number} | ({"asked": str(asked.pk)} if asked else {})
    dossiers.record(dossier, "answer_signed" if asked else "outcome_signed", by=person, data=data)
    if signatory != person:
        tell_agent(signatory, "signed_for_you", dossier, key=f"signed:{act.number}", act=act.number, by=str(person))
    return act


@transaction.atomic
def notify_outcome(
    act: Act, dossier: Dossier, person: Person, *, how: str, on: date, proof: str, file: bytes | None = None, shown: str
) -> Fact:
    """Record that the person was notified, how, when, and the proof: only this discharges the duty to answer.

    `shown`: the act as the page displayed it.
    """
    dossiers.require_work(person, dossier)
    _require_own(act, dossier)
    dossier, act = dossiers.lock(dossier), acts.lock_act(act)
    as_shown(act).require(shown)
    acts.mark_notified(act, how, on, proof, file)
    asked = papers.asked_by(act, dossier)
    data: dict[str, Any] = {"act": act.number, "means": how, "sense": papers.sense_of(act)}
    data |= {"asked": str(asked.pk)} if asked else {}
    data |= {"unreasoned": True} if papers.is_unreasoned(act) else {}
    moment = None if on == today() else on
    kind = papers.notified_by(asked)
    fact = dossiers.record(dossier, kind, at=moment, by=person, data=data, private={"proof": proof})
    if asked is None:
        tell(dossier.applicant, "outcome", dossier, key=f"outcome:{fact.pk}")
    else:
        tell(dossier.applicant, "appeal_answered", dossier, key=f"appeal_answered:{fact.pk}")
    return fact
