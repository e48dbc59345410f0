"""The worked dates of vectors.toml, in any order of the facts."""

import random
import tomllib
from datetime import date
from pathlib import Path

import pytest

from tadbir.law import RULES, duties

from .facts import calendar, facts

CASES = tomllib.loads((Path(__file__).parent / "vectors.toml").read_text(encoding="utf-8"))["case"]
DATES = ("do_by", "lapses_on", "file_before", "accept_until", "discharged_on", "do_by_at")


@pytest.mark.parametrize("case", CASES, ids=[f"{case['rule']}: {case['name']}" for case in CASES])
def test_worked_date(case):
    known = {"name", "rule", "kind", "today", "facts", "none", "duties", "open", "says_fr", "trigger", *DATES}
    assert set(case) <= known, "a mistyped key would check nothing"
    assert set(case) & {"none", "duties", "open", *DATES}, "a case must expect something"
    given = facts(case["facts"])
    found = [d for d in duties(case["kind"], given, calendar(), case["today"]) if d.rule_id == case["rule"]]
    if "trigger" in case:
        found = [duty for duty in found if duty.trigger_fact == case["trigger"]]
    assert len(found) == case.get("duties", 1)
    if not found:
        return
    duty = found[0]
    assert {name: getattr(duty, name) for name in DATES if name in case} == {n: case[n] for n in DATES if n in case}
    for name in case.get("none", ()):
        assert getattr(duty, name) is None
    if "open" in case:
        assert duty.open is case["open"]
    if "says_fr" in case:
        assert any(case["says_fr"] in step.fr for step in duty.steps)


def test_every_bound_rule_has_a_worked_date():
    assert {rule.id for rule in RULES if rule.bound} == {case["rule"] for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_order_of_the_facts_does_not_matter(case):
    given = facts(case["facts"])
    expected = duties(case["kind"], given, calendar(), case["today"])
    shuffled = list(given)
    for seed in range(4):
        random.Random(seed).shuffle(shuffled)
        assert duties(case["kind"], shuffled, calendar(), case["today"]) == expected


def test_asking_later_never_changes_a_date_already_certain():
    given = facts([["2026-12-01", "filed"], ["2026-12-01", "completed"]])
    first = {d.key: (d.do_by, d.lapses_on) for d in duties("55-19", given, calendar(), date(2026, 12, 1))}
    later = {d.key: (d.do_by, d.lapses_on) for d in duties("55-19", given, calendar(), date(2027, 6, 1))}
    assert first.items() <= later.items()
    assert set(later) - set(first) == {"PROC-APPEAL:f2", "COURT-SILENCE:f2", "REASONS-ASK:f2"}
