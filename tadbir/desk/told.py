"""What the person may know of what the office recorded: a decision is his once its letter is signed, a refusal once it
was notified with its reasons; until then his page is as if it had not come (law 03-01, article 1)."""

from collections.abc import Sequence

from tadbir import law
from tadbir.desk.papers.letters import told_by_letter
from tadbir.dossiers.models import Dossier, Fact


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
    found = set[int]()
    for fact in facts:
        if fact.kind in by_letter:
            later = (one for one in facts if one.kind == "letter_signed" and one.data.get("step") == fact.kind)
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
