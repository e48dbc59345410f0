"""A regime is one file: what it holds, what a faulty one says, and what a permission tells of its text."""

import tomllib
from datetime import date
from importlib import resources

import pytest

from tadbir.law import CONFIDENCES, KINDS, LAWS, REGIMES, RULES, LawError, may
from tadbir.law.parse_regime import parse_regimes, read_files
from tadbir.law.regime import PHASES

from .facts import allowed, calendar, facts

FOLDER = resources.files("tadbir.law") / "regimes"
FILES = read_files(FOLDER)
PARTS = {name: raw for name, raw in FILES.items() if name.startswith("_")}

#: The lists as the house had them before the regimes said it.
STEPS = {
    "55-19": ("governor_invited", "court_seised"),
    "31-13": ("acknowledged", "extension_notified", "cdai_seised", "cdai_answered", "court_seised"),
    "09-08": ("acknowledged", "cndp_asked", "rectified", "access_given", "court_seised"),
    "complaint": ("acknowledged", "defect_notified"),
    "petition": ("bureau_accepted", "bureau_refused", "put_on_agenda", "court_seised"),
    "council-commitment": ("court_seised",),
}
REQUESTS = {"55-19", "31-13", "09-08", "petition", "complaint", "council-commitment", "signpost"}


def _where(says):
    return {code for code, regime in REGIMES.items() if says(regime)}


def test_the_kinds_of_dossier_and_what_sets_them_apart():
    assert set(KINDS) == set(REGIMES) == REQUESTS | {"session", "resolution", "council"}
    assert _where(lambda one: one.opened_by == "person") == REQUESTS == _where(lambda one: one.receipt is not None)
    assert _where(lambda one: one.needs_completion) == {"55-19", "council-commitment"}
    assert _where(lambda one: one.undertaking) == {"council-commitment"}
    assert _where(lambda one: one.elsewhere) == {"signpost"}
    assert _where(lambda one: one.urgent) == {"31-13"}
    assert _where(lambda one: one.handled_by == "handle_information_requests") == {"31-13"}


def test_steps_and_what_they_need_are_those_that_were_listed():
    assert {code: regime.steps for code, regime in REGIMES.items() if regime.steps} == STEPS
    rows = [row for regime in REGIMES.values() for row in regime.facts.values()]
    assert {row.code for row in rows if row.reasoned} == {"extension_notified", "defect_notified", "bureau_refused"}
    assert {row.code for row in rows if row.leaves_today} == {"extension_notified", "defect_notified"}
    told = {
        "extension_notified": "extended",
        "defect_notified": "defect_notified",
        "bureau_accepted": "bureau_accepted",
        "rectified": "rectified",
        "access_given": "access_given",
    }
    assert {row.code: row.told for row in rows if row.told} == told


def test_remedies_and_appeals_are_those_that_were_written():
    named = {code: [one.rule for one in regime.remedies] for code, regime in REGIMES.items() if regime.remedies}
    assert named == {
        "55-19": ["PROC-APPEAL", "COURT-APPEAL", "COURT-60", "COURT-GRIEVANCE", "REASONS-URGENT"],
        "31-13": ["ATI-COMPLAIN", "ATI-CDAI", "ATI-COURT"],
        "09-08": ["PD-ORDER", "COURT-60", "COURT-SILENCE", "COURT-GRIEVANCE", "REASONS-URGENT"],
        "petition": ["COURT-60", "COURT-SILENCE", "COURT-GRIEVANCE", "REASONS-URGENT"],
        "council-commitment": ["COURT-60", "COURT-SILENCE", "COURT-GRIEVANCE", "REASONS-URGENT"],
    }
    appeals = {code: regime.appeal for code, regime in REGIMES.items() if regime.appeal}
    assert {code: (one.filed, one.answered) for code, one in appeals.items()} == {
        "55-19": ("appeal_filed", "appeal_answered"),
        "31-13": ("complaint_to_head", "complaint_answered"),
    }
    grievances = {code for code, regime in REGIMES.items() if regime.grievance}
    assert grievances == {"55-19", "09-08", "petition", "council-commitment"}
    assert [one.filed for one in REGIMES["55-19"].answered] == ["appeal_filed", "grievance_filed"]
    assert appeals["31-13"].answer.fr == "Le président répond dans les 15 jours (loi n° 31-13, article 19)."
    assert appeals["55-19"].next.fr.startswith(
        "Si le président ne répond pas dans son délai de 15 jours, écrivez au gouverneur"
    )


