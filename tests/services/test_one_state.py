"""What stands at the top of a person's page: one state, the same as its clock, and no answer that a remedy hides."""

from datetime import date, timedelta

import pytest

from tadbir.acts.actions import annul
from tadbir.councils.clock import simulated
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier
from tests import at_once as desk
from tests.conftest import at
from tests.factories import BOTH
from tests.services.residents import Resident, text

REFUSED, STUDIED = "الجواب: لم يستجب المجلس لطلبكم", "يدرس المجلس طلبكم"


def answered(resident: Resident, sense: str) -> str:
    """A request that was answered so today: its number."""
    _draft, number, _code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(number=number), resident.office
    draft = desk.draft_outcome(dossier, office.officer, sense, "هذا جوابنا.", "الخيام محجوزة.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    return number


@pytest.mark.parametrize("filed", ["appeal_filed", "grievance_filed"])
def test_a_refusal_stays_in_sight_beside_the_remedy_that_waits(resident: Resident, filed: str) -> None:
    number = answered(resident, "refused")
    before = resident.get(f"follow/{number}/").content.decode()
    assert before.count(REFUSED) == 1
    sent = {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"}
    assert resident.post(f"follow/{number}/remedies/{filed}/", sent).status_code == 302
    page = resident.get(f"follow/{number}/").content.decode()
    assert page.count(REFUSED) == 1
    assert '<p class="notice bad">' + REFUSED in page, "in its own colour"
    assert "يدرس المجلس ما يلي" in page, "beside the remedy that waits"
    french = Resident(resident.office, french=True, client=resident.client)
    assert "Les motifs" in text(french.get(f"follow/{number}/"))


def test_a_request_that_nobody_answered_shows_no_answer(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    resident.post(f"follow/{number}/remedies/appeal_filed/", {"key": "a" * 32, "text": "تأخرتم"})
    assert "الجواب:" not in text(resident.get(f"follow/{number}/"))


def test_an_answer_that_is_ready_is_said_once(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(), resident.office
    draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة.")
    desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    page = text(resident.get(f"follow/{number}/")).split("ماذا حدث")[0]
    assert page.count("أُمضي الجواب") == 1
    assert STUDIED not in page


def test_the_sentence_and_the_clock_say_one_state(resident: Resident) -> None:
    """Running, over by one way of counting, over by every one, whether or not the daily round has been there."""
    _draft, number, code = resident.file(*BOTH)
    duty = Dossier.objects.get().duties.get(rule="PROC-DECIDE")
    assert duty.do_by is not None
    assert duty.lapses_on is not None
    passing = duty.do_by + timedelta(1)
    duty.dossier.duties.filter(pk=duty.pk).update(lapses_on=passing + timedelta(2))
    said = {
        duty.do_by: (STUDIED, "متأخر"),
        passing: ("حسب إحدى طرق الحساب", STUDIED),
        passing + timedelta(2): ("لم يجب المجلس داخل الأجل", STUDIED),
    }
    for day, (there, absent) in said.items():
        with simulated(at(f"{day} 09:00")):
            resident.post("follow/", {"number": number, "code": code})
            page = text(resident.get(f"follow/{number}/"))
            assert there in page, day
            assert absent not in page, day
            assert ("متأخر" in page) is (day > duty.do_by)


def test_a_paper_cancelled_before_it_came_says_so_and_another_number_is_unknown(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(), resident.office
    draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    assert resident.get(f"follow/{number}/papers/{act.number}/").status_code == 404, "what is signed waits for him"
    annul(act, "خطأ في الاسم")
    gone = resident.get(f"follow/{number}/papers/{act.number}/")
    assert gone.status_code == 410
    assert "أُلغيت هذه الوثيقة" in text(gone)
    assert resident.get(f"follow/{number}/papers/N-2026-09999/").status_code == 404
    assert Resident(office).get(f"follow/{number}/papers/{act.number}/").status_code == 403


@pytest.mark.parametrize("french", [False, True])
def test_whoever_has_the_address_of_a_draft_is_said_to_open_it(resident: Resident, french: bool) -> None:
    resident.french = french
    said = "Qui a l’adresse de cette page" if french else "من يعرف عنوان هذه الصفحة"
    assert said not in text(resident.get("services/equipment-loan/request/")), "there is no draft yet"
    draft = resident.begin()
    for step in ("", "documents/", "check/"):
        assert text(resident.get(f"request/{draft}/{step}")).count(said) == 1


def test_an_appeal_against_a_silence_says_how_short_it_may_be(resident: Resident) -> None:
    least = "ثلاثة أحرف على الأقل"
    _draft, number, code = resident.file(*BOTH)
    address = f"follow/{number}/remedies/appeal_filed/"
    assert least not in text(resident.get(address)), "an early one is not optional"
    with simulated(at("2027-02-03 09:00")):
        record_lapses(date(2027, 2, 3))
        resident.post("follow/", {"number": number, "code": code})
        assert least in text(resident.get(address))
        assert resident.post(address, {"key": "a" * 32, "text": "لا"}).status_code == 422
        assert resident.post(address, {"key": "a" * 32, "text": "نعم"}).status_code == 302
