"""The papers of a request as they print."""

import pikepdf
import pytest

from tadbir.acts.actions import draft_pdf, pdf_of
from tadbir.acts.documents.pdf import actual_texts
from tadbir.acts.models import Act
from tadbir.desk.codes import follow_code
from tadbir.procedures.models import Sheet
from tadbir.services import actions
from tests import at_once as desk
from tests.factories import BOTH, Office, adopted_loan, loan_filing
from tests.services.residents import LOAN, Resident, text

_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def plain(text: str) -> str:
    return text.translate(_ISOLATES)


def adopted_sheet(code: str) -> Sheet:
    return Sheet.objects.get(code=code, status="adopted")


def pages(stored: object) -> int:
    with stored.open() as stream, pikepdf.open(stream) as pdf:  # type: ignore[attr-defined]
        return len(pdf.pages)


def test_a_receipt_is_one_small_sheet_with_its_reasons(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)), by=office.clerk)
    assert len(filed.receipt.document["receipt"]["clock"]["steps"]) >= 5
    assert pages(pdf_of(filed.receipt)) == 1
    missing = actions.file_request(loan_filing(filed.dossier.sheet, brought=()), by=office.clerk)
    assert pages(pdf_of(missing.receipt)) == 1


def test_a_sealed_notice_names_who_signed_it_and_a_draft_leaves_the_place(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    desk.ask_replacement(filed.dossier, office.officer, "liability", "غير مقروءة")
    with pdf_of(Act.objects.get(kind="applicant_notice")).open() as stream:
        said = actual_texts(stream.read())
    assert any("سعاد المنصوري" in text for text in said)
    draft = desk.draft_outcome(filed.dossier, office.officer, "granted", "نعم")
    with draft_pdf(draft).open() as stream:
        assert "الإمضاء والخاتم" in actual_texts(stream.read())


@pytest.mark.parametrize("french", [False, True])
def test_a_receipt_calls_the_service_a_service_and_gives_the_subject_in_its_persons_words(
    resident: Resident, french: bool
) -> None:
    resident.french = french
    sheet = adopted_sheet("equipment-loan").parsed
    service = sheet.fr if french else sheet.ar
    labels = ("Service demandé", "Objet") if french else ("الخدمة المطلوبة", "الموضوع")
    own = LOAN["subject"]
    _draft, number, _code = resident.file(*BOTH)
    page = text(resident.get(f"follow/{number}/receipt/"))
    assert f"{labels[0]} {service} {labels[1]} {own}" in page
    receipt = Act.objects.get(kind="receipt")
    assert pages(pdf_of(receipt)) == (2 if french else 1)
    with pdf_of(receipt).open() as stream:
        said = [plain(one) for one in actual_texts(stream.read())]
    assert [said[said.index(label) + 1] for label in labels] == [service, own]


def test_a_subject_that_is_the_name_of_the_service_is_not_said_twice(resident: Resident) -> None:
    service = adopted_sheet("equipment-loan").parsed
    for named, french in ((service.ar, True), (service.fr, False)):
        filed = actions.file_request(loan_filing(adopted_sheet("equipment-loan"), subject=named)).dossier
        resident.french = french
        resident.client.cookies.clear()
        resident.post("follow/", {"number": filed.number, "code": follow_code(filed)})
        for page in ("", "receipt/"):
            said = text(resident.get(f"follow/{filed.number}/{page}"))
            assert named not in said, "neither in the other language"
        receipt = Act.objects.filter(dossier_ref=filed.number).get(kind="receipt").document["receipt"]
        assert receipt["subject_ar"] == filed.answers["purpose"], "in his own words, what he asked"


def test_the_receipt_of_a_remedy_names_the_remedy_and_its_service(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    resident.post(f"follow/{number}/remedies/appeal_filed/", {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"})
    receipt = Act.objects.filter(kind="receipt").latest("pk").document["receipt"]
    assert receipt["subject_ar"] == "الطعن أمام رئيس المجلس"
    assert receipt["procedure_ar"] == adopted_sheet("equipment-loan").parsed.ar
