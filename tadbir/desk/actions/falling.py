"""Letters that wait follow their dossier: they fall with the entry that they answer, and are put right with it."""

from collections.abc import Iterable

from tadbir import law
from tadbir.acts import actions
from tadbir.acts.models import Act, Draft
from tadbir.desk import papers
from tadbir.desk.notices import tell_agent
from tadbir.desk.queries.signing import unsigned
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story


def sealed_on(fact: Fact, acts: Iterable[Act]) -> Act | None:
    """The paper in force of its dossier, signed, that answers or tells an entry: it is put right before the entry."""
    found = (act for act in acts if act.signed_on and act.status == Act.Status.VALID)
    return next((act for act in found if papers.bound_to(act) == str(fact.pk)), None)


def drop_fallen(dossier: Dossier, correction: Fact) -> None:
    """An entry was struck out: the letters that nobody signed yet and that answer or tell it are given up with its
    reason, and whoever wrote one is told."""
    story = Story(clockwork.facts_of(dossier))
    for draft in _waiting(dossier):
        if papers.has_fallen(draft, story):
            _drop(dossier, draft, papers.takes(draft, story), correction)


def drop_misworded(dossier: Dossier, correction: Fact) -> None:
    """What the filing said was put right: a letter that waits, and that the law words by it, is written again."""
    for draft in _waiting(dossier):
        step = papers.step_of(draft)
        row = law.REGIMES[dossier.kind].facts.get(step.fact) if step else None
        if step and row and any(one.where for one in row.letters):
            _drop(dossier, draft, step.fact, correction)


def _waiting(dossier: Dossier) -> Iterable[Draft]:
    return unsigned().filter(dossier_ref=dossier.number).select_related("prepared_by").order_by("pk")


def _drop(dossier: Dossier, draft: Draft, takes: str, correction: Fact) -> None:
    """Give up a letter for the reason of the correction, and tell whoever wrote it."""
    actions.drop_draft(draft)
    data, private = {"step": takes}, {"reason": str(correction.words.get("reason", ""))}
    fact = dossiers.record(dossier, "letter_dropped", by=correction.by, data=data, private=private, check=False)
    if draft.prepared_by is not None and draft.prepared_by != correction.by:
        by, key = str(correction.by or ""), f"letter-fell:{fact.pk}"
        tell_agent(draft.prepared_by, "letter_fell", dossier, key=key, by=by)


def renew_letters(dossier: Dossier, _correction: Fact) -> None:
    """A dossier was put right: so are the letters that nobody signed yet, in what they take from it."""
    for draft in _waiting(dossier):
        papers.renew(dossier, draft)
