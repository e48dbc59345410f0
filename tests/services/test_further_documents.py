"""Documents that no sheet names, those that come late, and the very file that must be replaced: each has a way on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tadbir.dossiers.models import Dossier
from tests import at_once as desk
from tests.factories import BOTH, PNG, Office, adopted
from tests.services.residents import Resident, text
from tests.services.test_adding import asked, kinds, officer_page, photo, tray  # noqa: F401
from tests.services.test_petition_sent import TWELVE

GRIEF = {
    "q_nature": "remark",
    "q_facts": "انتظرت طويلا",
    "subject": "الانتظار",
    "kind": "person",
    "name": "سلمى الحداد",
}


@pytest.mark.parametrize("french", [False, True])
def test_one_more_document_that_no_sheet_names_and_where_to_bring_it(resident: Resident, french: bool) -> None:
    resident.french = french
    draft = resident.begin()
    for requirement in (*BOTH, "other"):
        resident.attach(draft, requirement)
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    page = resident.get(f"follow/{dossier.number}/")
    assert 'name="other-document"' in page.content.decode(), "one was given: there is room for one more"
    assert ("apporter toute pièce au guichet" if french else "إحضار أي وثيقة إلى شباك المجلس") in text(page)
    where = f"follow/{dossier.number}/documents/other/"
    for width, said in ((60, "done="), (60, "here="), (61, "done=")):  # sent twice, it is said to be here already
        sent = resident.post(where, photo(width, f"plan{width}.png", "other"))
        assert (sent.status_code, said in sent["Location"]) == (302, True)
    assert kinds().count("document_added") == 2, "sent twice is kept once"
    assert all(name in text(resident.get(f"follow/{dossier.number}/")) for name in ("plan60.png", "plan61.png"))
    office = officer_page(resident, dossier.number)
    assert "plan60.png" in office
    assert "وثيقة مع الجواب" not in office, "it goes with no answer"


@pytest.mark.parametrize("code", ["complaint", "petition"])
def test_a_document_goes_with_a_complaint_or_a_petition_after_it_was_sent(office: Office, code: str) -> None:
    sheet = adopted(office, code)
    resident = Resident(office)
    data = TWELVE if code == "petition" else GRIEF
    draft = resident.begin(code, data)
    if code == "petition":
        resident.attach(draft, "petition-form")
    assert resident.send(draft).status_code == 302
    number = Dossier.objects.get().number
    page = resident.get(f"follow/{number}/").content.decode()
    named = {one.code for one in sheet.parsed.asked_of(Dossier.objects.get().applicant_kind)}
    assert all(f'name="{one}-document"' in page for one in {*named, "other"})
    for one in sorted({*named, "other"} - {"petition-form"}):
        assert resident.post(f"follow/{number}/documents/{one}/", photo(70, field=one)).status_code == 302, one
    assert number in tray(resident)


def test_once_the_answer_is_signed_the_page_says_where_to_bring_a_document(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(), resident.office
    office.council.settings["counter"] = {"where_ar": "زنقة الولاء", "hours_ar": "من الاثنين إلى الجمعة"}
    office.council.save()
    draft = desk.draft_outcome(dossier, office.officer, "granted", "هذا جوابنا.", "")
    desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    page = resident.get(f"follow/{number}/")
    assert 'name="other-document"' not in page.content.decode()
    said = "هل لديكم وثيقة أخرى؟ أحضروها إلى شباك المجلس مع رقم ملفكم. زنقة الولاء من الاثنين إلى الجمعة"
    assert said in text(page)


def test_the_very_file_that_must_be_replaced_is_no_replacement(resident: Resident, asked: str) -> None:
    dossier = Dossier.objects.get(number=asked)
    desk.ask_replacement(dossier, resident.office.officer, "liability", "غير مقروءة")
    address, name = f"follow/{asked}/documents/liability/", "liability-document"
    for _press in "12":
        same = resident.post(address, {name: SimpleUploadedFile("again.png", PNG)})
        assert (same.status_code, "هذا هو الملف نفسه" in text(same)) == (422, True)
        assert "أحضروا الوثيقة إلى شباك المجلس" in text(same), "there is a way on"
    assert "replacement_received" not in kinds()
    assert kinds().count("same_file_sent") == 1, "the office sees that he tried, once a day"
    assert "أرسل صاحب الطلب الملف نفسه من جديد" in officer_page(resident, asked)
    assert officer_page(resident, asked).count("إرسال الملف نفسه من جديد") == 1
    assert "إرسال الملف نفسه من جديد" in text(resident.get(f"follow/{asked}/"))
    sent = resident.post(address, photo(41, field="liability"), follow=True)
    assert "replacement_received" in kinds()
    assert "أرسل صاحب الطلب الملف نفسه" not in officer_page(resident, asked), "nothing waits any more"
    assert "(" + dossier.sheet.parsed.document("liability").ar in text(sent)  # type: ignore[union-attr]
