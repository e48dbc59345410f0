"""What a person did is said to him at once, with what follows; what he typed by mistake leads where it belongs."""

import re
from datetime import date
from typing import Any

import pytest

from tadbir import law
from tadbir.acts.models import Act
from tadbir.acts.queries import status_by_code
from tadbir.councils.clock import simulated
from tadbir.councils.limits import HOUR, LIMITS, Limit
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.procedures.models import Sheet
from tadbir.services.actions import receive_document
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, Office, adopted_loan
from tests.services.residents import LOAN, Resident, text

APPEAL = {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"}


@pytest.fixture
def resident(office: Office) -> Resident:
    """Somebody before whom the loan is offered."""
    adopted_loan(office)
    return Resident(office)


def followed(resident: Resident, answer: Any) -> str:
    """The page that an answer leads to, in words."""
    assert answer.status_code == 302, text(answer)
    return text(resident.get(answer["Location"].partition("#")[0]))


def test_an_appeal_is_confirmed_with_the_day_of_its_answer(resident: Resident) -> None:
    _draft, number, _code = resident.file("signed-request", "liability")
    page = followed(resident, resident.post(f"follow/{number}/remedies/appeal_filed/", APPEAL))
    appeal = Fact.objects.get(kind="appeal_filed")
    assert "توصل المجلس بما أرسلتم وسجله" in page
    assert law.FACTS["appeal_filed"].ar in page
    assert "توصل المجلس بما أرسلتم" not in text(resident.get(f"follow/{number}/"))
    assert "توصل المجلس بما أرسلتم" not in text(resident.get(f"follow/{number}/?done=999999"))
    filed = Fact.objects.get(kind="completed")
    assert "توصل المجلس بما أرسلتم" in text(resident.get(f"follow/{number}/?done={filed.pk}"))
    french = Resident(resident.office, french=True, client=resident.client)
    assert "Ce que vous avez envoyé est arrivé" in text(french.get(f"follow/{number}/?done={appeal.pk}"))


def test_what_the_office_did_is_not_said_to_be_his(resident: Resident) -> None:
    _draft, number, _code = resident.file("signed-request", "liability")
    desk.ask_information(Dossier.objects.get(), resident.office.officer, "كم عدد الخيام؟")
    asked = Fact.objects.get(kind="information_asked")
    assert "توصل المجلس بما أرسلتم" not in text(resident.get(f"follow/{number}/?done={asked.pk}"))
    page = followed(resident, resident.post(f"follow/{number}/answer/", {"text": "أربع"}))
    assert "توصل المجلس بما أرسلتم" in page


def test_the_last_document_completes_the_file_and_says_since_when(resident: Resident) -> None:
    _draft, number, _code = resident.file("signed-request")
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"liability-document": SimpleUploadedFile("a.png", PNG)}
    page = followed(resident, resident.post(f"follow/{number}/documents/liability/", sent))
    assert "ملفكم كامل، ويُحسب أجل المجلس منذ فاتح دجنبر 2026" in page
    assert "يجيب المجلس إلى غاية" in page
    assert not Notice.objects.filter(code="complete").exists(), "he left nothing to be told by, and reads it here"


def test_the_notice_of_completion_names_the_day_and_the_clerk_is_told(resident: Resident) -> None:
    draft = resident.begin(data=LOAN | {"phone": "0612345678"})
    resident.attach(draft, "signed-request")
    resident.send(draft)
    dossier, office = Dossier.objects.get(), resident.office
    done = sign_in(office.clerk).post(
        address(office.council, "office-do", dossier.number, "supply"),
        {"key": "k", "requirement": "liability"},
        follow=True,
    )
    assert "الملف كامل منذ فاتح دجنبر 2026" in text(done)
    assert "فاتح دجنبر 2026" in Notice.objects.get(code="complete").body


