"""No receipt of a remedy says another day for its answer than its dossier, once an entry was put right."""

from tadbir import law
from tadbir.acts import actions as acts
from tadbir.acts.models import Act
from tadbir.desk import notice_words
from tadbir.desk.notices import tell
from tadbir.desk.papers.parts import clock_on_paper
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.services import papers

#: What puts an entry right; and a notification, where it is recorded anew.
PUTS_RIGHT = ("entry_corrected", "day_corrected", "urgency_corrected", "notified")
#: Why a receipt was replaced, where nobody gave a reason: the entry was recorded anew.
_ANEW = "سُجل التبليغ من جديد بعد تصحيحه، فتغير تاريخ الجواب."


def renew_remedy_receipts(dossier: Dossier, fact: Fact) -> None:
    """An entry was put right: a remedy that waits and whose receipt says another day for its answer gets a new receipt,
    which takes the place of it, and the person is told. One that would say no day takes the place of none."""
    regime = law.REGIMES[dossier.kind]
    story = Story(clockwork.facts_of(dossier)) if regime.answered else None
    if story is None or not _puts_right(fact, story):
        return
    for remedy in regime.answered:
        for filed in story.waiting(remedy.filed):
            given, now_due = papers.receipts_of(dossier, filed), _day_now(dossier, filed)
            if now_due and any(_day_of(act) != now_due for act in given):
                _replace(dossier, filed, given, fact)


def _puts_right(fact: Fact, story: Story) -> bool:
    """Whether a fact changes what was said before; a notification does so where the same letter was notified before."""
    if fact.kind != "notified":
        return True
    gone = (one for one in story.facts if one.pk in story.voided and one.kind == "notified")
    return any(one.data.get("act") == fact.data.get("act") for one in gone)


def _day_of(act: Act) -> str:
    """The day that a receipt says for the answer; empty where it says none."""
    return str(((act.content.body or {}).get("receipt", {}).get("clock") or {}).get("do_by", ""))


def _day_now(dossier: Dossier, filed: Fact) -> str:
    clock = clock_on_paper(papers.clock_of_remedy(dossier, filed))
    return str(clock["do_by"]) if clock else ""


def _replace(dossier: Dossier, filed: Fact, given: list[Act], fact: Fact) -> None:
    """The new receipt, of whoever received the remedy."""
    receipt = papers.issue_receipt_of(dossier, filed, filed.by)
    for act in given:
        acts.replace(act, receipt, str(fact.words.get("reason", "")) or _ANEW)
    what, answer = notice_words.remedy_named(dossier, filed.kind), notice_words.answer_started_by(dossier, filed)
    key = f"remedy_receipt:{receipt.number}"
    tell(dossier.applicant, "remedy_receipt_corrected", dossier, key=key, every_way=True, what=what, answer=answer)
