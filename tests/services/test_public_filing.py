"""Filing on a phone: three steps, nothing lost, one dossier whatever is clicked."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.councils.scope import council_scope
from tadbir.desk.codes import follow_code
from tadbir.desk.public import access
from tadbir.dossiers.models import Dossier, Fact
from tadbir.procedures.actions import take_from_catalogue
from tadbir.register.actions import files as register
from tadbir.services.models import Draft, DraftDocument
from tests.browser import Browser
from tests.conftest import at
from tests.factories import BOTH, PNG, Office, adopted_loan, make_office
from tests.services.residents import LOAN, Resident, text


@pytest.mark.postgres
def test_a_complete_request_gets_its_receipt(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    dossier = Dossier.objects.get()
    page = text(resident.get(f"follow/{number}/receipt/"))
    assert "«ملف مودع»" in page
    assert number == dossier.number
    assert code in page
    assert "طور الإيداع" not in page
    assert dossier.answers["equipment"] == "tents"
    assert dossier.documents.count() == 2


def test_an_incomplete_request_is_taken_and_told_everything(resident: Resident) -> None:
    draft = resident.begin()
    resident.attach(draft, "signed-request")
    assert "التزام بإرجاع المعدات" in text(resident.get(f"request/{draft}/check/"))
    assert resident.send(draft).status_code == 302
    page = text(resident.receipt(draft))
    assert "«ملف في طور الإيداع»" in page
    assert "التزام بإرجاع المعدات" in page
    assert "طلب ممضى" not in page
    assert list(Fact.objects.order_by("pk").values_list("kind", flat=True)) == ["filed", "missing_listed"]


def test_french_has_its_own_page_and_the_exact_arabic_words(office: Office) -> None:
    adopted_loan(office)
    french = Resident(office, french=True)
    _draft, number, _code = french.file(*BOTH)
    page = french.get(f"follow/{number}/receipt/")
    assert 'lang="fr"' in page.content.decode()
    assert "«ملف مودع»" in text(page)
    assert Dossier.objects.get().language == "fr"


def test_sending_twice_makes_one_dossier(resident: Resident) -> None:
    draft = resident.begin()
    first, second = resident.send(draft), resident.send(draft)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1
    assert resident.get(f"request/{draft}/").status_code == 302  # nothing left to edit
    assert resident.attach(draft, "liability").status_code == 302
    assert Dossier.objects.get().documents.count() == 0


@pytest.mark.postgres
@pytest.mark.parametrize("french", [False, True])
def test_the_address_of_a_draft_opens_its_dossier_only_where_it_was_sent(resident: Resident, french: bool) -> None:
    draft = resident.begin()
    reader = Resident(resident.office, french)  # opened the draft before it was sent, as its code allows
    assert reader.get(f"request/{draft}/check/").status_code == 200
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    number, code = dossier.number, follow_code(dossier)
    assert code in text(resident.receipt(draft))
    del resident.client.cookies[access.COOKIE]  # it lost its cookie, as whoever reads the history somewhere else
    for browser in (resident, reader, Resident(resident.office, french)):
        for step in ("", "documents/", "check/"):
            shut = browser.get(f"request/{draft}/{step}")
            assert shut.status_code == 403
            assert number in text(shut)
            assert code not in shut.content.decode()
            assert dossier.applicant is not None
            assert dossier.applicant.name not in shut.content.decode()
        assert ("Cette demande a été envoyée" if browser.french else "أُرسل هذا الطلب") in text(shut)
        opened = browser.post("request/", {"draft": draft}, follow=True)
        assert opened.status_code == 403, "nor does the code of the draft where it is typed"
        browser.post("follow/", {"number": number, "code": code})
        assert code in text(browser.get(f"follow/{number}/receipt/"))


def test_a_line_that_broke_after_sending_loses_no_receipt(resident: Resident) -> None:
    draft = resident.begin()
    resident.get(f"request/{draft}/check/")
    before = resident.client.cookies[access.COOKIE].value  # all that this browser ever got
    assert resident.send(draft).status_code == 302
    code = follow_code(Dossier.objects.get())
    for again in (
        lambda: resident.client.post(resident.full(f"request/{draft}/check/")),
        lambda: resident.receipt(draft),
    ):
        resident.client.cookies[access.COOKIE] = before
        answer = again()
        page = resident.get(answer["Location"]) if answer.status_code == 302 else answer
        assert code in text(page)
    assert Dossier.objects.count() == 1


def test_a_browser_that_keeps_no_cookie_sees_its_receipt_at_once(resident: Resident) -> None:
    draft = resident.begin()
    shown = resident.client.read(resident.full(f"request/{draft}/check/"))  # type: ignore[attr-defined]
    answer = Client().post(resident.full(f"request/{draft}/check/"), {"shown": shown})
    assert answer.status_code == 200
    assert follow_code(Dossier.objects.get()) in text(answer)


BAD = [
    ({"name": ""}, "id_name"),
    ({"name": "\x00\u200b"}, "id_name"),
    ({"email": "somebody"}, "id_email"),
    ({"phone": "123"}, "id_phone"),
    ({"q_from": "31/31/2026"}, "id_q_from"),
    ({"q_from": "0026-12-20"}, "id_q_from"),
    ({"q_from": "9999-12-20"}, "id_q_from"),
    ({"q_from": "2020-12-20"}, "id_q_from"),
    ({"q_days": "three"}, "id_q_days"),
    ({"q_days": "0"}, "id_q_days"),
    ({"q_days": "٣٦٦"}, "id_q_days"),
    ({"phone": "+21261234567"}, "id_phone"),
    ({"email": "اسم@example.ma"}, "id_email"),
    ({"q_equipment": "rocket"}, "id_q_equipment_0"),
    ({"q_purpose": "ط" * 1001}, "id_q_purpose"),
    ({"for_name": "أمينة الراجي"}, "id_mandate"),
    ({"kind": "king"}, "id_kind_0"),
]


@pytest.mark.parametrize(("wrong", "where"), BAD)
def test_a_wrong_answer_is_told_beside_its_field_and_keeps_the_rest(
    resident: Resident, wrong: dict[str, str], where: str
) -> None:
    sent = resident.post("services/equipment-loan/request/", LOAN | wrong)
    assert sent.status_code == 302  # to the draft's own address: loading it again loses nothing
    answer = resident.get(sent["Location"])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{where}"' in page
    assert "دوار النخلة" in page
    assert Dossier.objects.count() == 0
    draft = Draft.objects.get()
    assert draft.answers["q_place"] == "دوار النخلة"
    assert "\x00" not in str(draft.answers)


def test_hidden_direction_signs_do_not_enter_a_name(resident: Resident) -> None:
    draft = resident.begin(data=LOAN | {"name": "جمعية\u202e الأمل"})
    resident.send(draft)
    applicant = Dossier.objects.get().applicant
    assert applicant is not None
    assert applicant.name == "جمعية الأمل"


def test_what_was_typed_waits_under_its_address_without_cookies(resident: Resident) -> None:
    resident.post("services/equipment-loan/request/", LOAN | {"name": "", "q_purpose": "حفل نهاية السنة"})
    draft = resident.begin(data=LOAN | {"q_purpose": "حفل بداية السنة"})
    later = Resident(resident.office, client=Browser(enforce_csrf_checks=True))
    assert "حفل بداية السنة" in text(later.get(f"request/{draft}/"))
    assert later.post(f"request/{draft}/", LOAN | {"q_purpose": "حفل آخر"}).status_code == 302
    assert "حفل آخر" in text(later.get(f"request/{draft}/check/"))
    with simulated(at("2026-12-16 10:00")):
        assert later.get(f"request/{draft}/").status_code == 410
    assert later.get("request/not-a-code/").status_code == 410
    assert later.get("request/%00/").status_code in (404, 410)


FILES: list[tuple[bytes, str]] = [
    (b"", "vide.png"),
    (b"   ", "blanc.pdf"),
    (b"MZ\x90\x00 program", "photo.png"),
    (b"%PDF-1.7 broken", "lettre.pdf"),
    (b"<svg onload=alert(1)>", "image.svg"),
]


@pytest.mark.parametrize(("content", "name"), FILES)
def test_a_file_that_cannot_be_read_is_refused_and_the_others_stay(
    resident: Resident, content: bytes, name: str
) -> None:
    draft = resident.begin()
    assert resident.attach(draft, "signed-request", name="طلب.png").status_code == 302
    answer = resident.attach(draft, "liability", content, name)
    assert answer.status_code == 422
    assert 'id="id_liability-document"' in answer.content.decode()
    assert "طلب.png" in text(answer)
    assert DraftDocument.objects.count() == 1


def test_a_file_too_heavy_fills_no_disk(resident: Resident, settings: Any) -> None:
    draft = resident.begin()
    heavy = PNG + b"\0" * settings.UPLOAD_LIMIT
    answer = resident.attach(draft, "liability", heavy)
    assert answer.status_code == 422
    assert "8" in text(answer)
    assert DraftDocument.objects.count() == 0
    assert resident.attach(draft, "liability").status_code == 302


def test_a_document_is_replaced_and_removed(resident: Resident) -> None:
    draft = resident.begin()
    resident.attach(draft, "liability", name="first.png")
    resident.attach(draft, "liability", name="second.png")
    assert DraftDocument.objects.get().name == "second.png"
    assert "second.png" in text(resident.get(f"request/{draft}/documents/"))
    assert resident.post(f"request/{draft}/documents/liability/remove/").status_code == 302
    assert DraftDocument.objects.count() == 0
    assert resident.attach(draft, "birth-certificate").status_code == 422


def test_a_full_disk_is_said_and_loses_nothing(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = resident.begin()
    resident.attach(draft, "signed-request")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(register.os, "fsync", full)
        answer = resident.attach(draft, "liability", PNG + b"other")
    assert answer.status_code == 422
    assert 'href="#id_liability-document"' in answer.content.decode()
    assert DraftDocument.objects.count() == 1


def test_too_much_text_at_once_is_413(resident: Resident) -> None:
    answer = resident.post("services/equipment-loan/request/", LOAN | {"q_purpose": "x" * 1_100_000})
    assert answer.status_code == 413
    assert Draft.objects.count() == 0


def test_a_draft_sheet_is_a_plain_letter_without_delay(office: Office) -> None:
    take_from_catalogue("school-transport", office.unit)
    resident = Resident(office)
    sheet = text(resident.get("services/school-transport/"))
    assert "شهادة مدرسية" not in sheet
    assert "15" not in sheet
    letter = {"subject": "نقل ابنتي", "letter": "أطلب تسجيل ابنتي.", "name": "سلمى الحداد"}
    draft = resident.begin("school-transport", letter)
    resident.send(draft)
    page = text(resident.receipt(draft))
    assert "ملف مودع" not in page
    assert "طور الإيداع" not in page
    assert "لماذا هذا التاريخ" not in page
    assert Dossier.objects.get().answers == {"letter": "أطلب تسجيل ابنتي."}


def test_whoever_acts_for_another_is_written_with_the_mandate(resident: Resident) -> None:
    draft = resident.begin(data=LOAN | {"for_name": "أمينة الراجي", "mandate": "رئيسة الجمعية"})
    resident.send(draft)
    dossier = Dossier.objects.get()
    assert dossier.representative is not None
    assert dossier.representative.name == "أمينة الراجي"
    assert dossier.request is not None
    assert dossier.request.body["mandate"] == "رئيسة الجمعية"


def test_a_signpost_is_not_filed(office: Office) -> None:
    take_from_catalogue("birth-certificate", office.unit)
    resident = Resident(office)
    assert "الحالة المدنية" in text(resident.get("services/birth-certificate/"))
    assert resident.get("services/birth-certificate/request/").status_code == 302
    assert resident.post("services/birth-certificate/request/", LOAN).status_code == 302
    assert Draft.objects.count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_makes_one_dossier() -> None:
    office = make_office()
    with council_scope(office.council):
        adopted_loan(office)
        page = Resident(office)
        last = f"request/{page.begin()}/check/"
        shown = page.client.read(page.address(last))  # type: ignore[attr-defined]

        def click(_rank: int) -> int:
            try:
                return int(page.again().post(last, {"shown": shown or ""}).status_code)
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(click, range(4)))
        assert answers == [302] * 4
        assert Dossier.objects.count() == 1
        assert Act.objects.filter(kind="receipt").count() == 1
