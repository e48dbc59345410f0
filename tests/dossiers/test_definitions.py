"""A council's own definitions, kept: dated, ended, never edited, its own, and untouched by an upgrade."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tadbir import law
from tadbir.councils.actions import renew_stamp
from tadbir.councils.clock import simulated
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.desk.queries.definitions import upgrade_of
from tadbir.dossiers import clockwork
from tadbir.dossiers import definitions as queries
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.actions import record
from tadbir.dossiers.actions.definitions import Ground
from tadbir.dossiers.models import DefinitionChange, Dossier, Duty, Fact
from tadbir.law.parse import parse_rule
from tadbir.operations import report
from tadbir.register.models import Entry
from tadbir.services import actions as services
from tests import at_once as actions
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing, make_office

pytestmark = pytest.mark.postgres
GROUND = Ground("قرار المجلس", "décision du conseil", "مقرر رقم 3/2026", date(2026, 11, 1))
FIVE = {"max": 5, "sentence": {"ar": "يُخبر المرتفق داخل 5 أيام", "fr": "L’usager est informé dans les 5 jours"}}


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December 2026."""
    return services.file_request(loan_filing(adopted_loan(office))).dossier


def duty(dossier: Dossier, rule: str = "PROC-DECIDE") -> Duty:
    return Duty.objects.get(dossier=dossier, rule=rule)


def reasons_asked(office: Office, dossier: Dossier) -> Duty:
    """The dossier's silence is certain and its reasons are asked: 15 days, which a council may make shorter."""
    with simulated(at("2027-02-03 10:00")):
        record(dossier, "reasons_asked", by=office.officer, source="office", check=False)
        return duty(dossier, "REASONS-ANS")


def test_an_owner_changes_in_open_dossiers_and_in_new_ones(office: Office, dossier: Dossier) -> None:
    row = actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})
    found = duty(dossier)
    assert found.owner == "unit"
    assert found.rule_version == f"{law.RULES['PROC-DECIDE'].stamp}+{row.digest[:8]}"
    assert found.do_by == date(2027, 2, 1)
    told = clockwork.explained(found).steps()[1]
    assert "مقرر رقم 3/2026" in told.ar
    assert "décision du conseil" in told.fr
    assert not Fact.objects.filter(kind="dated_anew").exists()  # no date moved
    assert found in dossiers.duties_of(office.director)
    link = Entry.objects.get(kind="definition_changed")
    assert (link.fields["code"], link.fields["digest"], link.fields["by"]) == (
        "PROC-DECIDE",
        row.digest,
        office.director.pk,
    )
    assert services.file_request(loan_filing(dossier.sheet)).dossier.duties.get(rule="PROC-DECIDE").owner == "unit"  # type: ignore[arg-type]


def test_a_date_that_moves_leaves_a_fact_and_tells_the_owner(office: Office, dossier: Dossier) -> None:
    shipped = reasons_asked(office, dossier).do_by
    with simulated(at("2027-02-04 10:00")):
        five = {"max": 5, "sentence": {"ar": "تُعطى الأسباب داخل 5 أيام", "fr": "Motifs donnés dans les 5 jours"}}
        if "15" not in law.RULES["REASONS-ANS"].sentence.fr:
            five = {"max": 5}
        ground = Ground("السرعة", "célérité", "مقرر 9/2027", date(2027, 2, 1))
        row = actions.change_rule(office.director, "REASONS-ANS", ground, five)
        moved = duty(dossier, "REASONS-ANS").do_by
        assert shipped is not None
        assert moved is not None
        assert moved < shipped
        fact = Fact.objects.get(dossier=dossier, kind="dated_anew")
        assert [key.split(":")[0] for key, _old, _new in fact.data["moved"]] == ["REASONS-ANS"]
        assert fact.source == "definitions"
        actions.end_change(office.director, row, date(2027, 2, 1), "خطأ")
        assert duty(dossier, "REASONS-ANS").do_by == shipped
        assert Fact.objects.filter(dossier=dossier, kind="dated_anew").count() == 2


