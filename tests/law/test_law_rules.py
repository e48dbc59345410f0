"""Rules as data: what the book holds, and what it refuses, naming the file and the key."""

import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from tadbir.law import CONFIDENCES, FACTS, HOUSE, LAWS, OWNERS, PERSONS, RULES, LawError, RuleBook, duties
from tadbir.law.parse import parse_rule
from tadbir.law.vocabulary import OTHERS

from .facts import calendar, facts

FOLDER = Path(str(resources.files("tadbir.law") / "rules"))
DECIDE = (FOLDER / "55-19" / "PROC-DECIDE.toml").read_text(encoding="utf-8")
FIXED = (FOLDER / "112-14" / "BUD-ADOPT.toml").read_text(encoding="utf-8")
WHERE = "55-19/PROC-DECIDE.toml"

#: Every row of the deadline register (law.md, annex A) by law.
REGISTER = (
    "SES-OPEN",
    "SES-MAX",
    "SES-NOTICE",
    "AGENDA-GOV",
    "AGENDA-GOV-ADD",
    "AGENDA-GOV-OPP",
    "XS-REFUSE",
    "XS-MAJ",
    "XS-MAX",
    "XS-GOV",
    "XS-GOV-NOTICE",
    "XS-GOV-QUORUM2",
    "QUORUM-2",
    "QUORUM-3",
    "WQ-IN",
    "PV-MEMBERS",
    "DEC-POST",
    "PV-GOV",
    "ATT-GOV",
    "ABS-DISMISS",
    "OPP-GOV",
    "OPP-JUDGE",
    "OPP-COURT",
    "VISA",
    "RI-FORCE",
    "PET-REFUSE",
    "PET-AGENDA",
    "PDP-ADOPT",
    "PDP-POST",
    "PDP-DOCS",
    "PDP-COMM",
    "PDP-REPORT",
    "PDP-UPDATE",
    "BUD-COMM",
    "BUD-ADOPT",
    "BUD-REJ",
    "BUD-VISA-IN",
    "BUD-REFUSE",
    "BUD-FIX",
    "BUD-PUBLIC",
    "BUD-3Y",
    "BUD-CLOSE",
    "FIN-PUB",
    "FACT-FIND",
    "HANDOVER-COPY",
    "HANDOVER-RESERVE",
    "RESIGN",
    "DISC-EXPL",
    "LIT-RECEIPT",
    "LIT-AMICABLE",
    "PROC-RECEIPT",
    "PROC-COMPLETE",
    "PROC-REPLACE",
    "PROC-ASK",
    "PROC-DECIDE",
    "PROC-SILENCE-DELIVER",
    "PROC-SILENCE-EXPL",
    "PROC-APPEAL",
    "PROC-APPEAL-ANS",
    "PROC-APPEAL-GOV",
    "PROC-EXCH-FAIL",
    "PROC-IND",
    "ATI-ANSWER",
    "ATI-EXT",
    "ATI-URGENT",
    "ATI-COMPLAIN",
    "ATI-COMPLAIN-ANS",
    "ATI-CDAI",
    "ATI-CDAI-ANS",
    "ATI-COURT",
    "PD-RECTIFY",
    "PD-DECL",
    "PD-AUTH",
    "CMP-ACK",
    "CMP-ANSWER",
    "CMP-DEFECT",
    "CMP-REPORT",
    "REASONS-ASK",
    "COURT-60",
    "GRIEVANCE-60",
    "CYB-INCIDENT",
    "CYB-CLASS",
    "PROCUR-PLAN",
)
#: Stated by the texts, forgotten by the register.
FORGOTTEN = (
    "PROC-EXTEND",
    "REASONS-ANS",
    "PRES-ELECT",
    "PRES-CANDIDATE",
    "PRES-RESUME",
    "SEC-REPLACE",
    "PRES-REPLACE",
    "PRES-REMOVE",
    "SUBST-JUDGE",
    "BUD-INTERIOR",
    "BUD-JANUARY",
    "BUD-TREASURER",
    "WQ-ANSWER",
    "RI-VOTE",
    "COMM-CREATE",
    "AUDIT-AGENDA",
    "LIT-MEMO",
    "AMZ-PLAN",
    "CHARTER-MEASURES",
    "ATI-PROACTIVE",
    "ARCH-30",
    "ARCH-60",
    "ARCH-100",
)
BOUND = (
    "PROC-",
    "ATI-",
    "PD-",
    "CMP-",
    "PET-",
    "REASONS-",
    "COURT-60",
    "GRIEVANCE-60",
    "SES-OPEN",
    "VISA",
    "OPP-GOV",
    "PV-",
    "DEC-POST",
)


def test_the_whole_register_is_loaded():
    assert [rule_id for rule_id in (*REGISTER, *FORGOTTEN) if rule_id not in RULES] == []


def test_what_must_be_executable_is():
    asked = [rule_id for rule_id in REGISTER if rule_id.startswith(BOUND)]
    assert [rule_id for rule_id in asked if not RULES[rule_id].bound] == []


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
        ("version = 1", "version = 0", "version: expected between 1"),
        ("version = 1", "", "version: missing"),
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


def test_every_owner_is_in_the_house_a_person_or_another_body():
    """An owner of neither kind would owe duties that stand in nobody's tray."""
    parts = [set(HOUSE), set(PERSONS), set(OTHERS)]
    assert set.union(*parts) == set(OWNERS)
    assert sum(len(part) for part in parts) == len(OWNERS)
    for rule in RULES:
        assert sum(rule.owner in part for part in parts) == 1, rule.id
    assert {"secretary", "authorising_officer", "security_officer", "committee"} <= set(HOUSE)
    assert not {"administrations", "governor", "judge"} & set(HOUSE)