@pytest.mark.parametrize(("sense", "tone"), [("granted", "good"), ("partial", "warn"), ("refused", "bad")])
def test_the_colour_of_an_answer_is_that_of_what_it_says(resident: Resident, sense: str, tone: str) -> None:
    _draft, number, _code = resident.file("signed-request", "liability")
    office, dossier = resident.office, Dossier.objects.get()
    draft = desk.draft_outcome(dossier, office.officer, sense, "هذا جوابنا.", "لهذا السبب.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    page = resident.get(f"follow/{number}/").content.decode()
    assert re.search(rf'<p class="notice {tone}" role="status">الجواب:', page), sense


def test_another_code_of_the_house_is_named_where_it_is_typed(resident: Resident) -> None:
    draft = resident.begin()
    _draft, number, code = resident.file("signed-request", "liability")
    paper = Act.objects.get(kind="receipt")
    for typed, told in ((paper.check_code, "رمز التحقق من الوثيقة"), (draft, "رمز طلب لم يُرسل بعد")):
        answer = Resident(resident.office).post("follow/", {"number": number, "code": typed})
        assert answer.status_code == 422
        assert told in text(answer), typed
    again = Resident(resident.office).post(f"follow/{number}/withdraw/", {"again-code": paper.check_code, "x": "y"})
    assert "رمز التحقق من الوثيقة" in text(again)
    assert (
        Resident(resident.office).post("follow/", {"number": number, "code": code.replace("0", "o")}).status_code == 302
    )
    assert status_by_code(paper.number, draft)["status"] == "draft_code"
    assert status_by_code(paper.number, code)["status"] == "tracking_code"


def test_an_address_that_opens_no_request_leads_to_where_its_code_is_typed(resident: Resident) -> None:
    code = resident.begin()
    nearly = code[:-1] + str((int(code[-1]) + 1) % 10)
    for french, told in ((False, "لا يوجد طلب محفوظ"), (True, "Aucune demande")):
        lost = Resident(resident.office, french=french).get(f"request/{nearly}/check/")
        assert lost.status_code == 410
        page = lost.content.decode()
        assert f'value="{nearly}"' in page
        assert told in text(lost)
        assert f'action="{Resident(resident.office, french=french).address("request/")}"' in page
    half = Resident(resident.office).get("request/1234/")
    assert half.status_code == 410
    assert 'value="1234"' in half.content.decode()
    typed = Resident(resident.office).post(f"request/{nearly}/", {"subject": "كلام كثير"})
    assert typed.status_code == 410
    nowhere = Resident(resident.office).get("no/such/page/").content.decode()
    for french in (False, True):
        assert f'href="{Resident(resident.office, french=french).address("follow/")}"' in nowhere


def test_both_halves_of_a_refusal_say_until_when(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "wrong_codes_of_address", Limit(0, HOUR))
    for french in (False, True):
        shut = Resident(resident.office, french=french).post("follow/", {"number": "41", "code": "1234-5678"})
        assert shut.status_code == 429
        assert text(shut).count("11:00") == 2, "in Arabic and in French"


def test_a_subject_that_nobody_wrote_follows_the_language(resident: Resident) -> None:
    sheet = Sheet.objects.get(status="adopted")
    code = resident.begin(data=LOAN | {"subject": sheet.parsed.ar})
    french = Resident(resident.office, french=True)
    assert f'value="{sheet.parsed.fr}"' in french.get(f"request/{code}/").content.decode()
    own = resident.begin(data=LOAN | {"subject": "خيام لعرس"})
    assert 'value="خيام لعرس"' in french.get(f"request/{own}/").content.decode()


def test_a_refused_document_is_said_again_before_going_on_without_it(resident: Resident) -> None:
    draft = resident.begin()
    refused = resident.attach(draft, "liability", b"hello", "a.png")
    assert refused.status_code == 422
    assert '<input type="hidden" name="refused" value="liability">' in refused.content.decode()
    page = resident.post(f"request/{draft}/documents/", {"refused": "liability"})
    assert page.status_code == 422
    assert "رُفضت هذه الوثائق" in text(page)
    assert 'name="refused"' not in page.content.decode()
    assert resident.post(f"request/{draft}/documents/", {}).status_code == 302
    resident.attach(draft, "liability")
    assert resident.post(f"request/{draft}/documents/", {"refused": "liability"}).status_code == 302, (
        "it came meanwhile"
    )


def test_a_number_out_of_bounds_is_refused_in_our_own_words(resident: Resident) -> None:
    code = resident.begin(data=LOAN | {"q_days": "0"})
    assert "هذا العدد صغير جدا" in text(resident.get(f"request/{code}/?mend"))


def test_a_silence_is_contested_without_a_word_and_the_appeal_says_so(resident: Resident) -> None:
    _draft, number, code = resident.file("signed-request", "liability")
    with simulated(at("2027-02-03 09:00")):
        record_lapses(date(2027, 2, 3))
        resident.post("follow/", {"number": number, "code": code})
        assert "لم أتوصل بأي جواب داخل الأجل." in text(resident.get(f"follow/{number}/remedies/appeal_filed/"))


def test_a_document_that_the_person_brings_at_last_starts_no_second_clock(resident: Resident) -> None:
    resident.file("signed-request")
    dossier = Dossier.objects.get()
    receive_document(dossier, "liability", "التزام", None)
    receive_document(dossier, "other", "زيادة", None)
    assert dossier.facts.filter(kind="completed").count() == 1


def test_the_day_of_the_answer_is_that_of_what_the_council_owes(resident: Resident) -> None:
    _draft, number, _code = resident.file("signed-request", "liability")
    completed = Fact.objects.get(kind="completed")
    due = Duty.objects.get(rule="PROC-DECIDE").do_by
    assert due is not None
    page = resident.get(f"follow/{number}/?done={completed.pk}").content.decode()
    said = page.split('id="done"')[1].split("</div>")[0]
    assert f'datetime="{due.isoformat()}"' in said
