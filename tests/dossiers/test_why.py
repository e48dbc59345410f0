"""The words of a duty are made when they are read: pinned to its rule, in the dossier's own figures, never kept."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.dossiers import clockwork, queries, why
from tadbir.dossiers.actions.definitions import Ground
from tadbir.dossiers.models import Dossier, Duty
from tadbir.register.canonical import plain
from tadbir.services import actions as services
from tests import at_once
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return services.file_request(loan_filing(adopted_loan(office))).dossier


def answer(dossier: Dossier) -> Duty:
    return Duty.objects.get(dossier=dossier, rule="PROC-DECIDE")


def test_a_duty_keeps_no_words_and_says_them_to_whoever_reads(dossier: Dossier) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_duty")
        kept = repr(cursor.fetchall())
    assert not any("\u0600" <= letter <= "\u06ff" for letter in kept)
    duty = answer(dossier)
    with pytest.raises(LookupError):
        duty.steps  # noqa: B018 - a page that forgot to ask shall not show an empty «why»
    said = clockwork.explained(duty)
    assert [step.ar for step in said.steps()] == [step.ar for step in duty.steps]
    assert "60" in said.sentence.fr
    assert duty.steps[-1].ar
    assert (duty.length, duty.length_unit, duty.waits) == (60, "days", False)


def test_the_words_of_a_list_ask_nothing_and_those_of_a_page_one_question(dossier: Dossier) -> None:
    clockwork.rules(), clockwork.calendar()
    duty = answer(dossier)
    with CaptureQueriesContext(connection) as asked:
        assert why.label_of(duty).ar
        assert why.sentence_of(duty).fr
    assert len(asked) == 0
    rows = list(queries.duties(dossier))
    with CaptureQueriesContext(connection) as asked:
        assert all(row.steps for row in clockwork.explain(dossier, rows))
    assert len(asked) == 1  # the facts
    with CaptureQueriesContext(connection) as asked:
        clockwork.explain(dossier, rows, clockwork.facts_of(dossier))
    assert len(asked) == 1


def test_the_receipt_says_the_steps_that_the_page_says(dossier: Dossier) -> None:
    printed = Act.objects.get(kind="receipt").document["receipt"]["clock"]
    assert [step["text_ar"] for step in printed["steps"]] == [
        plain(step.ar) for step in clockwork.explained(answer(dossier)).steps()[1:]
    ]


def test_a_date_counted_before_a_change_says_so_and_what_it_would_be(office: Office, dossier: Dossier) -> None:
    Duty.objects.filter(dossier=dossier, rule="PROC-DECIDE").update(do_by=date(2027, 1, 29))
    first, last = clockwork.explained(answer(dossier)).steps()
    assert first.ar.startswith(clockwork.explained(answer(dossier)).sentence.ar)
    assert "29 يناير 2027" in last.ar
    assert "1 فبراير 2027" in last.ar
    assert "29 janvier 2027" in last.fr
    assert "1er février 2027" in last.fr


def test_a_rule_speaks_in_the_version_that_was_pinned(office: Office, dossier: Dossier) -> None:
    ground = Ground("سبب", "raison", "مقرر رقم 3/2026", date(2026, 12, 1))
    shipped = answer(dossier)
    assert why.rule_of(shipped) is law.RULES["PROC-DECIDE"]
    at_once.change_rule(office.director, "PROC-DECIDE", ground, {"owner": "unit"})
    own = why.rule_of(answer(dossier))
    assert own is not None
    assert own.own is not None
    assert why.rule_of(shipped) is not own
    shipped.rule_version = "1-00000000"  # of an earlier program
    assert why.rule_of(shipped) is own
    shipped.rule = "GONE"
    assert why.rule_of(shipped) is None
    assert "antérieure" in why.label_of(shipped).fr


def test_an_old_dossier_still_says_why(office: Office) -> None:
    dossier = services.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2033-06-01 10:00")):
        assert len(clockwork.explained(answer(dossier)).steps()) >= 4


def test_what_waits_for_the_person_is_marked(office: Office, dossier: Dossier) -> None:
    assert not Duty.objects.filter(waits=True).exists()
    at_once.ask_information(dossier, office.officer, "ما هو التاريخ؟")
    assert Duty.objects.filter(dossier=dossier, waits=True, rule="PROC-DECIDE").exists()
    services.answer_information(dossier, "غدا")
    assert not Duty.objects.filter(waits=True).exists()
