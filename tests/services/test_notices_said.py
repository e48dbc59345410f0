"""What the messages about a request say: that a file is incomplete, what lacks, until when, by when it is answered."""

from datetime import date

import pytest

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk import notice_words
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing
from tests.services.residents import LOAN, Resident, text


@pytest.fixture
def resident(office: Office) -> Resident:
    """Somebody before whom the loan is offered."""
    adopted_loan(office)
    return Resident(office)


def file(resident: Resident, *documents: str, **left: str) -> str:
    """File a loan and leave these ways to be told; the number of the dossier."""
    draft = resident.begin(data=LOAN | {"phone": "0612345678"} | left)
    for document in documents:
        resident.attach(draft, document)
    answer = resident.send(draft)
    assert answer.status_code == 302, text(answer)
    return Dossier.objects.get().number


def said(code: str) -> str:
    """The only notice of this code, as its person reads it."""
    body = Notice.objects.filter(code=code).exclude(channel="mail").get().body
    return body.replace("\u2068", "").replace("\u2069", "")


def test_the_receipt_of_an_incomplete_file_says_what_lacks_and_until_when(resident: Resident) -> None:
    number = file(resident, "signed-request")
    assert not Notice.objects.filter(code="receipt").exists()
    dossier = Dossier.objects.get(number=number)
    lacking = dossier.sheet.parsed.document("liability")  # type: ignore[union-attr]
    assert lacking is not None
    words = said("receipt_incomplete")
    assert f"وهو غير كامل. تنقصه: {lacking.ar}. يُنصح بذلك إلى غاية " in words


def test_a_complete_file_is_told_the_day_of_its_answer(resident: Resident) -> None:
    file(resident, "signed-request", "liability")
    assert "الجواب إلى غاية " in said("receipt")


def test_an_appeal_is_told_by_its_name_with_its_day(resident: Resident) -> None:
    number = file(resident, "signed-request", "liability")
    resident.post(f"follow/{number}/remedies/appeal_filed/", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
    words = said("appeal_receipt")
    assert f"سُجل في ملفكم رقم {number}: الطعن أمام رئيس المجلس. الجواب إلى غاية " in words


def test_what_is_asked_is_told_with_its_day_where_there_is_one(resident: Resident) -> None:
    file(resident, "signed-request", "liability")
    desk.ask_information(Dossier.objects.get(), resident.office.officer, "كم عدد الخيام؟")
    assert "  " not in said("information_asked")


def test_names_that_a_message_does_not_hold_are_counted(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    file(resident, "signed-request")
    dossier, codes = Dossier.objects.get(), ["liability", "signed-request"]
    monkeypatch.setattr(notice_words, "ROOM", 40)
    assert notice_words.lacking(dossier, codes).endswith("، وغيرها (المجموع 2)")
    monkeypatch.setattr(notice_words, "ROOM", 20)
    assert notice_words.lacking(dossier, codes[:1]).endswith("...")
    names = [document.ar for code in codes if (document := dossier.sheet.parsed.document(code))]  # type: ignore[union-attr]
    for room in range(8, 60):  # whatever the lengths, the first one is named
        monkeypatch.setattr(notice_words, "ROOM", room)
        first = notice_words.lacking(dossier, codes).split("، ")[0].removesuffix("...")
        assert first, room
        assert names[0].startswith(first), room


def test_a_receipt_goes_by_both_ways_that_were_left_and_the_page_says_so(resident: Resident) -> None:
    number = file(resident, "signed-request", "liability", email="a@b.example")
    assert set(Notice.objects.filter(code="receipt").values_list("channel", "in_hand")) == {
        ("text", False),
        ("mail", True),
    }
    assert "رسالة نصية" in text(resident.get(f"follow/{number}/receipt/"))


def test_what_the_law_only_lets_the_council_aim_at_is_never_said_as_a_duty(office: Office) -> None:
    draft, adopted_on = take_from_catalogue("complaint", office.unit), date(2026, 6, 9)
    reference, cndp = "مقرر رقم 13/2026", "D-DEMO-2/2026"
    sheet = desk.adopt(
        office.president, draft, reference=reference, adopted_on=adopted_on, delay_days=None, cndp_reference=cndp
    )
    filed = actions.file_request(loan_filing(sheet, (), answers={}, subject="شكاية"))
    assert Act.objects.get(kind="receipt").document["receipt"]["clock"]["aim"] == "yes"
    reader = Resident(office)
    reader.post("follow/", {"number": filed.dossier.number, "code": filed.code})
    assert "يجب على المجلس" not in text(reader.get(f"follow/{filed.dossier.number}/"))
    with simulated(at("2027-06-01 09:00")):
        record_lapses()
        said_then = text(reader.get(f"follow/{filed.dossier.number}/"))
    assert "لم يجب المجلس داخل الأجل" not in said_then
    assert not Notice.objects.filter(code="late").exists()
