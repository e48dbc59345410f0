"""Why this date: both languages, ISO dates beside the words, mixed directions kept apart."""

import re
from datetime import date, datetime, timedelta

from tadbir.law import RULES, Step, duties
from tadbir.law.cites import article_ar, article_fr, cite_ar, cite_fr
from tadbir.law.engine import explain_from
from tadbir.law.refusals import too_late
from tadbir.law.vocabulary import HOUSE
from tadbir.law.words import LRI, PDI, day_ar, day_fr, length_ar, length_fr, weekday_written

from .facts import calendar, facts, of

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def _fair(step: Step):
    assert step.ar.strip()
    assert step.fr.strip()
    assert ISO.findall(step.ar) == ISO.findall(step.fr), "the same dates in the same order"
    for text in (step.ar, step.fr):
        for found in ISO.finditer(text):
            assert text[found.start() - 1] == LRI
            assert PDI in text[found.end() : found.end() + 8]
        assert sum(text.count(mark) for mark in "\u2066\u2067\u2068") == text.count(PDI)
        assert not re.search(r"\bde le\b|\bde les\b", text)
    assert not any("\u0600" <= letter <= "\u06ff" for letter in step.fr)
    if step.iso is not None:
        assert step.iso in step.ar


def test_every_bound_rule_explains_itself():
    for rule in RULES:
        if rule.id == "COMMIT-ANSWER" or any(when.shape == "count" for when in rule.whens):
            continue
        if any(when.period == "session" for when in rule.whens):
            continue
        duty = explain_from(rule, date(2026, 12, 1), calendar())
        assert duty is not None, rule.id
        assert len(duty.steps) >= 2
        for step in duty.steps:
            _fair(step)


def test_the_example_of_the_design():
    rows = facts([["2026-12-01", "filed"], ["2026-12-01", "completed"]])
    duty = next(d for d in duties("55-19", rows, calendar(), date(2026, 12, 1)) if d.rule_id == "PROC-DECIDE")
    french = [step.fr.replace(LRI, "").replace(PDI, "") for step in duty.steps]
    assert french[1] == "Point de départ\u00a0: dossier complet, le mardi 1er décembre 2026 (2026-12-01)."
    assert "délai franc" in french[2]
    assert "article 31" in french[2]
    assert french[3] == (
        "Dernier jour pour le conseil\u00a0: lundi 1er février 2027 (2027-02-01), car les bureaux sont fermés le "
        "dimanche 31 janvier 2027 (2027-01-31) (dimanche)."
    )
    assert "2027-02-02" in french[4]
    assert sum("Dernier jour" in said for said in french) == 1, "a day that was carried is said once"
    assert "الأحد 31 يناير 2027" in duty.steps[3].ar
    for step in duty.steps:
        _fair(step)


def test_steps_of_a_troubled_file_are_fair():
    rows = [
        ["2026-10-01", "filed", {"delay_days": 90}],
        ["2026-10-01", "completed"],
        ["2026-10-05", "information_asked"],
        ["2026-10-08", "information_received"],
        ["2026-10-09", "replacement_asked", {}, "ask"],
        ["2026-10-10", "request_received", {"asked": "ask"}],
        ["2026-10-15", "replacement_received", {"asked": "ask"}],
        ["2026-10-16", "information_asked"],
        ["2026-11-20", "extended", {"ground": "inquiry", "days": 12}],
        ["2026-11-21", "extended", {"ground": "inquiry", "days": 12}],
        ["2026-12-10", "appeal_filed"],
    ]
    found = duties("55-19", facts(rows), calendar(), date(2027, 6, 1))
    assert {"PROC-DECIDE", "PROC-REPLACE", "PROC-APPEAL-ANS", "PROC-APPEAL"} <= {duty.rule_id for duty in found}
    for duty in found:
        for step in duty.steps:
            _fair(step)


def test_memory_and_derived_are_said():
    from dataclasses import replace

    rule = replace(RULES["PROC-IND"], confidence="memory")
    duty = explain_from(rule, date(2026, 12, 1), calendar())
    assert "non confirmée" in duty.steps[-1].fr
    assert "غير مؤكدة" in duty.steps[-1].ar
    *_, derived = of("PROC-IND", "council", [], "2026-12-01")
    assert "tirée de l’article" in derived.steps[-1].fr
    assert "استُخلصت" in derived.steps[-1].ar


def test_each_last_day_of_a_list_says_whose_it_is():
    rows = [["2026-11-02", "filed"], ["2026-11-20", "complaint_to_head", {"against": "early"}]]
    [duty] = of("ATI-COMPLAIN-ANS", "31-13", rows, "2026-11-25")
    french, arabic = [step.fr for step in duty.steps], [step.ar for step in duty.steps]
    for labels, said in (
        (("Dernier jour pour le conseil", "Dernier jour au compte le plus long"), french),
        (("آخر يوم للمجلس", "آخر يوم بأطول احتساب"), arabic),
    ):
        for label in labels:
            assert sum(one.startswith(label) for one in said) == 1, label
    assert "L’expiration du délai précédent est certaine" in " ".join(french), "not the same as its own"
    [silence] = of("SILENCE-60", "petition", [["2026-11-02", "filed"]], "2026-11-25")
    assert not any("pour le conseil" in step.fr and "Dernier" in step.fr for step in silence.steps), (
        "nobody owes a silence"
    )
    [commission] = of("ATI-CDAI-ANS", "31-13", [["2026-11-02", "filed"], ["2026-12-05", "cdai_seised"]], "2026-12-06")
    assert any(step.fr.startswith("Dernier jour pour la commission") for step in commission.steps)
    assert any(step.ar.startswith("آخر يوم لدى لجنة") for step in commission.steps)


