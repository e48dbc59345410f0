"""The rules together: what a book refuses, and that a dated value holds from its day."""

import shutil
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pytest

from tadbir.law import RULES, LawError, RuleBook, duties
from tadbir.law.parse import parse_rule

from .facts import calendar, facts

FOLDER = Path(str(resources.files("tadbir.law") / "rules"))
DECIDE = (FOLDER / "55-19" / "PROC-DECIDE.toml").read_text(encoding="utf-8")
WHERE = "55-19/PROC-DECIDE.toml"


def _copy(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "rules"))


def test_a_book_refuses_a_reference_to_nothing(tmp_path):
    folder = _copy(tmp_path)
    assert len(RuleBook.load(folder)) == len(RULES)
    (folder / "55-19" / "PROC-ASK.toml").unlink()
    with pytest.raises(LawError, match="names the rule PROC-ASK, which does not exist"):
        RuleBook.load(folder)


def test_a_book_refuses_a_bound_rule_that_waits_for_an_unbound_one(tmp_path):
    folder = _copy(tmp_path)
    file = folder / "55-19" / "PROC-APPEAL.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("bound = true", "bound = false"), encoding="utf-8")
    with pytest.raises(LawError, match="is bound but needs PROC-APPEAL"):
        RuleBook.load(folder)


def test_a_book_refuses_rules_that_wait_for_each_other(tmp_path):
    folder = _copy(tmp_path)
    file = folder / "55-19" / "PROC-DECIDE.toml"
    loop = '\n[[trigger]]\nlapse_of = "PROC-APPEAL"\n'
    file.write_text(file.read_text(encoding="utf-8") + loop, encoding="utf-8")
    with pytest.raises(LawError, match="wait for each other"):
        RuleBook.load(folder)


def test_a_book_refuses_the_same_rule_twice():
    rules = list(RULES)
    with pytest.raises(LawError, match="is already in"):
        RuleBook([*rules, rules[0]])


def test_the_version_of_a_book_follows_its_text(tmp_path):
    folder = _copy(tmp_path)
    assert RuleBook.load(folder).version == RULES.version
    file = folder / "55-19" / "PROC-DECIDE.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# read again\n", encoding="utf-8")
    changed = RuleBook.load(folder)
    assert changed.version != RULES.version
    assert changed["PROC-DECIDE"].stamp != RULES["PROC-DECIDE"].stamp


def _opened_before_and_completed_after(rule):
    """A file opened under 60 days keeps 60, and so does the first half in which one may ask."""
    book = RuleBook([*(other for other in RULES if other.id != rule.id), rule])

    def half(opened):
        given = facts([[opened, "filed"], ["2027-01-04", "completed"]])
        found = {d.rule_id: d for d in duties("55-19", given, calendar(), date(2027, 1, 4), book)}
        return found["PROC-DECIDE"].limit, found["PROC-ASK"].limit

    assert half("2026-12-30") == (60, 30)
    assert half("2027-01-04") == (45, 22)


def test_a_dated_value_holds_from_its_day():
    second = """
[[when]]
from = 2027-01-01
reference = "16"
shape = "offset"
direction = "after"
unit = "days"
counting = "full"
stated_by = "31"
max = 45
"""
    head, tail = DECIDE.split("[[trigger]]", 1)
    rule = parse_rule(head + second + "\n[[trigger]]" + tail, WHERE)
    assert rule.value_on(date(2026, 12, 31)).max is None
    assert rule.value_on(date(2027, 1, 1)).max == 45
    assert rule.value_on(date(2020, 9, 27)) is None
    _opened_before_and_completed_after(rule)
    with pytest.raises(LawError, match="is not after"):
        parse_rule(head + second.replace("2027-01-01", "2020-09-28") + "\n[[trigger]]" + tail, WHERE)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("CMP-ANSWER", date(2018, 1, 1)),  # decree 2-17-265, article 22; published on 29 June 2017
        ("PROCUR-PLAN", date(2023, 9, 1)),  # decree 2-22-431, article 169; published on 9 March 2023
        ("PDP-POST", date(2016, 7, 14)),  # decree 2-16-300 has no such clause: its publication
        ("FIN-PUB", date(2017, 6, 15)),  # decree 2-17-289: the same
    ],
)
def test_a_text_is_in_force_from_its_own_clause_and_not_from_its_signature(rule, day):
    assert RULES[rule].in_force_from == day
    assert RULES[rule].value_on(day) is not None
    assert RULES[rule].value_on(day - timedelta(days=1)) is None
