"""A silence that is contested ends in words: the refusal of the remedy answers the request; and a dossier is open or
closed as what stands in it says, whatever was struck out."""

from datetime import date

import pytest
from django.utils.translation import override

from tadbir.councils.clock import simulated
from tadbir.desk.actions import correct_entry
from tadbir.desk.dossier import Desk
from tadbir.desk.next import next_of
from tadbir.desk.striking import striking
from tadbir.desk.words import fact_name
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.register.proving import walk
from tadbir.services import actions
from tadbir.services.forms.verbs import StepForm
from tadbir.services.registers import ends_of
from tadbir.ui.unbroken import colon
from tests import at_once as desk
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def silent(office: Office) -> Dossier:
    """A complete request of 1 December 2026 that nobody answered, and an appeal of 5 February 2027."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2027-02-05 10:00")):
        dossiers.record_lapses()
        actions.file_appeal(dossier, "لم يصلني أي جواب", "appeal")
    dossier.refresh_from_db()
    return dossier


def answer(office: Office, dossier: Dossier, sense: str, on: str) -> Fact:
    """What waits for an answer, the request or a remedy, is written, signed and handed over on a day."""
    with simulated(at(f"{on} 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, sense, "نص الجواب", "السبب" if sense == "refused" else "")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        fact = desk.notify_outcome(
            act, dossier, office.officer, how="in_hand", on=date.fromisoformat(on), proof="توقيع"
        )
    dossier.refresh_from_db()
    return fact


def contested(office: Office) -> Dossier:
    """A request that was refused on 1 December 2026, and an appeal of 3 December."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    answer(office, dossier, "refused", "2026-12-01")
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "الآلية كانت متوفرة", "appeal")
    dossier.refresh_from_db()
    return dossier


def request_duty(dossier: Dossier) -> Duty:
    return Duty.objects.get(dossier=dossier, rule="PROC-DECIDE")


def differences() -> list[str]:
    return [str(one) for step in walk() for one in step.found]


def test_a_refused_remedy_ends_the_lateness_and_the_dossier(office: Office, silent: Dossier) -> None:
    assert (silent.closed_at, request_duty(silent).over_on) == (None, None)
    answer(office, silent, "refused", "2027-02-08")
    assert request_duty(silent).discharged_on == date(2027, 2, 8)
    assert silent.closed_by_kind == "appeal_answered"
    assert silent not in {duty.dossier for duty in queries.duties_of(office.director)}
    assert ends_of([silent])[silent.pk].sense == "refused", "the register says what was answered, not that nothing was"
    assert differences() == []


def test_a_granted_remedy_leaves_the_request_to_be_answered(office: Office, silent: Dossier) -> None:
    answer(office, silent, "granted", "2027-02-08")
    assert (silent.closed_at, request_duty(silent).over_on) == (None, None)
    answer(office, silent, "granted", "2027-02-09")
    assert (silent.closed_by_kind, request_duty(silent).discharged_on) == ("notified", date(2027, 2, 9))


def test_a_refusal_that_falls_leaves_the_request_open_until_it_is_answered_anew(office: Office) -> None:
    dossier = contested(office)
    answer(office, dossier, "granted", "2026-12-07")
    assert (dossier.closed_at, dossier.idle) == (None, False), "what was granted is owed: it has its owner"
    with simulated(at("2027-12-08 10:00")):
        shown = Desk(dossier, office.officer)
        assert shown.may_write_answer
        owed = next(duty for duty in queries.duties_of(office.officer) if duty.dossier == dossier)
        assert (owed.rule, owed.do_by, owed.unit) == ("PROC-APPEAL-DO", None, dossier.unit)
        with override("fr"):
            step = next_of(shown)
        assert step is not None
        assert (step.words, step.by) == ("Exécuter ce qui est accordé sur recours", None)
        assert step.url
    answer(office, dossier, "granted", "2026-12-08")
    assert (dossier.closed_by_kind, dossier.idle) == ("notified", False)
    assert dossier not in {duty.dossier for duty in queries.duties_of(office.officer)}


def test_its_answer_struck_the_request_is_owed_again(office: Office, silent: Dossier) -> None:
    fact = answer(office, silent, "refused", "2027-02-08")
    with simulated(at("2027-02-09 10:00")):
        shown = striking(Desk(silent, office.president), fact)
        assert (shown.reopens, shown.closes) == (True, False)
        correct_entry(fact, office.president, "لم يتسلمه صاحبه")
        silent.refresh_from_db()
        assert (silent.closed_at, silent.closed_by_kind, request_duty(silent).over_on) == (None, "", None)
        assert differences() == []


def test_an_appeal_struck_closes_what_it_had_opened(office: Office) -> None:
    dossier = contested(office)
    with simulated(at("2026-12-03 10:00")):
        assert dossier.closed_at is None
        appeal = Fact.objects.get(dossier=dossier, kind="appeal_filed")
        shown = striking(Desk(dossier, office.president), appeal)
        assert (shown.reopens, shown.closes) == (False, True)
        correct_entry(appeal, office.president, "يخص ملفا آخر")
        dossier.refresh_from_db()
        assert dossier.closed_by_kind == "notified"
        assert dossier not in {duty.dossier for duty in queries.duties_of(office.director)}
        again = Fact.objects.get(dossier=dossier, kind="entry_corrected")
        correct_entry(again, office.president, "كان فعلا لهذا الملف")
        dossier.refresh_from_db()
        assert dossier.closed_at is None, "the appeal stands again, and waits"
        assert differences() == []


def test_the_page_says_that_a_court_came_before_the_appeal_and_records_it(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    answer(office, dossier, "refused", "2026-12-01")
    words = {"ar": "وللقاضي وحده أن يقول هل تُقبل", "fr": "le juge seul dira si elle est recevable"}
    with simulated(at("2026-12-03 10:00")):
        for lang, said in words.items():
            with override(lang):
                shown = Desk(dossier, office.officer)
                step = StepForm(desk=shown).fields["kind"]
                assert "court_seised" in dict(step.choices)
                assert f"{fact_name('court_seised')}{colon()} " in step.help_text
                assert said in step.help_text
