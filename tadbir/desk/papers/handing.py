"""Signed letters that stand by their signature, and that the person must still get; and what the council did and no
letter in force tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tadbir import law
from tadbir.acts.kinds import all_kinds
from tadbir.acts.models import Act, Draft
from tadbir.desk.papers import letters
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story

#: That the person got a letter, by the fact that its signature recorded.
RECEPTION = "request_received"
#: After these nobody asks any more whether an earlier letter arrived: the answer came after it, or he took all back.
LATER = ("notified", "withdrawn")
#: What the person gives to what he was asked names the question, as its reception does.
REPLIES = tuple(sorted({reply for kind in law.FACTS.values() if kind.asks == "person" for reply in kind.answered_by}))


@dataclass(frozen=True)
class ToHandOver:
    """A letter to hand over. `fact`: what its signature recorded; `step`: what it does or tells."""

    act: Act
    fact: Fact
    step: str

    @property
    def counts(self) -> bool:
        """Whether the law counts something for the person from its reception."""
        return self.step in law.RECEIVED or self.step in law.ASKING


def handed_kinds() -> list[str]:
    """The kinds of paper that are signed for somebody, whose effect does not wait for their notification."""
    return [kind.code for kind in all_kinds() if kind.signed and kind.at_once and not kind.notified]


def to_hand_over(dossier: Dossier, story: Story, acts: Iterable[Act]) -> list[ToHandOver]:
    """The letters whose reception is not recorded, the oldest first; none where its law records no reception."""
    regime = law.REGIMES.get(dossier.kind)
    if regime is None or RECEPTION not in regime.facts or dossier.erased_at is not None:
        return []
    kinds, found = handed_kinds(), []
    for act in acts:
        step = letters.step_of(act) if act.kind in kinds and _waits(act) else None
        fact = next((one for one in story.alive if one.data.get("act") == act.number), None) if step else None
        if step and fact and not _known(fact, story):
            found.append(ToHandOver(act, fact, step.fact))
    return found


def _waits(act: Act) -> bool:
    return act.status == Act.Status.VALID and act.signed_on is not None and act.notified_on is None


def _known(fact: Fact, story: Story) -> bool:
    """Whether the person got it, replied to it, or need not get it any more: what it did was taken away."""
    if story.undone(fact):
        return True
    if fact.kind in law.ASKING and fact not in story.asked_of("person"):
        return True
    named = (one for one in story.of(RECEPTION, *REPLIES) if one.data.get("asked") == str(fact.pk))
    return any(named) or any(one.pk > fact.pk for one in story.of(*LATER))


def untold(dossier: Dossier, story: Story, acts: Iterable[Act], drafts: Sequence[Draft]) -> list[Fact]:
    """Steps that stand and that a letter only tells, where none does: it was given up, struck out or contested."""
    regime = law.REGIMES.get(dossier.kind)
    if regime is None or dossier.closed_at is not None:
        return []
    rows = regime.facts
    written: list[Act | Draft] = [*_in_force(acts), *drafts]
    told = {step.about for one in written if (step := letters.step_of(one))}
    found = []
    for kind in letters.told_by_letter(dossier.kind):
        alike = [one for one, row in rows.items() if row.step and row.check == rows[kind].check and row.check]
        last = story.last(kind, *alike)  # what decided otherwise since is what stands
        if last is not None and last.kind == kind and str(last.pk) not in told:
            found.append(last)
    return found


def _in_force(acts: Iterable[Act]) -> list[Act]:
    return [act for act in acts if act.status == Act.Status.VALID]
