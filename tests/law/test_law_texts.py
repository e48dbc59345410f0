"""Each text in force by its own clause; rules that are listed and not computed: the right words, the right days."""

import re
from datetime import date

import pytest

from tadbir.law import LAWS, REGIMES, RULES, length_of, opens_remedy
from tadbir.law.commands import explain_rule
from tadbir.law.engine import explain_from
from tadbir.law.words import by

from .facts import calendar

#: From when each text holds, read in its own clause; typed here a second time on purpose.
SINCE = {
    "112-14": ("2015-09-18", "222"),
    "55-19": ("2020-09-28", "33"),
    "31-13": ("2019-03-12", "30"),
    "09-08": ("2015-09-18", ""),
    "2-09-165": ("2015-09-18", ""),
    "2-17-265": ("2018-01-01", "22"),  # seventh month after June 2017
    "03-01": ("2015-09-18", "7"),
    "41-90": ("2015-09-18", ""),
    "05-20": ("2021-08-05", "53"),
    "2-21-406": ("2021-08-05", ""),
    "2-16-300": ("2016-07-14", ""),
    "2-16-303": ("2016-07-14", ""),
    "2-16-306": ("2016-07-14", ""),
    "2-17-289": ("2017-06-15", ""),
    "2-22-431": ("2023-09-01", "169"),  # sixth month after 9 March 2023
    "54-19": ("2021-07-22", ""),  # BO 7006, not the dahir of 14 July
    "69-99": ("2015-09-18", ""),
    "26-16": ("2019-09-26", "35"),
    "council": ("2015-09-18", ""),
}


def test_each_text_holds_from_the_day_of_its_own_clause():
    assert {code: (str(text.since), text.clause) for code, text in LAWS.items()} == SINCE
    for rule in RULES:
        assert rule.in_force_from >= LAWS[rule.law].since, rule.id
    for regime in REGIMES.values():
        assert regime.since is None or regime.since >= LAWS[regime.law].since, regime.code


def _said():
    for rule in RULES:
        parts = (rule.sentence, rule.label, rule.told, rule.start, rule.effect_words, *rule.readings)
        yield rule.id, [one for one in (*parts, *map(length_of, rule.whens)) if one is not None]
    for regime in REGIMES.values():
        yield regime.code, list(regime.remedies)


def test_no_sentence_holds_the_code_of_a_rule_and_a_quarter_is_a_quarter():
    codes = re.compile("|".join(re.escape(rule.id) for rule in RULES if "-" in rule.id))
    for name, parts in _said():
        for words in parts:
            assert not codes.search(words.ar), name
            assert not codes.search(words.fr), name
            assert "الفصل الأول" not in words.ar, f"{name}: a quarter is a ربع"


def test_a_last_day_is_said_with_the_same_words_everywhere():
    assert by("الثلاثاء 29 دجنبر 2026", "ar") == "إلى غاية الثلاثاء 29 دجنبر 2026"
    assert by("mardi 29 décembre 2026", "fr") == "au plus tard le mardi 29 décembre 2026"
    text = explain_rule("PROC-APPEAL", date(2026, 12, 2))
    assert "إلى غاية الخميس 31 دجنبر 2026" in text
    assert "au plus tard le jeudi 31 décembre 2026" in text
    assert "avant la fin" not in text


def test_a_session_opens_on_the_day_that_the_calendar_leaves():
    """Organic law 112-14, article 34: the second Monday, 11 January 2027, is a holiday."""
    text = explain_rule("SES-OPEN", date(2027, 1, 11), lang="fr")
    assert "do_by        2027-01-12" in text
    assert "les bureaux sont fermés" in text
    assert "mardi 12 janvier 2027" in text
    assert "certaine" not in text, "nothing expires when a session opens"


def test_the_calendar_month_after():
    """Decree 2-17-289, article 2: in the month that follows that of the visa, whatever its day."""
    days = {
        start: explain_from(RULES["FIN-PUB"], start, calendar()) for start in (date(2026, 11, 2), date(2026, 11, 30))
    }
    assert {str(duty.do_by) for duty in days.values()} == {"2026-12-31"}
    february = explain_from(RULES["FIN-PUB"], date(2027, 1, 31), calendar())
    assert (str(february.do_by), str(february.accept_until)) == ("2027-02-26", "2027-03-01")  # the 28th is a Sunday
    year = explain_from(RULES["CHARTER-MEASURES"], date(2026, 3, 3), calendar())
    assert str(year.do_by) == "2027-12-31"