def test_a_change_that_is_over_still_explains_what_it_made(office: Office, dossier: Dossier) -> None:
    row = actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})
    actions.end_change(office.director, row, date(2026, 12, 2), "انتهى العمل به")
    assert duty(dossier).owner == "unit"  # opened on 1 December
    with simulated(at("2026-12-02 10:00")):
        later = services.file_request(loan_filing(dossier.sheet)).dossier  # type: ignore[arg-type]
        assert duty(later).owner == "administration"
    row.refresh_from_db()
    assert (row.ended_by, row.ended_reason) == (office.director, "انتهى العمل به")
    with pytest.raises(ValidationError):
        actions.end_change(office.director, row, date(2026, 12, 3), "مرة ثانية")


def test_a_new_change_ends_the_one_before(office: Office, dossier: Dossier) -> None:
    first = actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})
    ground = Ground("تنظيم جديد", "nouvelle organisation", "مذكرة 2", date(2026, 12, 1))
    actions.change_rule(office.director, "PROC-DECIDE", ground, {"owner": "bureau"})
    first.refresh_from_db()
    assert first.over_from == date(2026, 12, 1)
    assert duty(dossier).owner == "bureau"
    early = Ground("تنظيم جديد", "nouvelle organisation", "مذكرة 2", date(2026, 11, 5))
    with pytest.raises(ValidationError):  # the first one held on that day, and is over already
        actions.change_rule(office.director, "PROC-DECIDE", early, {"owner": "council"})
    assert DefinitionChange.objects.count() == 2
    assert clockwork.rules()["PROC-DECIDE"].on(date(2026, 12, 1)).owner == "bureau"


def test_who_may_and_what_the_law_refuses(office: Office) -> None:
    for person in (office.officer, office.head, office.clerk, office.president):
        with pytest.raises(PermissionDenied):
            actions.change_rule(person, "PROC-DECIDE", GROUND, {"owner": "unit"})
    wrong: tuple[tuple[str, dict[str, Any], bool], ...] = (
        ("PROC-DECIDE", {}, True),
        ("PROC-APPEAL", {"max": 10}, False),
        ("PROC-APPEAL", {"owner": "unit"}, False),
        ("NO-SUCH", {"owner": "unit"}, False),
        ("PROC-DECIDE", {}, False),
        ("PROC-DECIDE", {"start": "x"}, False),
        ("PROC-DECIDE", {"owner": "nobody"}, False),
        ("OPP-JUDGE", {}, True),
    )
    for code, keys, off in wrong:
        with pytest.raises(ValidationError):
            actions.change_rule(office.director, code, GROUND, keys, off=off)
    for name in ("reason_ar", "reason_fr", "source"):
        ground = Ground(**(vars(GROUND) | {name: " "}))
        with pytest.raises(ValidationError):
            actions.change_rule(office.director, "PROC-DECIDE", ground, {"owner": "unit"})
    far = Ground("سبب", "motif", "م", date(2019, 1, 1))
    with pytest.raises(ValidationError):
        actions.change_rule(office.director, "PROC-DECIDE", far, {"owner": "unit"})
    assert not DefinitionChange.objects.exists()
    assert not Entry.objects.filter(kind="definition_changed").exists()
    assert clockwork.rules() is law.RULES
    assert actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})


