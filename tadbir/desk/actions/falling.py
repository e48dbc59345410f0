"""Letters that wait follow their dossier: they fall with the entry that they answer, are put right with it, and go back
to whoever wrote them once nobody can sign them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from tadbir import law
from tadbir.acts import actions
from tadbir.acts.models import Act, Draft
from tadbir.councils.models import Person
from tadbir.desk import papers
from tadbir.desk.notices import tell_agent
from tadbir.desk.queries.signing import dossiers_of, unsigned, waiting
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


def _waiting(dossier: Dossier) -> QuerySet[Draft]:
    return unsigned().filter(dossier_ref=dossier.number).select_related("prepared_by").order_by("pk")


def _drop(dossier: Dossier, draft: Draft, takes: str, correction: Fact) -> None:
    """Give up a letter for the reason of the correction, keep its words, and tell whoever wrote it."""
    data, private = {"step": takes}, {"reason": str(correction.words.get("reason", ""))}
    private |= papers.words_of_draft(draft, fell=True if correction.voids_id else "put_right")
    actions.drop_draft(draft)
    fact = dossiers.record(dossier, "letter_dropped", by=correction.by, data=data, private=private)
    if draft.prepared_by is not None and draft.prepared_by != correction.by:
        by, key = str(correction.by or ""), f"letter-fell:{fact.pk}"
        tell_agent(draft.prepared_by, "letter_fell", dossier, key=key, by=by)


def renew_letters(dossier: Dossier, _correction: Fact) -> None:
    """A dossier was put right: so are the letters that nobody signed yet, in what they take from it."""
    for draft in _waiting(dossier):
        papers.renew(dossier, draft)


@transaction.atomic
def send_back_unsignable(dossier: Dossier, by: Person | None = None) -> int:
    """Letters of a locked dossier that nobody can sign any more, whatever happened (it ended, a remedy stopped, a day
    went by), leave the folders of signatories for whoever wrote them, with the reason; how many.

    `by`: whoever did what makes them so; he needs no message.
    """
    found = [] if dossier.erased_at else list(_waiting(dossier).filter(sent_back_at__isnull=True))
    if not found:
        return 0
    story = Story(clockwork.facts_of(dossier))
    gone = [(draft, why) for draft in found if (why := _why_in_both(dossier, draft, story))]
    said = []
    for draft, why in gone:  # all of them before any is told: recording one looks at what still waits
        actions.send_draft_back(draft)
        said.append(dossiers.Happening("letter_sent_back", data={"draft": str(draft.pk)}, private=why))
    facts = dossiers.record_all(dossier, said).facts if said else []
    for (draft, _why), fact in zip(gone, facts, strict=True):
        if draft.prepared_by is not None and draft.prepared_by != by:
            tell_agent(draft.prepared_by, "letter_unsignable", dossier, key=f"unsignable:{fact.pk}")
    return len(gone)


def _why_in_both(dossier: Dossier, draft: Draft, story: Story) -> dict[str, str]:
    """Why nobody can sign a letter, in both languages, as its fact keeps it; nothing for one that may be signed."""
    found = {}
    for name, lang in (("reason", "ar"), ("reason_fr", "fr")):
        with override(lang):
            found[name] = " ".join(papers.why_not_signed(dossier, draft, story))
    return found if found["reason"] else {}


def return_unsignable() -> int:
    """The same in every dossier, where a day alone made them so; how many letters."""
    drafts = list(waiting().order_by("pk"))
    rows = dossiers_of(drafts)
    told = clockwork.stories(rows.values())
    late = {
        row.pk: row
        for draft in drafts
        if (row := rows.get(draft.dossier_ref)) and papers.why_not_signed(row, draft, told[row.pk], listed=True)
    }
    return sum(_send_back_in(row) for row in late.values())


@transaction.atomic
def _send_back_in(dossier: Dossier) -> int:
    return send_back_unsignable(dossiers.lock(dossier))
