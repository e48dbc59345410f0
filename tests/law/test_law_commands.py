"""`tadbir law`: list, explain, sessions; a clear refusal for the rest."""

import subprocess
import sys
from datetime import date

import pytest

from tadbir.law import REGIMES, RULES, LawError
from tadbir.law.commands import explain_rule, list_rules, list_sessions, main, run


@pytest.fixture(autouse=True)
def _french(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "fr")


def test_list_names_every_rule_in_both_languages():
    text = list_rules()
    for rule in RULES:
        assert f"{rule.id} {rule.stamp}" in text
        assert rule.sentence.ar in text
        assert rule.sentence.fr in text
    assert f"{len(RULES)} règles" in text
    assert RULES.version in text
    assert f"OPP-JUDGE {RULES['OPP-JUDGE'].stamp} [-]" in text
    assert f"PROC-DECIDE {RULES['PROC-DECIDE'].stamp}\n" in text


def test_list_names_every_regime_and_how_sure_its_day_is():
    text = list_rules()
    for regime in REGIMES.values():
        assert (regime.ar in text, regime.fr in text) == (True, True)
    assert "\nsession 2015-09-18 [!]\n" in text  # the day of an election, from memory
    assert "\ncomplaint 2018-01-01\n" in text
    assert "complaint 2018-01-01" not in list_rules(law="31-13")


def test_list_of_one_law_in_one_language():
    text = list_rules(law="31-13", lang="fr")
    assert "ATI-ANSWER" in text
    assert "PROC-DECIDE" not in text
    assert RULES["ATI-ANSWER"].sentence.ar not in text
    with pytest.raises(LawError, match="inconnue"):
        list_rules(law="99-99")


def test_explain_gives_dates_beside_the_words():
    text = explain_rule("PROC-DECIDE", date(2026, 12, 1))
    assert "do_by        2027-02-01" in text
    assert "lapses_on    2027-02-02" in text
    assert "lundi 1er février 2027" in text
    assert "الاثنين 1 فبراير 2027" in text
    assert "lundi" not in explain_rule("PROC-DECIDE", date(2026, 12, 1), lang="ar")
    assert "الاثنين" not in explain_rule("PROC-DECIDE", date(2026, 12, 1), lang="fr")


@pytest.mark.parametrize(
    ("rule", "day", "message"),
    [
        ("PROC-NOTHING", date(2026, 12, 1), "aucune règle de ce code"),
        ("PROC-DECIDE", date(2019, 1, 1), "pas en vigueur"),
        ("ABS-DISMISS", date(2026, 12, 1), "not computed"),
        ("COMMIT-ANSWER", date(2026, 12, 1), "délai à elle"),
    ],
)
def test_explain_refuses_clearly(rule, day, message):
    with pytest.raises(LawError, match=message):
        explain_rule(rule, day)


def test_sessions():
    assert [line[:10] for line in list_sessions([2027, 2028]).splitlines()] == [
        "2027-01-12",
        "2027-06-14",
        "2027-09-13",
        "2028-01-10",
        "2028-06-12",
        "2028-09-11",
    ]
    with pytest.raises(LawError, match="une année entre"):
        list_sessions([27])


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["read"],
        ["explain", "PROC-DECIDE"],
        ["explain", "PROC-DECIDE", "--from"],
        ["explain", "PROC-DECIDE", "--from", "tomorrow"],
        ["explain", "PROC-DECIDE", "PROC-ASK", "--from", "2026-12-01"],
        ["explain", "PROC-DECIDE", "--from", "2026-12-01", "--lang", "es"],
        ["sessions"],
        ["sessions", "next"],
        ["list", "99-99"],
    ],
)
def test_a_command_not_understood_says_so(argv, capsys):
    with pytest.raises(LawError):
        run(argv)
    assert main(argv) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "tadbir law list" in printed.err


def test_a_command_speaks_the_language_of_the_terminal(monkeypatch, capsys):
    for language, words in (("ar", "لا قاعدة بهذا الرمز"), ("fr", "aucune règle de ce code")):
        monkeypatch.setenv("LANGUAGE", language)
        assert main(["explain", "PROC-NOTHING", "--from", "2026-12-01"]) == 2
        told = capsys.readouterr().err
        assert words in told
        assert "expected" not in told
        assert main(["--help"]) == 0
        assert "tadbir law list" in capsys.readouterr().out


def test_main_prints(capsys):
    assert main(["explain", "PROC-DECIDE", "--from", "2026-12-01", "--lang", "fr"]) == 0
    assert "2027-02-01" in capsys.readouterr().out


def test_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "tadbir.law", "sessions", "2027"], capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode().startswith("2027-01-12")
