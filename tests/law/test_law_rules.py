"""Rules as data: what the book holds, and what it refuses, naming the file and the key."""

from importlib import resources
from pathlib import Path

import pytest

from tadbir.law import CONFIDENCES, FACTS, HOUSE, LAWS, OWNERS, PERSONS, RULES, LawError
from tadbir.law.parse import parse_rule
from tadbir.law.vocabulary import OTHERS

FOLDER = Path(str(resources.files("tadbir.law") / "rules"))
DECIDE = (FOLDER / "55-19" / "PROC-DECIDE.toml").read_text(encoding="utf-8")
FIXED = (FOLDER / "112-14" / "BUD-ADOPT.toml").read_text(encoding="utf-8")
WHERE = "55-19/PROC-DECIDE.toml"


def test_every_rule_speaks_both_languages_and_names_its_source():
    for rule in RULES:
        for words in (rule.sentence, rule.start, rule.effect_words, *rule.readings):
            assert words.ar.strip()
            assert words.fr.strip()
            assert any("\u0600" <= letter <= "\u06ff" for letter in words.ar), rule.id
            assert not any("\u0600" <= letter <= "\u06ff" for letter in words.fr), rule.id
        assert not rule.sentence.ar.endswith("."), f"{rule.id}: the period is added where the sentence is quoted"
        assert not rule.sentence.fr.endswith("."), rule.id
        assert rule.source
        assert rule.law in LAWS
        assert rule.owner in OWNERS
        assert rule.confidence in CONFIDENCES


def test_bound_rules_use_facts_of_the_vocabulary():
    for rule in RULES:
        for match in (*rule.discharged_by, *rule.ended_by):
            assert match.fact in FACTS


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('confidence = "verified"', 'confidence = "verified"\nsure = true', r"PROC-DECIDE\.toml: sure: unknown key"),
        ('confidence = "verified"', 'confidence = "certain"', "confidence: 'certain' is unknown"),
        ('shape = "offset"', 'shape = "sometime"', r"\[when\.1\]: shape: 'sometime' is unknown"),
        ("from = 2020-09-28", "from = 2020-02-30", "not readable as TOML, or a date that does not exist"),
        ("from = 2020-09-28", 'from = "2020-09-28"', r"\[in_force\]: from: expected a date"),
        ("from = 2020-09-28", "from = 2020-09-28T10:00:00", "expected a date without hour"),
        ('counting = "full"', 'counting = "franc"', "counting: 'franc' is unknown"),
        ('unit = "days"', 'unit = "weeks"', "unit: 'weeks' is unknown"),
        ('direction = "after"', 'direction = "around"', "direction"),
        ('fact = "completed"', 'fact = "finished"', "'finished' is not in the vocabulary"),
        ('law = "55-19"', 'law = "55.19"', "law: '55.19' is unknown"),
        ('owner = "administration"', 'owner = "office"', "owner: 'office' is unknown"),
        ('kinds = ["55-19"]', 'kinds = ["55-20"]', "kinds: '55-20'"),
        ('kinds = ["55-19"]', "kinds = []", "kinds: expected a list of texts, not empty"),
        ("bound = true", 'bound = "yes"', "bound: expected true or false"),
        ("version = 6", "version = 0", "version: expected between 1"),
        ("version = 6", "", "version: missing"),
        ('id = "PROC-DECIDE"', 'id = "PROC-OTHER"', "id: a rule of 55-19 named PROC-OTHER belongs in"),
        ('type = "duty"', 'type = "wish"', "type: 'wish' is unknown"),
        ('applies_by = "opening"', 'applies_by = "feeling"', "applies_by"),
        ('unit = "days"', 'unit = "months"', "rounding: missing"),
        ('counting = "full"\nstated_by = "31"', 'counting = "consecutive"', "consecutive is for days, and asks for"),
        ('counting = "full"', 'counting = "consecutive"', "consecutive needs max, after the start"),
        ('article = "10"\nunder', 'article = "10"\nlaw = "10-10"\nunder', "law: '10-10' is unknown"),
        ('received = "information_received"', 'received = "opinion_received"', "does not answer 'information_asked'"),
        ('data = "days"', 'data = "days"\nsame = true', "either data or same"),
        ('[label]\nar = "الجواب عن الطلب"\nfr = "Répondre à la demande"\n', "", "label: a bound rule says"),
    ],
)
def test_a_faulty_rule_is_refused_with_file_and_key(before, after, message):
    assert parse_rule(DECIDE, WHERE).id == "PROC-DECIDE"
    assert before in DECIDE
    with pytest.raises(LawError, match=message) as refusal:
        parse_rule(DECIDE.replace(before, after), WHERE)
    assert WHERE in str(refusal.value)


def test_missing_or_false_arabic_is_refused():
    lines = DECIDE.splitlines()
    place = lines.index("[sentence]") + 1
    assert lines[place].startswith("ar = ")
    without = "\n".join(lines[:place] + lines[place + 1 :])
    with pytest.raises(LawError, match=r"\[sentence\]: ar: missing"):
        parse_rule(without, WHERE)
    latin = "\n".join([*lines[:place], 'ar = "in French"', *lines[place + 1 :]])
    with pytest.raises(LawError, match="no Arabic letter"):
        parse_rule(latin, WHERE)


@pytest.mark.parametrize(("month", "day"), [(2, 30), (2, 29), (4, 31), (13, 1), (11, 0)])
def test_a_date_that_does_not_exist_is_refused(month, day):
    faulty = FIXED.replace("month = 11", f"month = {month}").replace("day = 15", f"day = {day}")
    assert parse_rule(FIXED, "112-14/BUD-ADOPT.toml").whens[0].month == 11
    with pytest.raises(LawError, match=r"BUD-ADOPT\.toml \[when\.1\]"):
        parse_rule(faulty, "112-14/BUD-ADOPT.toml")


def test_a_key_of_another_shape_is_refused():
    with pytest.raises(LawError, match="unit: unknown key"):
        parse_rule(FIXED.replace("month = 11", 'month = 11\nunit = "days"'), "112-14/BUD-ADOPT.toml")


def test_text_that_is_not_toml_is_refused():
    with pytest.raises(LawError, match="not readable"):
        parse_rule("id = ", WHERE)


def test_every_owner_is_in_the_house_a_person_or_another_body():
    """An owner of neither kind would owe duties that stand in nobody's tray."""
    parts = [set(HOUSE), set(PERSONS), set(OTHERS)]
    assert set.union(*parts) == set(OWNERS)
    assert sum(len(part) for part in parts) == len(OWNERS)
    for rule in RULES:
        assert sum(rule.owner in part for part in parts) == 1, rule.id
    assert {"secretary", "authorising_officer", "security_officer", "committee"} <= set(HOUSE)
    assert not {"administrations", "governor", "judge"} & set(HOUSE)