def test_what_cites_an_article_says_how_sure_it_is():
    for regime in REGIMES.values():
        assert regime.confidence in CONFIDENCES
        for row in regime.facts.values():
            assert set(row.phases) <= set(PHASES)
            assert bool(row.article) == bool(row.confidence) == bool(row.law)
            if row.article:
                assert row.law in LAWS
                assert row.confidence in CONFIDENCES
            if row.window:
                assert (row.law, row.article) == (RULES[row.window].law, RULES[row.window].article)


def test_a_permission_names_its_text_whether_it_is_given_or_not():
    filed = [["2026-10-01", "filed"], ["2026-10-01", "completed"]]
    given, refused = (
        allowed("information_asked", filed, "2026-10-05"),
        allowed("information_asked", filed, "2026-12-20"),
    )
    assert (given.allowed, refused.allowed) == (True, False)
    for answer in (given, refused):
        assert (answer.law, answer.article, answer.confidence) == ("55-19", "14", "verified")
    early = allowed("information_asked", [], "2026-10-05")
    assert (early.allowed, early.article) == (False, "14")
    assert allowed("withdrawn", filed, "2026-10-05").article == ""
    asked = allowed("reasons_asked", filed, "2026-10-05")
    assert (asked.law, asked.article) == ("03-01", "4, 5")
    lapsed = allowed("lapsed", filed, "2026-12-02", rule="PROC-DECIDE")
    assert (lapsed.law, lapsed.article) == ("55-19", "16")


def test_the_examination_of_an_authorisation_is_extended_under_the_decree():
    """Decree 2-09-165, article 28; law 09-08 has an article 28 on another matter."""
    asked = [["2026-10-01", "authorisation_filed"]]
    once = allowed("authorisation_extended", asked, "2026-10-05", kind="09-08")
    assert (once.law, once.article, once.confidence) == ("2-09-165", "28", "verified")
    again = allowed(
        "authorisation_extended", [*asked, ["2026-10-05", "authorisation_extended"]], "2026-10-06", kind="09-08"
    )
    assert "décret n° \u20682-09-165\u2069" in again.reasons[0].fr or "2-09-165" in again.reasons[0].fr


def test_remedies_say_what_their_articles_say():
    """Law 55-19, article 21: the governor invites the president, he judges nothing. Organic law 112-14: the memoir is
    that of articles 209 and 210; article 211 is about debts. Law 31-13, articles 20 and 21: one after the other."""
    words = {(code, one.rule): one for code, regime in REGIMES.items() for one in regime.remedies}
    assert "يدعو الرئيس إلى البت داخل 10 أيام" in words["55-19", "PROC-APPEAL"].ar
    assert "l’invite à statuer dans les 10 jours" in words["55-19", "PROC-APPEAL"].fr
    courts = [one for (_, rule), one in words.items() if "COURT" in rule]
    assert len(courts) == 13
    for court in courts:
        assert "المادتان 209 و210" in court.ar
        assert "articles 209 et 210" in court.fr
    assert words["55-19", "COURT-APPEAL"].after == "PROC-APPEAL", "law 41-90, article 23: exhausted first"
    assert "de la réponse du président" in words["31-13", "ATI-CDAI"].fr
    assert "60 jours de la réponse de la commission" in words["31-13", "ATI-COURT"].fr


def test_what_is_said_of_complaints_is_derived():
    """Decree 2-17-265, article 21: local authorities have a mechanism of their own."""
    complaint = REGIMES["complaint"]
    rows = [row for row in complaint.facts.values() if row.law == "2-17-265"]
    assert {complaint.confidence} | {row.confidence for row in rows} == {"derived"}
    assert {rule.confidence for rule in RULES if rule.law == "2-17-265"} == {"derived"}
    published = REGIMES["council"].facts["report_published"]
    assert (published.law, published.article) == ("54-19", "30")


def test_the_articles_of_personal_data_are_those_of_the_law():
    """Law 09-08: the declaration is owed by article 14, its receipt by article 19; article 8 is the rectification."""
    rows = REGIMES["09-08"].facts
    named = {code: rows[code].article for code in ("declaration_filed", "declaration_receipt", "rectified")}
    assert named == {"declaration_filed": "14", "declaration_receipt": "19", "rectified": "8"}
    assert {rows[code].confidence for code in named} == {"verified"}


