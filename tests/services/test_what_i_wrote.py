"""Who wrote to the council reads his own words again: the request, a remedy, an answer; nobody else's."""

import pytest

from tadbir.acts.models import Act
from tadbir.desk.codes import follow_code
from tadbir.dossiers.models import Dossier
from tests import at_once as desk
from tests.factories import BOTH
from tests.services.residents import Resident, text
from tests.services.test_remedies import GRIEVANCE, refused

WORDS = "الخيام لم تكن محجوزة\nوعندي ما يثبت ذلك"


@pytest.mark.postgres
def test_a_request_and_a_remedy_are_shown_to_whoever_wrote_them(resident: Resident) -> None:
    number, _code = refused(resident)
    before = text(resident.get(f"follow/{number}/"))
    assert "ما كتبتموه" in before
    assert "دوار النخلة" in before, "what was asked for"
    assert resident.post(f"follow/{number}/{GRIEVANCE}", {"key": "a" * 32, "text": WORDS}).status_code == 302
    page = resident.get(f"follow/{number}/")
    assert "الخيام لم تكن محجوزة<br>وعندي ما يثبت ذلك" in page.content.decode().replace("\n", "")
    assert WORDS.split("\n")[0] not in text(Resident(resident.office).get(f"follow/{number}/"))


def test_an_answer_to_the_council_is_shown_and_what_an_agent_writes_is_not(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    desk.ask_information(Dossier.objects.get(), resident.office.officer, "كم عدد الخيام؟")
    assert "عشر خيام كبيرة" not in text(resident.get(f"follow/{number}/"))
    assert resident.post(f"follow/{number}/answer/", {"text": "عشر خيام كبيرة"}).status_code == 302
    page = text(resident.get(f"follow/{number}/")).partition("ما كتبتموه")[2]
    assert "عشر خيام كبيرة" in page
    assert "كم عدد الخيام" not in page


def test_the_receipt_of_a_remedy_goes_to_others_and_bears_no_code(resident: Resident) -> None:
    number, _code = refused(resident)
    filing = Act.objects.get(kind="receipt").document["receipt"]
    code = follow_code(Dossier.objects.get(number=number))
    assert filing["code"] == code
    resident.post(f"follow/{number}/{GRIEVANCE}", {"key": "a" * 32, "text": WORDS})
    given = Act.objects.filter(kind="receipt").latest("pk")
    assert "code" not in given.document["receipt"]
    assert code not in str(given.document)
    assert number in str(given.document)
    drawn = resident.get(f"follow/{number}/papers/{given.number}/")
    assert drawn.status_code == 200
    assert b"".join(drawn.streaming_content if drawn.streaming else [drawn.content]).startswith(b"%PDF-")


def test_half_the_code_of_a_request_begun_is_not_called_a_request_that_was_sent(resident: Resident) -> None:
    draft = resident.begin()
    for typed in (draft[:9], draft[-9:].replace("-", "")):
        answer = resident.post("request/", {"draft": typed})
        assert answer.status_code == 422
        assert "رمز طلب بدأتموه ولم ترسلوه ففيه ستة عشر رقما" in text(answer)


def test_what_the_review_page_names_is_on_it_and_a_phone_is_called_optional_once(resident: Resident) -> None:
    resident.french = True
    first = text(resident.get("services/equipment-loan/request/"))
    assert "Facultatif." not in first
    assert "facultatif" in first
    resident.french = False
    draft = resident.begin()
    for step in ("", "documents/", "check/"):
        page = resident.get(f"request/{draft}/{step}")
        assert text(page).count("المتابعة لاحقا") == 2, step
        assert draft in text(page)


@pytest.mark.parametrize("french", [False, True])
def test_a_last_day_names_the_remedy_that_it_is_the_last_day_of(resident: Resident, french: bool) -> None:
    resident.french = french
    number, _code = refused(resident)
    page = text(resident.get(f"follow/{number}/"))
    own = "Recours devant le président" if french else "الطعن أمام رئيس المجلس"
    until = "au plus tard" if french else "إلى غاية"
    named = page.partition("Vos recours" if french else "طرق الطعن")[2]
    assert f"{own}" in named.partition(until)[0]
