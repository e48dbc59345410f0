"""A council's own changes: what is accepted and refused, and when they hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tadbir.law import RULES, LawError, Overlay, change_from, duties, may, parse_overlay
from tadbir.law.bounds import changeable, refused
from tadbir.law.commands import main
from tadbir.law.parse import parse_rule
from tadbir.law.vocabulary import PERSONS

from .facts import calendar, facts
from .test_law_properties import century, request

WHY = {"ar": "قرار المجلس", "fr": "décision du conseil"}
POSTED = {"ar": "تُعلق المقررات بمقر المجلس داخل 5 أيام", "fr": "Les délibérations sont affichées dans les 5 jours"}
NUMBERS = {"ar": "تُعلق المقررات داخل 50 يوما", "fr": "Les délibérations sont affichées dans les 50 jours"}


def change(rule, since=date(2026, 1, 1), book=RULES, text=True, **said):
    shipped = book[rule]
    raw = {"rule": rule, "corrects": shipped.stamp, "from": since, "reason": WHY, "source": "مقرر رقم 3/2026"}
    return change_from(raw | ({"shipped": shipped.text} if text else {}) | said, "test")


def laid(*changes, book=RULES):
    return book.with_overlay(Overlay(changes))


def one(book, kind, rows, today, rule):
    found = duties(kind, facts(rows), calendar(), date.fromisoformat(today), book)
    return next((duty for duty in found if duty.rule_id == rule), None)


CLOSED = [["2026-09-28", "closed"]]
FILE = """
[[change]]
rule = "DEC-POST"
corrects = "%s"
from = 2026-01-01
reason = { ar = "قرار المجلس", fr = "décision du conseil" }
source = "مقرر رقم 3/2026"
max = 5
sentence = { ar = "تُعلق داخل 5 أيام", fr = "Affichage dans les 5 jours" }
"""


def test_a_stricter_promise_moves_the_date_and_says_who_decided_it():
    shipped = one(RULES, "session", CLOSED, "2026-09-29", "DEC-POST")
    book, conflicts = laid(change("DEC-POST", max=5, sentence=POSTED))
    duty = one(book, "session", CLOSED, "2026-09-29", "DEC-POST")
    assert conflicts == ()
    assert (shipped.do_by, duty.do_by) == (date(2026, 10, 8), date(2026, 10, 5))  # 3 October is a Saturday
    assert duty.rule_version.startswith(f"{shipped.rule_version}+")
    told = duty.steps[1]
    for said in ("قرار المجلس", "مقرر رقم 3/2026", "2026-01-01"):
        assert said in told.ar
    for said in ("Le conseil a modifié cette règle", "décision du conseil", "مقرر رقم 3/2026"):
        assert said in told.fr
    assert "5 jours" in duty.steps[0].fr
    assert duty.key == shipped.key


def test_a_change_holds_from_its_day_to_its_end_and_no_other_day():
    late = change("DEC-POST", since=date(2026, 9, 29), max=5, sentence=POSTED)
    over = change("DEC-POST", over_from=date(2026, 9, 28), max=5, sentence=POSTED)
    ends = change("DEC-POST", over_from=date(2026, 9, 29), max=5, sentence=POSTED)
    never = change("DEC-POST", over_from=date(2026, 1, 1), max=5, sentence=POSTED)
    found = [one(laid(item).book, "session", CLOSED, "2026-12-01", "DEC-POST") for item in (late, over, ends, never)]
    assert [duty.do_by.isoformat() for duty in found] == ["2026-10-08", "2026-10-08", "2026-10-05", "2026-10-08"]
    assert "+" not in found[0].rule_version
    with pytest.raises(LawError, match="two changes of DEC-POST"):
        Overlay((change("DEC-POST", max=5, sentence=POSTED), change("DEC-POST", date(2026, 5, 1), off=True)))
    assert Overlay((over, change("DEC-POST", date(2026, 9, 28), off=True)))


def test_a_rule_switched_off_starts_nothing_more():
    book, _ = laid(change("DEC-POST", since=date(2026, 9, 28), off=True))
    assert one(book, "session", CLOSED, "2026-12-01", "DEC-POST") is None
    assert one(book, "session", CLOSED, "2026-12-01", "PV-GOV") is not None
    before = [["2026-09-25", "closed"]]
    assert one(book, "session", before, "2026-12-01", "DEC-POST").do_by == date(2026, 10, 5)


def test_the_councils_own_promise_is_counted_as_it_says():
    rows = [["2026-12-01", "filed", {"delay_days": 10}], ["2026-12-01", "completed"]]
    plain = one(RULES, "council-commitment", rows, "2026-12-02", "COMMIT-ANSWER")
    full = laid(change("COMMIT-ANSWER", counting="full", owner="unit")).book
    duty = one(full, "council-commitment", rows, "2026-12-02", "COMMIT-ANSWER")
    assert (plain.do_by, duty.do_by, duty.owner) == (date(2026, 12, 11), date(2026, 12, 14), "unit")
    assert may("council-commitment", "information_asked", facts(rows), calendar(), date(2026, 12, 2), full)
    off = laid(change("COMMIT-ANSWER", off=True)).book
    assert one(off, "council-commitment", rows, "2026-12-02", "COMMIT-ANSWER") is None


LEFT = {
    days: {"ar": f"يُمهل المجلس صاحب الطلب {days} يوما", "fr": f"Le conseil laisse {days} jours au demandeur"}
    for days in (20, 45)
}
REFUSED = [
    ("PROC-DECIDE", {"off": True}, "off"),
    ("PROC-APPEAL", {"off": True}, "off"),
    ("PROC-APPEAL", {"owner": "unit"}, "owner"),
    ("PROC-APPEAL", {"max": 20, "sentence": NUMBERS}, "max"),
    ("PROC-DECIDE", {"max": 90}, "max"),
    ("PROC-APPEAL-ANS", {"max": 10, "sentence": NUMBERS}, "max"),  # the appeal to the governor counts from it
    ("ATI-ANSWER", {"counting": "full"}, "counting"),
    ("ATI-ANSWER", {"article": "3"}, "article"),
    ("DEC-POST", {"owner": "governor"}, "owner"),
    ("DEC-POST", {"max": 20, "sentence": {"ar": "داخل 20 يوما", "fr": "dans les 20 jours"}}, "longer"),
    ("DEC-POST", {"max": 5}, "sentence_too"),
    ("COMMIT-COMPLETE", {"max": 20, "sentence": LEFT[20]}, "shorter"),
    ("COMMIT-COMPLETE", {"owner": "unit"}, "owner"),
    ("PROC-COMPLETE", {"max": 45, "sentence": LEFT[45]}, "max"),
    ("PROC-COMPLETE", {"off": True}, "off"),
    ("DEC-POST", {"sentence": NUMBERS}, "numbers"),
    ("SES-NOTICE", {"off": True}, "off"),  # the law says what follows
    ("OPP-JUDGE", {"off": True}, "not_applied"),
    ("DEC-POST", {"off": True, "from": date(2001, 1, 1)}, "too_early"),
]
ACCEPTED = [
    ("PROC-DECIDE", {"owner": "unit"}),
    ("PROC-RECEIPT", {"owner": "unit"}),
    ("DEC-POST", {"off": True}),
    ("DEC-POST", {"max": 5, "sentence": POSTED}),
    ("AGENDA-GOV", {"owner": "bureau"}),
    ("COMMIT-ANSWER", {"off": True}),
    ("COMMIT-COMPLETE", {"off": True}),
    ("COMMIT-COMPLETE", {"max": 45, "sentence": LEFT[45]}),
    ("PROC-APPEAL", {"sentence": {"ar": "للمرتفق أن يطعن داخل 30 يوما", "fr": "Recours ouvert 30 jours"}}),
]


@pytest.mark.parametrize(("rule", "said", "code"), REFUSED)
def test_what_the_law_does_not_leave_to_a_council_is_refused_with_its_reason(rule, said, code):
    wanted = change(rule, **said)
    reasons = refused(wanted, RULES[rule], RULES)
    assert code in [reason.code for reason in reasons]
    assert all(reason.ar and reason.fr for reason in reasons)
    book, conflicts = laid(change(rule, text=False, **said))
    assert [conflict.code for conflict in conflicts] == ["refused"]
    assert book[rule].variants == ()


@pytest.mark.parametrize(("rule", "said"), ACCEPTED)
def test_what_it_leaves_is_accepted(rule, said):
    assert refused(change(rule, **said), RULES[rule], RULES) == ()


def test_nothing_that_a_person_owes_or_is_owed_can_be_moved():
    for rule in RULES:
        found = set(changeable(rule, RULES))
        if not rule.bound:
            assert found == set()
        if rule.owner in PERSONS or rule.type != "duty":
            own = {"off", "max"} if rule.law == "council" else set()  # longer, or no more: never shorter
            assert not (found - own) & {"off", "max", "counting", "article"}, rule.id
        if rule.law != "council" and set(rule.kinds) & {"55-19", "31-13", "09-08", "complaint", "petition"}:
            assert "off" not in found, rule.id


def test_a_rule_from_memory_may_be_corrected_but_never_past_the_cap():
    memory = parse_rule(RULES["PROC-APPEAL-GOV"].text.replace('"verified"', '"memory"'), "memory")
    for days, codes in ((40, []), (61, ["cap"])):
        words = {"ar": f"داخل {days} يوما", "fr": f"dans les {days} jours"}
        asked = change("PROC-APPEAL-GOV", max=days, sentence=words, article="22")
        assert [reason.code for reason in refused(asked, memory, RULES)] == codes


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("max = 5", "max = 0", r"\[change\.1\]: max: expected between 1 and 365"),
        ("max = 5", 'shape = "at_once"\nmax = 5', r"\[change\.1\]: shape: unknown key"),
        ("max = 5", 'start = { ar = "بداية", fr = "début" }', "start: unknown key"),
        ("max = 5", "off = true", "off: give either off = true or one of"),
        ('source = "مقرر رقم 3/2026"', "", "source: missing"),
        ('source = "مقرر رقم 3/2026"', 'source = " "', "source: empty"),
        ('reason = { ar = "قرار المجلس", fr = "décision du conseil" }', "", "reason: missing"),
        ('fr = "décision du conseil"', 'fr = "قرار"', "reason.fr: written in Arabic"),
        ('ar = "قرار المجلس"', 'ar = "decision"', "reason.ar: no Arabic letter"),
        ('fr = "décision du conseil"', 'fr = "a\\u202eb"', "invisible character"),
        ("Affichage dans les 5 jours", "Affichage dans les 5 jours.", "no full stop"),
        ("from = 2026-01-01", "from = 2026-02-30", "date that does not exist"),
        ("[[change]]", "[[changes]]", "changes: unknown key"),
        ('rule = "DEC-POST"', "rule = 3", "rule: expected a text"),
    ],
)
def test_every_mistake_names_its_place(before, after, message):
    good = FILE % RULES["DEC-POST"].stamp
    assert parse_overlay(good, "ours.toml").changes[0].keys["max"] == 5
    assert before in good
    with pytest.raises(LawError, match=message) as refusal:
        parse_overlay(good.replace(before, after), "ours.toml")
    assert "ours.toml" in str(refusal.value)


@given(st.dates(date(2020, 9, 28), date(2120, 1, 1)), st.none() | st.integers(1, 60))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_an_empty_overlay_changes_no_duty_and_words_change_no_date(start, limit):
    never = change("PROC-DECIDE", date(2021, 1, 1), over_from=date(2021, 1, 1), owner="unit")
    said = change("PROC-DECIDE", date(2020, 9, 28), owner="unit")
    today = start + timedelta(days=400)
    shipped, empty, words = (
        duties("55-19", request(start, limit), century()[0], today, book)
        for book in (RULES, laid(never).book, laid(said).book)
    )
    assert shipped == empty
    before, after = ([(duty.key, duty.do_by, duty.lapses_on) for duty in found] for found in (shipped, words))
    assert before == after
    assert {duty.owner for duty in words if duty.rule_id == "PROC-DECIDE"} == {"unit"}


def test_a_text_kept_before_labels_were_asked_for_is_still_read():
    now = RULES["DEC-POST"].text
    text = f"{now.split('[label]')[0]}[sentence]{now.split('[sentence]')[1]}"
    assert "label" not in text
    with pytest.raises(LawError, match="label"):
        parse_rule(text, "112-14/DEC-POST.toml")
    old = parse_rule(text, "112-14/DEC-POST.toml", kept=True)
    ours = change("DEC-POST", corrects=old.stamp, shipped=text, max=5, sentence=POSTED)
    book, (conflict,) = laid(ours)
    assert (conflict.code, conflict.applies) == ("changed", "council")
    assert one(book, "session", CLOSED, "2026-12-01", "DEC-POST").do_by == date(2026, 10, 5)


def test_two_councils_in_one_process_do_not_see_each_other():
    strict, off = laid(change("DEC-POST", max=5, sentence=POSTED)).book, laid(change("DEC-POST", off=True)).book
    found = [one(book, "session", CLOSED, "2026-12-01", "DEC-POST") for book in (strict, off, RULES)]
    assert [duty and duty.do_by for duty in found] == [date(2026, 10, 5), None, date(2026, 10, 8)]
    assert len({strict.version, off.version, RULES.version}) == 3
    assert laid().book is RULES


def test_the_command_says_what_would_change_and_what_does_not_fit(tmp_path, capsys):
    path = tmp_path / "ours.toml"
    path.write_text(FILE % RULES["DEC-POST"].stamp, "utf-8")
    assert main(["overlay", "check", str(path)]) == 0
    out = capsys.readouterr().out
    assert "10 jours -> 5 jours" in out
    assert "1 changes, 0 conflicts" in out
    path.write_text(FILE % "1-00000000", "utf-8")
    assert main(["overlay", "check", str(path)]) == 1
    out = capsys.readouterr().out
    assert "la règle d’origine s’applique" in out
    assert RULES["DEC-POST"].stamp in out
    path.write_text("rule = 1", "utf-8")
    assert main(["overlay", "check", str(path)]) == 2
    assert str(path) in capsys.readouterr().err
    assert main(["overlay", "check", str(tmp_path / "none.toml")]) == 2


def test_a_council_that_leaves_no_time_to_complete_returns_no_file():
    """The time that it gave of its own accord may be given no more: then nothing is returned, and nobody is late."""
    rows = [["2026-12-01", "filed"], ["2026-12-01", "missing_listed", {"documents": ["cin"]}]]
    asked = "council-commitment", "file_returned", facts(rows), calendar()
    assert may(*asked, date(2027, 1, 5))
    longer = laid(change("COMMIT-COMPLETE", max=45, sentence=LEFT[45])).book
    said = may(*asked, date(2027, 1, 5), rules=longer)
    assert (said.allowed, said.reasons[0].code, said.opens_on) == (False, "too_early", date(2027, 1, 19))
    off = laid(change("COMMIT-COMPLETE", off=True)).book
    assert may(*asked, date(2027, 6, 1), rules=off).reasons[0].code == "nothing_to_return"