def test_the_organic_law_is_in_force_after_the_elections_of_its_councils():
    """Organic law 112-14, article 222: not before the day after 17 September 2015."""
    for code in ("petition", "resolution", "session", "council"):
        assert not may(code, "filed" if code == "petition" else "dated_anew", facts([]), _old_days(), date(2015, 9, 17))
    assert may("petition", "filed", facts([]), _old_days(), date(2015, 9, 18))


def _old_days():
    return type(calendar()).build(2015, 2018)


def test_a_regime_opens_nothing_before_it_is_in_force():
    """Decree 2-17-265, article 22: the first day of the seventh month after June 2017."""
    given = facts([])
    assert not may("complaint", "filed", given, _old(), date(2017, 12, 31))
    assert may("complaint", "filed", given, _old(), date(2017, 12, 31)).reasons[0].code == "not_in_force"
    assert may("complaint", "filed", given, _old(), date(2018, 1, 1))


def _old():
    return type(calendar()).build(2016, 2020)


def test_a_fact_may_happen_from_its_own_day():
    row = {**REGIME, "facts": {"filed": {"phases": ["none"], "from": date(2027, 1, 1), "to": date(2027, 12, 31)}}}
    fact = _parsed(row).facts["filed"]
    assert [fact.in_force(day) for day in (date(2026, 12, 31), date(2027, 1, 1), date(2028, 1, 1))] == [
        False,
        True,
        False,
    ]


REGIME = tomllib.loads("""
code = "x"
ar = "نظام"
fr = "Régime"
law = "112-14"
opened_by = "person"
confidence = "derived"
[facts.filed]
phases = ["none"]
""")


def _parsed(raw, parts=PARTS):
    return parse_regimes({"x": raw}, {}, parts)["x"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": 1}, r"regimes/x\.toml: colour: unknown key"),
        ({"code": "y"}, r"code: y belongs in regimes/y\.toml"),
        ({"law": "1-1"}, "law: '1-1' is unknown"),
        ({"opened_by": "anybody"}, "opened_by: 'anybody' is unknown"),
        ({"confidence": "certain"}, "confidence: 'certain' is unknown"),
        ({"fr": ""}, "fr: empty"),
        ({"ar": "Latin"}, "ar: no Arabic letter"),
        ({"based_on": ["_nothing"]}, "based_on: '_nothing' is no shared part"),
        ({"facts": {"smiled": {"phases": "always"}}}, r"\[facts\.smiled\]: 'smiled' is not in the vocabulary"),
        ({"facts": {"filed": {"phases": ["later"]}}}, r"\[facts\.filed\]: phases: 'later' is unknown"),
        ({"facts": {"filed": {"phases": "later"}}}, "phases: 'later' is unknown"),
        ({"facts": {"filed": {"phases": "always", "when": 1}}}, "when: unknown key"),
        ({"facts": {"filed": {"phases": "always", "article": "1"}}}, "confidence: missing"),
        ({"facts": {"filed": {"phases": "always", "needs": ["x"]}}}, "needs: 'x' is not in the vocabulary"),
        (
            {"facts": {"filed": {"phases": "always", "answers": "appeal_filed"}}},
            "'filed' does not answer 'appeal_filed'",
        ),
        ({"facts": {"filed": {"phases": "always", "told": "x"}}}, "step: only a step is reasoned"),
    ],
)
def test_a_faulty_regime_is_refused_with_file_and_key(change, message):
    assert _parsed(REGIME).facts["filed"].phases == ("none",)
    with pytest.raises(LawError, match=message):
        _parsed({**REGIME, **change})


def test_a_key_of_its_own_stands_before_that_of_a_part():
    own = _parsed({**REGIME, "based_on": ["_person"], "facts": {"court_seised": {"step": False}}})
    assert (own.facts["court_seised"].step, own.facts["court_seised"].article) == (False, "23")
    assert own.facts["withdrawn"] == REGIMES["signpost"].facts["withdrawn"]
    with pytest.raises(LawError, match="a shared part holds facts, grievance and nothing else"):
        _parsed({**REGIME, "based_on": ["_p"]}, {"_p": {"facts": {}, "code": "p"}})
