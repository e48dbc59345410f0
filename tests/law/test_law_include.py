"""A domain's own folder joins the law in place, whole or not at all."""

from datetime import date

import pytest

from tadbir import law
from tadbir.law import FACTS, KINDS, LAWS, REGIMES, RULES, LawError, duties, include, may
from tadbir.law import checks as registry

from .facts import calendar, facts

KIND = """
[heard]
ar = "استماع"
fr = "Audition"
keys = { room = "text" }
closes = "unanswered"
[hearing_asked]
ar = "طلب استماع"
fr = "Demande d’audition"
asks = "person"
answered_by = ["heard"]
"""
REGIME = """
code = "hearing"
ar = "استماع"
fr = "Audition"
law = "9-99"
opened_by = "person"
based_on = ["_person"]
confidence = "memory"

[facts.hearing_asked]
phases = "open"
article = "4"
confidence = "memory"
times = 1
check = "in_daylight"

[facts.heard]
phases = "open"
answers = "hearing_asked"
"""
RULE = """
id = "HEAR"
law = "9-99"
article = "4"
type = "duty"
kinds = ["hearing"]
owner = "president"
bound = true
version = 1
applies_by = "trigger"
confidence = "memory"
source = "a test"
[in_force]
from = 2020-01-01
[label]
ar = "الاستماع"
fr = "Entendre"
[sentence]
ar = "يُستمع إليه داخل 5 أيام"
fr = "Il est entendu dans les 5 jours"
[start]
ar = "طلب الاستماع"
fr = "la demande"
[effect]
code = "none_stated"
ar = "لا أثر"
fr = "aucun effet"
[[when]]
from = 2020-01-01
reference = "4"
shape = "offset"
direction = "after"
max = 5
unit = "days"
counting = "plain"
[[trigger]]
fact = "hearing_asked"
[[discharged_by]]
fact = "heard"
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "laws.toml": '[9-99]\nar = "القانون رقم 9.99"\nfr = "la loi n° 9-99"\n',
        "facts/hearing.toml": KIND,
        "regimes/hearing.toml": REGIME,
        "rules/9-99/HEAR.toml": RULE,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def in_daylight(state, row, answer):
    return answer


def _state():
    return list(LAWS), list(FACTS), list(REGIMES), [rule.id for rule in RULES], RULES.version, set(law.CLOSING)


def test_everybody_who_holds_the_law_sees_a_domains_own(house, folder):
    held, kept, version = RULES, law.CLOSED_UNANSWERED, RULES.version
    registry.register("in_daylight")(in_daylight)
    include(folder)
    assert "HEAR" in held
    assert held.version != version
    assert "hearing" in KINDS
    assert "heard" in kept
    assert law.ANSWERS["hearing_asked"] == ("heard",)
    assert LAWS["9-99"].fr == "la loi n° 9-99"
    given = facts([["2026-10-01", "filed"], ["2026-10-01", "hearing_asked"]])
    found = duties("hearing", given, calendar(), date(2026, 10, 2))
    assert [(duty.rule_id, duty.do_by) for duty in found] == [("HEAR", date(2026, 10, 6))]
    assert may("hearing", "heard", given, calendar(), date(2026, 10, 2))
    again = may("hearing", "hearing_asked", given, calendar(), date(2026, 10, 2))
    assert (again.allowed, again.law, again.article, again.confidence) == (False, "9-99", "4", "memory")
    law.check_data("heard", {"room": "1"})


def test_the_same_folder_twice_is_read_once(house, folder):
    registry.register("in_daylight")(in_daylight)
    include(folder)
    once = _state()
    include(folder)
    assert _state() == once


_REMEDY = '[[remedies]]\nrule = "COURT-60"\nar = "دعوى"\nfr = "Recours"\n\n[facts.hearing_asked]'


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        ("rules/9-99/HEAR.toml", 'owner = "president"', 'owner = "nobody"', r"9-99/HEAR\.toml: owner"),
        ("rules/9-99/HEAR.toml", 'fact = "heard"', 'fact = "herd"', "'herd' is not in the vocabulary"),
        ("regimes/hearing.toml", '"in_daylight"', '"by_night"', r"regimes/hearing\.toml: facts\.hearing_asked\.check"),
        ("regimes/hearing.toml", "times = 1", 'window = "NONE"', "names the rule NONE, which does not exist"),
        ("regimes/hearing.toml", "[facts.hearing_asked]", _REMEDY, "COURT-60 does not name hearing among its kinds"),
        ("regimes/hearing.toml", '"_person"', '"_nobody"', "is no shared part"),
        ("facts/hearing.toml", "[heard]", "[filed]", r"facts/hearing\.toml: filed: is already in facts/filing\.toml"),
        ("laws.toml", "9-99", "55-19", "55-19: is already known"),
    ],
)
def test_a_faulty_folder_adds_nothing(house, folder, file, before, after, message):
    registry.register("in_daylight")(in_daylight)
    was, text = _state(), (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(LawError, match=message):
        include(folder)
    assert _state() == was
    (folder / file).write_text(text, encoding="utf-8")
    include(folder)
    assert "hearing" in REGIMES


def test_each_part_of_a_folder_is_optional(house, tmp_path):
    was = _state()
    include(tmp_path)
    assert _state() == was


def test_two_checks_do_not_share_a_name(house):
    registry.register("in_daylight")(in_daylight)
    registry.register("in_daylight")(in_daylight)
    with pytest.raises(LawError, match="'in_daylight' is already a check"):
        registry.register("in_daylight")(test_two_checks_do_not_share_a_name)
