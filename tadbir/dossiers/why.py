"""What a duty asks and why it has its dates: words made when somebody reads them, never kept with the row."""

from collections.abc import Sequence
from functools import partial

from tadbir import law
from tadbir.councils.clock import today
from tadbir.dossiers.definitions import rules
from tadbir.dossiers.models import Duty, Said

#: What the row keeps of what was counted: where the law counts otherwise today, its steps are not those of the row.
_DATES = ("starts_on", "do_by", "lapses_on", "file_before", "accept_until")
#: A rule that a later version of Tadbir dropped; only dossiers that ended before name it.
_GONE = law.Words("أجل من قاعدة سابقة", "un délai d’une règle antérieure")


def rule_of(duty: Duty) -> law.Rule | None:
    """The rule of a duty: in the version that it pins where the book still has it, else as it is for its first day."""
    return rules().pinned(duty.rule, duty.rule_version, duty.starts_on or today())


def label_of(duty: Duty) -> law.Words:
    """What a duty is about in a few words, for lists."""
    rule = rule_of(duty)
    return _GONE if rule is None else rule.label or rule.sentence


def sentence_of(duty: Duty) -> law.Words:
    """What the rule asks in this dossier, with its own delay where it has one."""
    rule = rule_of(duty)
    limit = None if duty.length is None else law.Limit(duty.length, duty.length_unit)
    return _GONE if rule is None else law.sentence_of(rule, limit)


def said_of(row: Duty, duty: law.Duty | None) -> Said:
    """The words of a row, of which the law says this today; no steps where it cannot count the dossier any more."""
    rule, sentence = rule_of(row), sentence_of(row)
    steps = partial(_steps, row, duty)
    return Said(sentence, *((rule.article, rule.law, rule.confidence) if rule else ("", "", "")), steps)


def _steps(row: Duty, duty: law.Duty | None) -> Sequence[law.Step]:
    if duty is None:
        return ()
    if all(getattr(row, name) == getattr(duty, name) for name in _DATES):
        return duty.steps
    return (*duty.steps[:1], law.counted_before(row.do_by or row.lapses_on, duty.do_by or duty.lapses_on))
