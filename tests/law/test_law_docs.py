"""The worked example of docs/law.md loads, and gives the date a hand computes."""

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from tadbir.law import (
    REGIMES,
    RULES,
    Fact,
    FactKind,
    LawError,
    Regime,
    RegimeFact,
    RuleBook,
    check_data,
    duties,
    include,
)
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


def _block(start):
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return next(block for block in blocks if block.startswith(start))


def test_a_stranger_may_copy_the_kind_of_fact_and_the_regime(house, tmp_path):
    heard = '[heard]\nar = "استماع"\nfr = "Audition"\n'
    for name, text in (("facts", _block("[hearing_asked]") + heard), ("regimes", _block('code = "hearing"'))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hearing.toml").write_text(text, encoding="utf-8")
    include(tmp_path)
    regime = REGIMES["hearing"]
    assert regime.steps == ("hearing_asked", "heard", "court_seised")
    assert regime.facts["heard"].answers == "hearing_asked"
    check_data("hearing_asked", {"room": "1", "on": date(2026, 12, 1)})


def test_every_key_of_a_row_is_documented():
    text = PAGE.read_text(encoding="utf-8")
    kinds = {field.name for field in fields(FactKind)} - {"code", "file"}
    rows = {field.name for field in fields(RegimeFact)} - {"code", "since", "until"} | {"from", "to"}
    in_force = {"since", "until", "day_confidence"}  # written `from`, `to` and `confidence` in its own table
    regimes = {field.name for field in fields(Regime)} - {"file"} - in_force
    assert [key for key in sorted(kinds | rows | regimes) if not re.search(rf"\b{key}\b", text)] == []
