"""What is written wrong in a dossier is put right, with a reason and a trace; a dossier given by mistake comes back."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tadbir.acts.models import Act
from tadbir.desk import actions as desk
from tadbir.desk.queries.finding import find
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.notify.models import Notice
from tadbir.register.proving import walk
from tadbir.services import actions
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.desk.test_office_dossier import do, kinds, page
from tests.factories import PNG, Office, adopted_loan, loan_filing
from tests.services.residents import Resident

REASON = "كُتب الاسم خطأ"
RIGHT = {
    "name": "جمعية آفاق النخيل",
    "phone": "0612345679",
    "email": "",
    "address": "",
    "subject": "إعارة خيام لحفل مدرسي",
    "reason": REASON,
}


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def answers(client: Client, path: str) -> int:
    response = client.get(path)
    if response.streaming:
        response.getvalue()  # type: ignore[attr-defined]
    return response.status_code


def whole() -> list[str]:
    return [str(one) for step in walk() for one in step.found]


def test_a_name_and_a_telephone_are_put_right_and_old_papers_stay(office: Office, dossier: Dossier) -> None:
    receipt = Act.objects.get(kind="receipt", dossier_ref=dossier.number)
    officer = sign_in(office.officer)
    assert do(sign_in(office.stranger), office, dossier, "put-right", **RIGHT).status_code == 404
    assert do(officer, office, dossier, "put-right", **RIGHT | {"reason": ""}).status_code == 422
    assert do(officer, office, dossier, "put-right", **RIGHT | {"name": ""}, key="no-name").status_code == 422
    assert "particulars_corrected" not in kinds(dossier)
    assert do(officer, office, dossier, "put-right", **RIGHT).status_code == 302
    assert do(officer, office, dossier, "put-right", **RIGHT, key="again").status_code == 422  # nothing is otherwise
    fact = Fact.objects.get(dossier=dossier, kind="particulars_corrected")
    assert fact.data == {"what": ["name", "phone"]}
    assert fact.words["before"] == {"name": "جمعية آفاق النخلة", "phone": "0612345678"}
    party = Dossier.objects.get(pk=dossier.pk).applicant
    assert party is not None
    assert (party.name, party.phone) == ("جمعية آفاق النخيل", "+212612345679")

    receipt.refresh_from_db()
    assert receipt.content.body["recipient"]["name_ar"] == "جمعية آفاق النخلة"
    at_once.ask_information(Dossier.objects.get(pk=dossier.pk), office.officer, "كم خيمة؟")
    asked = Act.objects.filter(dossier_ref=dossier.number).order_by("pk").last()
    assert asked is not None
    assert asked.content.body["recipient"]["name_ar"] == "جمعية آفاق النخيل"
    text = page(officer, office, dossier)
    assert "الوثائق المسلَّمة قبل ذلك تبقى كما هي" in text
    assert "جمعية آفاق النخلة" in text  # what stood before is in the history
    assert whole() == []


def test_a_subject_is_put_right_and_found(office: Office, dossier: Dossier) -> None:
    told = RIGHT | {"name": "جمعية آفاق النخلة", "phone": "0612345678", "subject": "إعارة منصة خشبية"}
    assert do(sign_in(office.clerk), office, dossier, "put-right", **told).status_code == 302
    dossier = Dossier.objects.select_related("request").get(pk=dossier.pk)
    assert dossier.subject == "إعارة منصة خشبية"
    assert dossier.answers["place"] == "دوار النخلة"
    found = sign_in(office.clerk).get(address(office.council, "office-search"), {"q": "منصة خشبية"})
    assert dossier.number in found.content.decode()
    assert whole() == []
    desk.correct_particulars(dossier, office.officer, {"subject": "إعارة خيام"}, "مرة أخرى")
    assert whole() == []


def test_a_dossier_is_found_by_the_e_mail_of_its_person_until_it_is_erased(office: Office, dossier: Dossier) -> None:
    told = {"email": "afaq.nakhla@example.ma"}
    desk.correct_particulars(dossier, office.officer, told, REASON)
    seen = Dossier.objects.all()
    assert find(seen, "afaq.nakhla@example.ma") == [dossier.number]
    assert find(seen, "autre@example.ma") == []
    dossier = Dossier.objects.get(pk=dossier.pk)
    actions.withdraw(dossier)
    dossier.refresh_from_db()
    desk.erase_personal_data(dossier, office.director, "order", "طلب صاحب المعطيات")
    assert find(seen, "afaq.nakhla@example.ma") == []


def test_what_was_put_right_goes_with_the_personal_data(office: Office, dossier: Dossier) -> None:
    with pytest.raises(PermissionDenied):
        desk.correct_particulars(dossier, office.president, {"name": "x"}, REASON)
    desk.correct_particulars(dossier, office.officer, {"name": "جمعية أخرى"}, REASON)
    actions.withdraw(dossier)
    dossier.refresh_from_db()
    desk.erase_personal_data(dossier, office.director, "order", "طلب صاحب المعطيات")
    fact = Fact.objects.get(dossier=dossier, kind="particulars_corrected")
    assert fact.words == {}
    assert whole() == []


def test_a_document_of_somebody_else_is_taken_away(office: Office) -> None:
    adopted_loan(office)
    resident = Resident(office)
    _draft, number, _code = resident.file("signed-request", "liability")
    dossier = Dossier.objects.get(number=number)
    document = Document.objects.get(dossier=dossier, requirement="liability")
    assert document.file is not None
    own = address(office.council, "dossier-file", number, document.pk)
    assert answers(resident.client, own) == 200
    officer = sign_in(office.officer)
    told = {"document": document.pk, "reason": "وثيقة شخص آخر", "sure": "on"}
    asked = officer.get(address(office.council, "office-do", number, "withdraw-document")).content.decode()
    assert '<option value="" selected>' in asked, "nothing is chosen beforehand"
    assert "يجب عندئذ شطب" in asked
    assert do(officer, office, dossier, "withdraw-document", **told | {"sure": ""}).status_code == 422
    assert do(officer, office, dossier, "withdraw-document", **told | {"document": ""}).status_code == 422
    assert do(officer, office, dossier, "withdraw-document", **told | {"reason": ""}).status_code == 422
    assert do(officer, office, dossier, "withdraw-document", **told).status_code == 302
    assert "يجب على المدير العام للمصالح أو رئيس المجلس شطب" in page(officer, office, dossier)
    assert answers(resident.client, own) == 410
    saved = address(office.council, "office-document", number, document.pk)
    assert answers(officer, saved) == 410
    assert answers(sign_in(office.director), saved) == 200  # whoever answers for the council may look
    fact = Fact.objects.get(dossier=dossier, kind="document_withdrawn")
    assert fact.data["sha256"] == document.file.sha256
    text = page(officer, office, dossier)
    assert document.file.sha256[:16] in text
    assert own not in resident.get(f"follow/{number}/").content.decode()
    assert whole() == []
    Document.objects.filter(pk=document.pk).update(withdrawn=False)
    assert any("withdrawn" in one for one in whole())


def test_a_wrong_scan_is_taken_away_and_scanned_again(office: Office, dossier: Dossier) -> None:
    document = Document.objects.get(dossier=dossier, requirement="signed-request")
    told = {"document": document.pk, "reason": "صفحة خاطئة", "again": "on", "sure": "on"}
    assert do(sign_in(office.clerk), office, dossier, "withdraw-document", **told).status_code == 302
    again = Document.objects.get(dossier=dossier, requirement="signed-request", withdrawn=False)
    assert again.file is None
    tray = sign_in(office.officer).get(address(office.council, "office-tray", "scan")).content.decode()
    assert dossier.number in tray
    desk.add_scan(again, office.officer, BytesIO(PNG), len(PNG))
    assert whole() == []


def test_a_dossier_given_to_the_wrong_unit_is_asked_back_and_sent_back(office: Office, dossier: Dossier) -> None:
    officer, stranger = sign_in(office.officer), sign_in(office.stranger)
    gone = do(officer, office, dossier, "reassign", unit=office.other_unit.pk, to="", reason="سهو")
    page_of_it = address(office.council, "office-given", dossier.number)
    assert gone["Location"] == page_of_it
    followed = officer.get(address(office.council, "office-dossier", dossier.number))
    assert (followed.status_code, followed["Location"]) == (302, page_of_it)
    assert "قسم العمل الاجتماعي" in officer.get(page_of_it).content.decode()
    assert dossier.number in officer.get(address(office.council, "office-given-away")).content.decode()
    assert sign_in(office.head).get(page_of_it).status_code == 200  # of the unit that gave it
    assert stranger.get(page_of_it).status_code == 302  # it is his now

    assert officer.post(page_of_it, {"reason": ""}).status_code == 422
    assert officer.post(page_of_it, {"reason": "أُسند خطأ"}).status_code == 302
    assert officer.post(page_of_it, {"reason": "أُسند خطأ"}).status_code == 422  # once
    assert kinds(dossier).count("asked_back") == 1
    assert "أُسند خطأ" in page(stranger, office, dossier)
    assert do(stranger, office, dossier, "send-back", reason="ليس من اختصاصنا").status_code == 302
    dossier.refresh_from_db()
    assert dossier.unit == office.unit
    assert Notice.objects.filter(code="dossier_sent_back").count() == 1
    assert "ليس من اختصاصنا" in page(officer, office, dossier)
    assert whole() == []


def test_the_list_of_those_to_give_to_is_of_those_who_can_work_on_it(office: Office, dossier: Dossier) -> None:
    text = page(sign_in(office.officer), office, dossier)
    start = text.index('id="reassign_to"')
    offered = text[start : text.index("</select>", start)]
    assert '<optgroup label="قسم العمل الاجتماعي">' in offered
    assert str(office.stranger) in offered
    assert str(office.clerk) not in offered
