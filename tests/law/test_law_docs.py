"""The worked example of docs/law.md loads, and gives the date a hand computes."""

import re
from datetime import date
from pathlib import Path

import pytest

from tadbir.law import RULES, Fact, LawError, RuleBook, duties
from tadbir.law.parse import parse_rule

from .facts import calendar

PAGE = Path(__file__).parents[2] / "docs" / "law.md"


def example():
    return re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]


def test_a_stranger_may_copy_the_example():
    book = RuleBook([*(rule for rule in RULES if rule.id != "ATT-GOV"), parse_rule(example(), "112-14/ATT-GOV.toml")])
    facts = [Fact("1", "closed", date(2026, 9, 28)), Fact("2", "attendance_sent", date(2026, 10, 2), seq=1)]
    duty = next(d for d in duties("session", facts, calendar(), date(2026, 9, 29), book) if d.rule_id == "ATT-GOV")
    assert duty.do_by == date(2026, 10, 5)  # Saturday 3 October, carried to Monday
    assert duty.accept_until == date(2026, 10, 5)
    assert duty.discharged_on == date(2026, 10, 2)


def test_a_slip_in_the_example_is_named():
    with pytest.raises(LawError, match=r"112-14/ATT-GOV\.toml: owner: 'presidents' is unknown"):
        parse_rule(example().replace('owner = "president"', 'owner = "presidents"'), "112-14/ATT-GOV.toml")


def test_every_shape_is_documented():
    from tadbir.law.rule import SHAPES

    text = PAGE.read_text(encoding="utf-8")
    assert [shape for shape in SHAPES if f"| `{shape}` |" not in text] == []
