"""What the law makes of the day on which a duty of the council ends, in the words of pages, messages and receipts.

No day is called that of an answer where no text sets one: by then a silence is a rejection (law 41-90, article 23), or
a refusal is notified (organic law 112-14, article 116).
"""

from typing import Any

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.models import in_language
from tadbir.ui.dates import by_words, day_words, reader_language

#: The duties whose text sets the day of an answer to the person.
ANSWERS = frozenset(
    {
        *("PROC-DECIDE", "PROC-APPEAL-ANS", "PROC-APPEAL-GOV", "ATI-ANSWER", "ATI-URGENT", "ATI-COMPLAIN-ANS"),
        *("CMP-ANSWER", "COMMIT-ANSWER", "PD-ACCESS", "PD-RECTIFY", "REASONS-ANS"),
    }
)
_REFUSALS = frozenset({"PET-REFUSE"})
_SAID = {
    "answer": {"ar": "الجواب {by}.", "fr": "Réponse {by}."},
    "aim": {"ar": "هدفنا الجواب {by}.", "fr": "Le conseil vise une réponse {by}."},
    "silence": {"ar": "السكوت رفض بعد {day}.", "fr": "Le silence vaut rejet après le {day}."},
    "refusal": {"ar": "إن كان الرفض، يُبلغ {by}.", "fr": "En cas de refus, notification {by}."},
    "task": {"ar": "{label} {by}.", "fr": "{label} {by}."},
}


def _rule(rule: str) -> law.Rule | None:
    return law.RULES[rule] if rule in law.RULES else None  # noqa: SIM401 - it is no mapping


def ending_of(rule: str) -> str:
    """What happens by the last day of a rule: answer, silence, refusal, or task (what its label says)."""
    if rule in ANSWERS:
        return "answer"
    if rule in _REFUSALS:
        return "refusal"
    known = _rule(rule)
    return "silence" if known and known.effect == "rejection" else "task"


def said_of_day(duty: Any, lang: str | None = None, *, aim: bool = False) -> str:
    """A sentence with the last day of a duty of the council, in a language, the reader's where none is named; empty
    where it has no day."""
    if duty.do_by is None:
        return ""
    lang, ending = lang or reader_language(), ending_of(duty.rule)
    label = known.label if (known := _rule(duty.rule)) else None
    words = _SAID["aim" if aim and ending == "answer" else ending][lang]
    named = (label.fr if lang == "fr" else label.ar) if label else ""
    return words.format(by=by_words(duty.do_by, lang), day=day_words(duty.do_by, lang), label=named)


def title_of(duty: Any, regime: law.Regime | None) -> str:
    """What stands before the clock of a duty on the page of its person."""
    if duty.owner in law.PERSONS:
        return _("For you to do")
    ending = ending_of(duty.rule)
    if ending == "silence":
        return _("After this day, silence is a rejection")
    if ending == "refusal":
        return _("If it is refused, the refusal is notified by this day")
    label = known.label if (known := _rule(duty.rule)) else None
    if label and (ending == "task" or duty.rule == "REASONS-ANS"):  # its day is not that of the answer
        return in_language(label.ar, label.fr)
    if regime is not None and regime.undertaking:
        return _("The council undertakes to answer")
    return _("The council aims to answer") if regime is not None and regime.aim else _("The council must answer")