def test_what_is_worth_knowing_is_that_of_this_start():
    opened = [["2026-10-01", "filed"], ["2026-10-01", "completed"]]
    refused = [["2026-10-15", "outcome_signed"], ["2026-10-16", "notified", {"sense": "refused"}]]
    grievance = [["2026-12-05", "grievance_filed", {"against": "lapse"}, "g"]]
    grievance += [["2026-12-15", "grievance_answered", {"asked": "g", "sense": "refused", "means": "hand"}]]
    for rows, today, known in (
        ([*opened, *refused], "2026-10-20", [["la notification"]]),
        (opened, "2026-12-05", [[]]),
        ([*opened, *grievance], "2026-12-16", [[], ["rejet exprès", "la notification"]]),
    ):
        notes = [
            [s.fr for s in one.steps if s.fr.startswith("À savoir")] for one in of("PROC-APPEAL", "55-19", rows, today)
        ]
        assert [len(one) for one in notes] == [len(one) for one in known]
        for said, wanted in zip(notes, known, strict=True):
            assert all(any(word in note for note in said) for word in wanted)
    assert any(
        "rejet exprès" in step.fr for step in explain_from(RULES["PROC-APPEAL"], date(2026, 12, 1), calendar()).steps
    )


def test_no_list_says_the_ways_of_counting_without_whose_they_are():
    for rule in RULES:
        duty = explain_from(rule, date(2026, 12, 1), calendar()) if rule.bound and rule.id != "COMMIT-ANSWER" else None
        for step in duty.steps if duty else ():
            if "ne dit pas si le dernier jour compte" in step.fr:
                ours = rule.owner in HOUSE and rule.type != "effect"
                assert ("pour le conseil" if ours else "par prudence") in step.fr, rule.id
                assert ("للمجلس" if ours else "للاحتياط") in step.ar, rule.id


def test_hours_are_told_as_instants():
    given = facts([["2026-11-02", "declaration_filed"]])
    duty = next(d for d in duties("09-08", given, calendar(), date(2026, 11, 2)) if d.rule_id == "PD-DECL")
    assert isinstance(duty.do_by_at, datetime)
    assert duty.lapses_at - duty.do_by_at == timedelta(days=1)
    assert any("au plus tard le \u20662026-11-03 00:00" in step.fr for step in duty.steps)


def test_numbers_agree_in_arabic():
    assert [length_ar(n, "days") for n in (1, 2, 3, 10, 11, 60, 100, 102, 105)] == [
        "يوم واحد",
        "يومان",
        "3 أيام",
        "10 أيام",
        "11 يوما",
        "60 يوما",
        "100 يوم",
        "102 يوم",
        "105 أيام",
    ]
    assert [length_ar(n, "working_days") for n in (3, 20)] == ["3 أيام عمل", "20 يوم عمل"]
    assert length_ar(24, "hours") == "24 ساعة"
    assert length_ar(2, "months") == "شهران"
    assert [length_fr(n, "days") for n in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]


def test_dates_in_words():
    assert day_fr(date(2027, 8, 1)) == f"dimanche 1er août 2027 ({LRI}2027-08-01{PDI})"
    assert day_ar(date(2027, 5, 3)) == f"الاثنين 3 ماي 2027 ({LRI}2027-05-03{PDI})"
    assert weekday_written(date(2027, 2, 1), "ar") == "الاثنين فاتح فبراير 2027", "a refusal says its day once"
    said = too_late(date(2027, 2, 1), "23", "41-90").fr
    assert "le lundi 1er février 2027 (article 23" in said
    assert "(2027-" not in said


def test_articles_are_cited_as_a_lawyer_would():
    assert cite_fr("16", "55-19") == "article 16 de la loi n°\u00a055-19"
    assert cite_fr("5", "2-16-300") == "article 5 du décret n°\u00a02-16-300"
    assert article_fr("39, 116") == "articles 39 et 116"
    assert article_fr("5, 9, 29") == "articles 5, 9 et 29"
    assert article_fr("72-76") == "articles 72 à 76"
    assert article_ar("39, 116") == "المادتان 39 و116"
    assert article_ar("5, 9, 29") == "المواد 5 و9 و29"
    assert article_ar("72-76") == "المواد من 72 إلى 76"
    assert cite_ar("sheet", "council") == "بطاقة المسطرة"
    assert cite_fr("sheet", "council") == "fiche de la procédure"
