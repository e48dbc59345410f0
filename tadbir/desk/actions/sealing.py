"""Every paper that somebody signs, answer or letter: signed by somebody who has the power that day, numbered, sealed,
notified. What its signature and its notification record is the paper's own (`papers.on_signature`)."""

from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft, Means, NoticeMeans
from tadbir.acts.queries import printed_base
from tadbir.acts.recognition import Reading
from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.desk import papers
from tadbir.desk.actions.checks import require_counter, require_own, require_seen
from tadbir.desk.actions.letters import require_signable
from tadbir.desk.notice_words import remedy_named
from tadbir.desk.notices import tell, tell_agent
from tadbir.desk.papers.standing import require_notified_by
from tadbir.desk.shown import act_shown
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.actions import Happening
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.queries import works_on
from tadbir.dossiers.story import Story


@transaction.atomic
def sign_paper(
    draft: Draft,
    dossier: Dossier,
    person: Person,
    signatory: Person,
    *,
    means: str,
    on: date | None = None,
    file: bytes | None = None,
    scan: Reading | None = None,
    unread: bool = False,
    seen: bool = False,
    shown: str,
) -> Act:
    """Record the signature, then number and seal the paper, and tell a signatory who did not do it himself.

    In his own session the signatory need not work on the dossier; whoever records another signature does.
    `shown`: the paper as the page displayed it, with the dates counted that day; raises Changed when it is another by
    now. `scan`: the paper signed by hand, read by `acts.read_scan` (it may come later): with or without it, it takes
    `seen`, the person saw the signature, and where no code is readable `unread` too; that of another paper is refused.
    `file`: the PDF with the qualified signature. Raises NoSigningPower with the article when the signatory had no power
    that day, Refused when the law no longer allows what a letter does.
    """
    if means == Means.SESSION:
        dossiers.refuse_erased(dossier)
    else:
        dossiers.require_work(person, dossier)
    require_own(draft, dossier)
    if scan is not None and scan.other is None:  # that of another paper is refused by `acts.sign`
        if not scan.recognised and not unread:
            raise ValidationError({"unread": _("Say that you go on without a readable code, or give another scan.")})
        require_seen(seen)
    if scan is None and means == Means.WET_INK:
        require_seen(seen, scanned=False)
    dossier, draft = dossiers.lock(dossier), acts.lock_draft(draft)
    papers.shown_to_sign(dossier, draft, signatory if means == Means.SESSION else None).require(shown)
    require_signable(dossier, draft)
    acts.sign(draft, signatory, by=person, on=on, means=means, file=file, scan=scan, unit=dossier.unit)
    act = acts.issue_draft(draft, counted=papers.counted(dossier, draft))
    happening = papers.on_signature(dossier, draft, act.number)
    _record(dossier, happening, person)
    if signatory != person:
        values = {"act": act.number, "by": str(person), "address": f"{printed_base(dossier.council)}/office/signing/"}
        tell_agent(signatory, "signed_for_you", dossier, key=f"signed:{act.number}", **values)
    return act


def _record(dossier: Dossier, happening: Happening, person: Person) -> Fact:
    return dossiers.record_all(dossier, [happening], by=person).facts[0]


@transaction.atomic
def notify_paper(
    act: Act, dossier: Dossier, person: Person, *, how: str, on: date, proof: str, file: bytes | None = None, shown: str
) -> Fact:
    """Record that the person was notified, how, when, and the proof: only this discharges the duty to answer, and only
    this takes the step of a letter that is notified. Of one whose step stands already, it records that it arrived.

    `shown`: the act as the page displayed it. Whoever serves at the counter records what was handed over there.
    Raises PermissionDenied for another notification by somebody who does not work on the dossier, ValidationError while
    the decision before this answer was not notified, or for a day after what followed a notification struck out.
    """
    if how == NoticeMeans.IN_HAND and not works_on(person, dossier):
        require_counter(person, dossier)
        dossiers.refuse_erased(dossier)
    else:
        dossiers.require_work(person, dossier)
    require_own(act, dossier)
    dossier, act = dossiers.lock(dossier), acts.lock_act(act)
    act_shown(act).require(shown)
    if before := papers.notified_before(act, dossier):
        raise ValidationError(
            _("Letter %(number)s must be notified first: this one answers what came after it."),
            params={"number": before.number},
        )
    require_notified_by(act, dossier, on)
    handed = _handed(dossier, act)
    acts.mark_notified(act, how, on, proof, file)
    happening = papers.on_notification(dossier, act, how, proof, handed)
    fact = _record(dossier, replace(happening, at=None if on == today() else on), person)
    if papers.step_of(act) is None:  # who takes a step tells it in words of its own
        asked = papers.asked_by(act, dossier)
        code = "appeal_answered" if asked else "outcome"
        what = remedy_named(dossier, asked.kind) if asked else ""
        tell(dossier.applicant, code, dossier, key=f"{code}:{fact.pk}", in_hand=True, what=what)
    return fact


def _handed(dossier: Dossier, act: Act) -> papers.ToHandOver | None:
    """What is recorded of a letter that stands by its signature. Raises ValidationError where nothing is to be."""
    if kind_of(act.kind).notified or act.notified_on is not None:
        return None
    waiting = papers.to_hand_over(dossier, Story(clockwork.facts_of(dossier)), [act])
    if not waiting:
        raise ValidationError(_("Nobody waits to know whether this letter arrived."))
    return waiting[0]
