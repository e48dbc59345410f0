"""What the person may know of what the office recorded: a decision is his once its letter is signed, a refusal once it
was notified with its reasons; until then his page is as if it had not come (law 03-01, article 1)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act
from tadbir.desk.papers.letters import told_by_letter
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story


def _answered_only(kind: str) -> set[str]:
    """The steps that nothing tells but the answer that follows them."""
    regime = law.REGIMES.get(kind)
    answer = regime.facts.get("notified") if regime else None
    if regime is None or answer is None:
        return set()
    steps = {code for code in answer.needs if code in regime.facts and regime.facts[code].step}
    return steps - set(told_by_letter(kind))


def waits_to_be_told(dossier: Dossier, facts: Sequence[Fact]) -> set[int]:
    """The facts of which the person was not told yet, by number: no letter that tells them was signed, nor the answer
    notified, since."""
    by_letter, by_answer = set(told_by_letter(dossier.kind)), _answered_only(dossier.kind)
    found, struck = set[int](), {fact.voids_id for fact in facts}
    for fact in facts:
        if fact.kind in by_letter:  # annulled, it tells nothing any more: the paper itself stays, marked
            signed = (one for one in facts if one.kind == "letter_signed" and one.pk not in struck)
            later = (one for one in signed if one.data.get("step") == fact.kind)
        elif fact.kind in by_answer:
            later = (one for one in facts if one.kind == "notified")
        else:
            continue
        if not any(one.pk > fact.pk for one in later):
            found.add(fact.pk)
    return found


def known_to_person(dossier: Dossier, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a dossier as its person may know them: without those that he was not told, and what struck them."""
    hidden = waits_to_be_told(dossier, facts)
    return [fact for fact in facts if not {fact.pk, fact.voids_id} & hidden]


def notified_acts(facts: Sequence[Fact]) -> set[str]:
    """The papers of which the person was notified once, whatever was struck out since: they are in his hand."""
    return {str(fact.data["act"]) for fact in facts if fact.data.get("means") and fact.data.get("act")}


def notification_struck(number: str, story: Story) -> bool:
    """Whether the notification of a paper was struck out, and none recorded again."""
    standing = (fact for fact in story.facts if fact.pk not in story.voided)
    return number in notified_acts(story.facts) and number not in notified_acts(list(standing))


def state_of_paper(act: Act, story: Story) -> str:
    """What must be known of a paper beside its name: that it no longer stands, or has no effect; empty else."""
    if act.status != Act.Status.VALID:
        return str(act.get_status_display())
    if any(story.undone(one) for one in story.of(*law.CLOSED_UNANSWERED) if one.data.get("act") == act.number):
        return _("no effect any more: taken back")
    if not act.waits_for_notification:
        return ""
    if notification_struck(act.number, story):
        return _("no effect: its notification was struck out")
    return _("no effect yet: not notified")