def test_thirty_days_that_must_pass_open_a_right_and_close_none():
    """Organic law 112-14, article 210: once thirty days are over; a day later is the prudent reading."""
    duty = explain_from(RULES["LIT-AMICABLE"], date(2026, 12, 1), calendar())
    assert (str(duty.starts_on), duty.do_by, duty.lapses_on) == ("2027-01-01", None, None)
    assert any("2 janvier 2027" in step.fr for step in duty.steps)
    assert RULES["LIT-MONEY-GOV"].start.fr == "remise du récépissé"


def test_a_window_is_not_carried():
    """Organic law 112-14, article 43: the second convocation is sent in the third to fifth day after the first."""
    duty = explain_from(RULES["QUORUM-2"], date(2027, 1, 12), calendar())  # a Tuesday: 15 to 17 January, a Sunday
    assert (str(duty.starts_on), str(duty.do_by)) == ("2027-01-15", "2027-01-17")
    assert "convocation" in duty.sentence_fr


def test_any_session_is_said_where_the_text_says_any():
    for rule_id in ("LAWSUITS", "AUDIT-AGENDA", "WQ-ANSWER", "RI-VOTE"):
        assert "extraordinaire" in length_of(RULES[rule_id].whens[-1]).fr, rule_id
    assert "extraordinaire" not in length_of(RULES["PET-AGENDA"].whens[-1]).fr, "article 116 names the ordinary one"


@pytest.mark.parametrize("rule", ["BUD-FIX", "BUD-MANDATORY", "BUD-RESUBMIT"])
def test_a_budget_that_is_not_mended_may_be_made_by_the_interior(rule):
    """Organic law 112-14, articles 182, 183 and 186."""
    assert RULES[rule].effect == "article_186"
    assert "186" in RULES[rule].effect_words.ar
    assert "186" in RULES[rule].effect_words.fr


def test_a_lapse_promises_a_remedy_only_where_one_opens():
    assert opens_remedy("PROC-DECIDE", "55-19")
    assert opens_remedy("SILENCE-60", "petition")
    assert opens_remedy("ATI-ANSWER", "31-13")
    assert not opens_remedy("COMMIT-ANSWER", "council-commitment"), "a promise not kept opens nothing"
    assert not opens_remedy("CMP-ANSWER", "complaint")
    assert not opens_remedy("PET-REFUSE", "petition")


def test_more_than_a_month_is_a_month_and_a_day():
    """Organic law 112-14, article 105: an absence of more than a month."""
    duty = explain_from(RULES["PRES-REPLACE"], date(2026, 11, 2), calendar())
    assert (str(duty.starts_on), duty.do_by) == ("2026-12-03", None)


def test_an_extension_of_a_session_is_of_consecutive_days():
    """Article 35: to Saturday 2 January, not to the Monday."""
    duty = explain_from(RULES["SES-MAX-EXT"], date(2026, 12, 18), calendar())
    assert (str(duty.do_by), str(duty.lapses_on)) == ("2027-01-02", "2027-01-03")


def test_a_power_that_begins_on_a_date_does_not_end_there():
    """Article 184: from 1 January, until the budget is visaed."""
    duty = explain_from(RULES["BUD-JANUARY"], date(2026, 12, 1), calendar())
    assert (str(duty.starts_on), duty.do_by, duty.lapses_on) == ("2027-01-01", None, None)
    assert RULES["BUD-FIX"].owner == "president", "article 182: the president modifies and submits"


def test_an_effect_of_time_is_not_carried():
    """Articles 33 and 60: nothing is done that day. 15 days from Friday 4 December are Saturday 19, full Sunday."""
    gone = explain_from(RULES["RESIGN"], date(2026, 12, 4), calendar())
    assert (str(gone.do_by), str(gone.lapses_on)) == ("2026-12-19", "2026-12-21")
    rules = explain_from(RULES["RI-FORCE"], date(2026, 12, 4), calendar())
    assert str(rules.lapses_on) == "2026-12-14"
    freed = explain_from(RULES["LIT-RECEIPT"], date(2026, 12, 4), calendar())
    assert (str(freed.do_by), str(freed.lapses_on)) == ("2026-12-21", "2026-12-22"), "the governor may still give it"


def test_the_next_working_day_is_one_day():
    """Article 38: «اليوم الموالي من أيام العمل»."""
    duty = explain_from(RULES["XS-GOV-QUORUM2"], date(2026, 12, 4), calendar())
    assert (str(duty.do_by), str(duty.lapses_on)) == ("2026-12-07", "2026-12-08")


def test_the_special_committee_and_the_election_have_their_articles():
    assert (RULES["SPEC-COMMITTEE"].article, RULES["NEW-ELECTION"].article) == ("75", "76")
