"""The signatory's own part: sending a letter back, and contesting a signature that somebody recorded as his."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts import actions as acts
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.councils.queries import people_with, signing_power
from tadbir.councils.rights import Right, holders
from tadbir.desk import papers
from tadbir.desk.actions.falling import return_unsignable
from tadbir.desk.notices import tell, tell_agent
from tadbir.desk.queries.signing import waiting
from tadbir.desk.shown import act_shown
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.reading.letters import has_words


@transaction.atomic
def send_back(draft: Draft, dossier: Dossier, person: Person, reason: str, *, shown: str) -> Fact:
    """Not sign a letter, and say why to whoever wrote it: nobody signs it before it is written or submitted again.

    `shown`: the letter as the page displayed it. Raises ValidationError where it was signed or sent back before.
    """
    dossiers.refuse_erased(dossier)
    if signing_power(person, draft.kind, today(), dossier.unit) is None:
        raise PermissionDenied(_("You do not sign this kind of letter for this unit."))
    if not has_words(reason):
        raise ValidationError({"reason": _("Say what must change.")})
    dossier, draft = dossiers.lock(dossier), acts.lock_draft(draft)
    if draft.sent_back_at is not None:
        raise ValidationError(papers.sent_back(draft))
    papers.shown_to_sign(dossier, draft, person).require(shown)
    draft = acts.send_draft_back(draft)
    data, private = {"draft": str(draft.pk)}, {"reason": reason.strip()}
    fact = dossiers.record(dossier, "letter_sent_back", by=person, data=data, private=private)
    if draft.prepared_by is not None and draft.prepared_by != person:
        tell_agent(draft.prepared_by, "letter_sent_back", dossier, key=f"sent-back:{fact.pk}", by=str(person))
    return fact


def leave_folders() -> int:
    """Take out of the folders the letters that nobody can sign any more, and those that were sent back while such a
    letter still stayed in them, and that nobody wrote or submitted since; how many."""
    found, returned = (
        0,
        Fact.objects.filter(kind="letter_sent_back", dossier__number__in=waiting().values("dossier_ref")),
    )
    for fact in returned.order_by("pk"):
        draft = waiting().filter(pk=fact.data["draft"], prepared_at__lte=fact.recorded_at).first()
        if draft is not None:
            acts.send_draft_back(draft, at=fact.recorded_at)
            found += 1
    return found + return_unsignable()


@transaction.atomic
def contest_signature(act: Act, dossier: Dossier, person: Person, reason: str, *, sure: bool, shown: str) -> Fact:
    """Say that one did not sign an act that somebody else recorded as signed by one's hand: it is annulled.

    What was recorded of it (its signature, its notification) is struck out, and the duties are as they were before.
    `shown`: the act as the page displayed it.
    """
    if act.signed_by_id != person.pk or act.recorded_by_id in (None, person.pk):
        raise PermissionDenied(_("Only he whose signature was recorded by somebody else contests it."))
    if not has_words(reason):
        raise ValidationError({"reason": _("Say what happened.")})
    if not sure:
        raise ValidationError({"sure": _("Say that you did not sign it.")})
    dossier, act, private = dossiers.lock(dossier), acts.lock_act(act), {"reason": reason.strip()}
    act_shown(act).require(shown)
    acts.annul(act, reason)
    alive = (fact for fact in Story(clockwork.facts_of(dossier)).alive if fact.data.get("act") == act.number)
    standing = [fact for fact in alive if fact.kind not in law.NEVER_CORRECTED]  # what became of its scans did happen
    # not checked: also where the dossier was erased since, in which nothing else is recorded
    for fact in reversed(standing):  # the notification before the signature
        data = {"kind": fact.kind}
        dossiers.record(dossier, "entry_corrected", by=person, voids=fact, data=data, private=private, check=False)
    data = {"act": act.number}
    contested = dossiers.record(dossier, "signature_contested", by=person, data=data, private=private, check=False)
    if act.notified_on is not None or kind_of(act.kind).at_once:  # it was in his hands
        tell(dossier.applicant, "signature_contested", dossier, key=f"contested:{act.number}")
    _tell_agents(act, dossier, standing, contested)
    return contested


def _tell_agents(act: Act, dossier: Dossier, struck: Iterable[Fact], contested: Fact) -> None:
    """Whoever recorded what is struck out, and those who answer for the council, are told."""
    concerned = {one.pk: one for one in (act.recorded_by, *(fact.by for fact in struck)) if one is not None}
    concerned |= {one.pk: one for one in people_with(holders(Right.ANSWER_FOR_ALL), today())}
    for person in concerned.values():
        if person != contested.by:
            key = f"contested:{act.number}:{person.pk}"
            tell_agent(person, "contested_paper", dossier, key=key, by=str(contested.by or ""), act=act.number)
