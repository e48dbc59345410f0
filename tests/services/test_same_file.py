"""One file sent for two documents: it is taken, and both the sender and the clerk are told."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tadbir.dossiers.models import Dossier
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, PNG, Office, adopted_loan
from tests.services.residents import Resident, text


def test_the_same_file_for_two_documents_is_taken_and_said(office: Office) -> None:
    adopted_loan(office)
    resident = Resident(office)
    draft = resident.begin()
    for requirement in ("signed-request", "liability"):
        assert resident.attach(draft, requirement).status_code == 302
    documents = text(resident.get(f"request/{draft}/documents/"))
    assert documents.count("هو نفس ملف") == 2
    assert "إن كان ذلك خطأ" in documents
    assert text(resident.get(f"request/{draft}/check/")).count("هو نفس ملف") == 2
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    followed = text(resident.get(f"follow/{dossier.number}/"))
    assert followed.count("هو نفس ملف") == 2
    page = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number))
    assert text(page).count("هو نفس ملف") == 2


def test_two_files_are_two(office: Office) -> None:
    other = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(other, "PNG")
    adopted_loan(office)
    resident = Resident(office)
    draft = resident.begin()
    for requirement, content in (("signed-request", PNG), ("liability", other.getvalue())):
        assert resident.attach(draft, requirement, content).status_code == 302
    assert "هو نفس ملف" not in text(resident.get(f"request/{draft}/documents/"))
    assert "هو نفس ملف" not in text(resident.get(f"request/{draft}/check/"))


def test_a_document_sent_by_the_script_brings_the_page_in_the_same_answer(office: Office) -> None:
    adopted_loan(office)
    resident = Resident(office)
    draft = resident.begin()
    page = resident.full(f"request/{draft}/documents/")
    by_script = {"headers": {"hx-request": "true"}}
    file = SimpleUploadedFile("photo.png", PNG)
    sent = resident.post(f"{page}signed-request/", {"signed-request-document": file}, **by_script)
    assert (sent.status_code, sent["Content-Location"]) == (200, page)
    assert "محفوظة مع طلبكم" in text(sent)
    body = sent.content.decode()
    assert 'class="top"' in body
    assert not [part for part in ("<style", "<footer", "<script", "<link") if part in body]
    plain = resident.attach(draft, "liability")
    assert (plain.status_code, plain["Location"]) == (302, page)
    assert "<footer" in resident.get(page, **by_script).content.decode()


def test_the_same_sheet_sent_again_after_filing_is_said_to_be_here(office: Office) -> None:
    adopted_loan(office)
    resident = Resident(office)
    _draft, number, _code = resident.file(*BOTH)
    other = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(other, "PNG")

    def send() -> str:
        file = SimpleUploadedFile("sheet1.png", other.getvalue())
        sent = resident.post(f"follow/{number}/documents/other/", {"other-document": file})
        assert sent.status_code == 302
        return text(resident.get(sent["Location"].partition("#")[0]))

    first, again = send(), send()
    assert ("توصل المجلس بما أرسلتم" in first, "لم يُضف شيء" in first) == (True, False)
    assert ("توصل المجلس بما أرسلتم" in again, "لم يُضف شيء" in again) == (False, True)
    assert "sheet1.png" in again


def test_a_document_that_arrives_beside_words_half_written_is_said(office: Office) -> None:
    adopted_loan(office)
    resident = Resident(office)
    _draft, number, _code = resident.file(*BOTH)
    at_once.ask_information(Dossier.objects.get(), office.officer, "كم عدد الخيام؟")
    other = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(other, "PNG")
    said = []
    for _time in range(2):
        file = SimpleUploadedFile("sheet7.png", other.getvalue())
        typed = {"other-document": file, "text": "أربع خيام"}
        said.append(resident.post(f"follow/{number}/documents/other/", typed))
    first, again = (text(page) for page in said)
    assert ("توصل المجلس بما أرسلتم" in first, "لم يُضف شيء" in first) == (True, False)
    assert ("توصل المجلس بما أرسلتم" in again, "لم يُضف شيء" in again) == (False, True)
    assert all("أربع خيام" in page for page in (first, again))


def test_the_same_document_of_a_remedy_sent_again_is_said_to_be_here(office: Office) -> None:
    adopted_loan(office)
    resident = Resident(office)
    _draft, number, _code = resident.file(*BOTH)
    own = f"follow/{number}/remedies/appeal_filed/"
    assert resident.post(own, {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"}).status_code == 302
    pages = []
    for _time in range(2):
        sent = resident.post(f"{own}documents/", {"piece-document": SimpleUploadedFile("sheet9.png", PNG)})
        pages.append(text(resident.get(sent["Location"].partition("#")[0])))
    assert ["لم يُضف شيء" in page for page in pages] == [False, True]