def test_the_database_itself_refuses_to_edit_a_change(office: Office) -> None:
    row = actions.change_rule(office.director, "DEC-POST", GROUND, off=True)
    for change in ({"reason_ar": "سبب آخر"}, {"keys": {"owner": "unit"}}, {"since": date(2026, 1, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            DefinitionChange.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        DefinitionChange.objects.filter(pk=row.pk).delete()
    actions.end_change(office.director, row, date(2026, 12, 1), "انتهى")


def test_two_councils_do_not_see_each_others_rules(office: Office, dossier: Dossier) -> None:
    row = actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})
    other = make_office("01.405", "other")
    with council_scope(other.council):
        assert clockwork.rules() is law.RULES
        assert duty(services.file_request(loan_filing(adopted_loan(other))).dossier).owner == "administration"
        actions.change_rule(other.director, "PROC-DECIDE", GROUND, {"owner": "bureau"})
        assert not DefinitionChange.objects.filter(pk=row.pk).exists()
        assert clockwork.rules()["PROC-DECIDE"].on(date(2026, 12, 1)).owner == "bureau"
    assert clockwork.rules()["PROC-DECIDE"].on(date(2026, 12, 1)).owner == "unit"
    assert duty(services.file_request(loan_filing(dossier.sheet)).dossier).owner == "unit"  # type: ignore[arg-type]


def upgraded(monkeypatch: pytest.MonkeyPatch, code: str, before: str, after: str) -> None:
    """A later version of Tadbir ships this rule otherwise."""
    rule = law.RULES[code]
    assert before in rule.text
    newer = parse_rule(rule.text.replace(before, after), rule.file)
    book = law.RuleBook([*(one for one in law.RULES if one.id != code), newer])
    monkeypatch.setattr(law, "RULES", book)


def test_an_upgrade_moves_no_date_and_is_settled_by_a_person(
    office: Office, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})
    before = duty(dossier)
    upgraded(monkeypatch, "PROC-DECIDE", "cap = 60", "cap = 40")
    council = Council.objects.get(pk=office.council.pk)
    with council_scope(council):
        renew_stamp()  # a new version is a new process
        assert [(one.rule, one.applies) for one in queries.overlaid().conflicts] == [("PROC-DECIDE", "council")]
        assert ("60", "40") in {(one.before, one.after) for one in upgrade_of(row)}
        clockwork.recompute(dossier)
        assert (duty(dossier).do_by, duty(dossier).rule_version) == (before.do_by, before.rule_version)
        today = Ground("سبب", "motif", "م 4", date(2026, 12, 1))
        settled = actions.change_rule(office.director, "PROC-DECIDE", today, {"owner": "unit"})
        assert settled.corrects == law.RULES["PROC-DECIDE"].stamp != row.corrects
        assert queries.overlaid().conflicts == ()
        assert duty(dossier).do_by == date(2027, 1, 12)  # the 11th is a holiday
        assert Fact.objects.filter(dossier=dossier, kind="dated_anew").count() == 1


def test_a_change_that_a_later_version_cannot_read_stops_nobody(office: Office, dossier: Dossier) -> None:
    row = actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})
    with transaction.atomic():
        council = Council.objects.get(pk=office.council.pk)
        with council_scope(council):
            lost = DefinitionChange(
                **{name: getattr(row, name) for name in ("subject", "corrects", "shipped", "source", "recorded_at")},
                code="DEC-POST",
                reason_ar="سبب",
                reason_fr="motif",
                since=row.since,
                digest="x",
                keys={"colour": "red"},
            )
            lost.save()
            renew_stamp()
            assert [(one.rule, one.code) for one in queries.overlaid().conflicts] == [("DEC-POST", "unreadable")]
            assert clockwork.rules()["PROC-DECIDE"].on(date(2026, 12, 1)).owner == "unit"


def test_asking_for_the_rules_costs_one_question_and_then_none(office: Office, dossier: Dossier) -> None:
    actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})
    council = Council.objects.get(pk=office.council.pk)
    with council_scope(council):
        renew_stamp()
        with CaptureQueriesContext(connection) as asked:
            clockwork.rules()
        assert len(asked) == 1
        with CaptureQueriesContext(connection) as asked:
            assert clockwork.rules()["PROC-DECIDE"].variants
        assert len(asked) == 0
    assert json.dumps(DefinitionChange.objects.get().keys) == '{"owner": "unit"}'


def test_check_says_what_waits_after_an_upgrade(
    office: Office, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})

    def of_definitions() -> report.Line:
        council = Council.objects.get(pk=office.council.pk)
        return next(line for line in report.of_council(council) if line.what == "القواعد والصيغ")

    assert (of_definitions().level, "1" in of_definitions().detail) == (report.GOOD, True)
    upgraded(monkeypatch, "PROC-DECIDE", "cap = 60", "cap = 40")
    renew_stamp()
    assert of_definitions().level == report.WARN
    assert "PROC-DECIDE" in of_definitions().detail


def test_filing_asks_the_database_no_more_because_a_council_differs(office: Office, dossier: Dossier) -> None:
    def asked() -> int:
        services.file_request(loan_filing(dossier.sheet))  # type: ignore[arg-type]  # reads once what is kept
        with CaptureQueriesContext(connection) as queries_asked:
            services.file_request(loan_filing(dossier.sheet))  # type: ignore[arg-type]
        return len(queries_asked)

    before = asked()
    actions.change_rule(office.director, "PROC-DECIDE", GROUND, {"owner": "unit"})
    assert asked() == before
