"""No receipt of a remedy says another day for its answer than its dossier: that of one which came early moves with the
answer to the request, an extension, what its person was asked; any, once an entry is put right."""

from tadbir import law
from tadbir.acts import actions as acts
from tadbir.acts.models import Act
from tadbir.councils.clock import local_date
from tadbir.desk import notice_words
from tadbir.desk.notices import tell
from tadbir.desk.papers.parts import clock_on_paper
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.services import papers
from tadbir.ui.dates import day_words

#: What puts an entry right.
PUTS_RIGHT = ("entry_corrected", "day_corrected", "urgency_corrected")
#: What moves the day of a remedy that waits, as it happens: the answer to the request, where it comes before its delay
#: is over, and what makes that delay longer.
_GIVEN = [reply for kind in ("replacement_asked", "original_asked", "information_asked") for reply in law.ANSWERS[kind]]
MOVES = ("notified", "misdirected", "extended", "extension_notified", *_GIVEN)


def renew_remedy_receipts(dossier: Dossier, fact: Fact) -> None:
    """Something moved a day: a remedy that waits and whose receipt says another one for its answer gets a new receipt,
    which takes the place of it, and the person is told. One that would say no day takes the place of none."""
    regime = law.REGIMES[dossier.kind]
    story = Story(clockwork.facts_of(dossier)) if regime.answered else None
    if story is None:
        return
    for remedy in regime.answered:
        for filed in story.waiting(remedy.filed):
            given, now_due = papers.receipts_of(dossier, filed), _day_now(dossier, filed)
            if now_due and any(_day_of(act) != now_due for act in given):
                _replace(dossier, filed, given, fact)


def _day_of(act: Act) -> str:
    """The day that a receipt says for the answer; empty where it says none."""
    return str(((act.content.body or {}).get("receipt", {}).get("clock") or {}).get("do_by", ""))


def _day_now(dossier: Dossier, filed: Fact) -> str:
    clock = clock_on_paper(papers.clock_of_remedy(dossier, filed))
    return str(clock["do_by"]) if clock else ""


def _why(fact: Fact) -> str:
    """Why a receipt was replaced: for the reason that the correction gave, or because of what happened."""
    given = str(fact.words.get("reason", "")) if fact.kind in PUTS_RIGHT else ""
    return given or f"تغير به تاريخ الجواب: {law.FACTS[fact.kind].ar}، {day_words(local_date(fact.happened_at), 'ar')}"


def _replace(dossier: Dossier, filed: Fact, given: list[Act], fact: Fact) -> None:
    """The new receipt, of whoever received the remedy."""
    receipt = papers.issue_receipt_of(dossier, filed, filed.by)
    for act in given:
        acts.replace(act, receipt, _why(fact))
    what, answer = notice_words.remedy_named(dossier, filed.kind), notice_words.answer_started_by(dossier, filed)
    key = f"remedy_receipt:{receipt.number}"
    tell(dossier.applicant, "remedy_receipt_corrected", dossier, key=key, every_way=True, what=what, answer=answer)
