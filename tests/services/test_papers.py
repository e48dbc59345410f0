"""The papers of a request as they print."""

import pikepdf

from tadbir.acts.actions import draft_pdf, pdf_of
from tadbir.acts.models import Act
from tadbir.services import actions
from tests import at_once as desk
from tests.factories import Office, adopted_loan, loan_filing


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
    from tadbir.acts.documents.pdf import actual_texts

    filed = actions.file_request(loan_filing(adopted_loan(office)))
    desk.ask_replacement(filed.dossier, office.officer, "liability", "غير مقروءة")
    with pdf_of(Act.objects.get(kind="applicant_notice")).open() as stream:
        said = actual_texts(stream.read())
    assert any("سعاد المنصوري" in text for text in said)
    draft = desk.draft_outcome(filed.dossier, office.officer, "granted", "نعم")
    with draft_pdf(draft).open() as stream:
        assert "الإمضاء والخاتم" in actual_texts(stream.read())
