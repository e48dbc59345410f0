"""Once a request was filed: documents with an answer, what is added to it, more sheets of a document, and what a
petition went without. Each is one fact, said to its person, shown to the office."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tadbir.services.actions import adding as adding_actions
from tadbir.services.queries import adding as adding_queries
from tests import at_once as desk
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, Office, adopted, adopted_loan
from tests.services.residents import Resident, text
from tests.services.test_petition_sent import TWELVE
from tests.services.test_several_files import sheet_of_paper

WITH = "information-asked"


@pytest.fixture
def resident(office: Office) -> Resident:
    """Somebody before whom the loan is offered."""
    adopted_loan(office)
    return Resident(office)


@pytest.fixture
def asked(resident: Resident) -> str:
    """The number of a complete file about which the council asks a question."""
    _draft, number, _code = resident.file(*BOTH)
    desk.ask_information(Dossier.objects.get(), resident.office.officer, "كم عدد الخيام؟")
    return number


def photo(width: int, name: str = "plan.png", field: str = WITH) -> dict[str, SimpleUploadedFile]:
    return {f"{field}-document": SimpleUploadedFile(name, sheet_of_paper(width))}


def kinds() -> list[str]:
    return [fact.kind for fact in Fact.objects.order_by("pk")]


def question_in(page: str) -> str:
    return page.split('name="asked" value="')[1].partition('"')[0]


def officer_page(resident: Resident, number: str) -> str:
    return text(sign_in(resident.office.officer).get(address(resident.office.council, "office-dossier", number)))


def tray(resident: Resident) -> str:
    return text(sign_in(resident.office.officer).get(address(resident.office.council, "office-tray", "added")))


def test_documents_are_kept_at_once_and_the_answer_ends_the_suspension(resident: Resident, asked: str) -> None:
    page = resident.get(f"follow/{asked}/").content.decode()
    assert f'name="{WITH}-document"' in page
    assert "8,4" in page, "how heavy it may be is said before"
    for width in (20, 21):
        sent = resident.post(f"follow/{asked}/documents/{WITH}/", photo(width, f"plan{width}.png"))
        assert sent.status_code == 302
        resident.post(f"follow/{asked}/documents/{WITH}/", photo(width, f"plan{width}.png"))  # the second click
    assert kinds().count("document_added") == 2
    assert "information_received" not in kinds(), "a document alone is not the answer"
    page = text(resident.get(f"follow/{asked}/"))
    assert all(words in page for words in ("plan20.png", "plan21.png", "إرسال جوابي", "الأجل موقوف"))
    empty = resident.post(f"follow/{asked}/answer/", {"text": ""})
    assert empty.status_code == 302, "the documents say it"
    answered = text(resident.get(empty["Location"].partition("#")[0]))
    assert "يجيب المجلس إلى غاية" in answered
    assert "ينتظر المجلس منكم" not in answered
    assert kinds().count("information_received") == 1


def test_words_and_a_document_go_together_and_a_refused_one_leads_back_with_the_words(
    resident: Resident, asked: str
) -> None:
    bad = {f"{WITH}-document": SimpleUploadedFile("plan.docx", b"hello")}
    refused = resident.post(f"follow/{asked}/answer/", bad | {"text": "عشر خيام"})
    page = refused.content.decode()
    assert (refused.status_code, "عشر خيام</textarea>" in page, "errorlist" in page) == (422, True, True)
    assert "information_received" not in kinds()
    alone = resident.post(f"follow/{asked}/documents/{WITH}/", bad | {"text": "عشر خيام"})
    assert (alone.status_code, "عشر خيام</textarea>" in alone.content.decode()) == (422, True)
    assert resident.post(f"follow/{asked}/answer/", photo(22) | {"text": "عشر خيام"}).status_code == 302
    assert kinds()[-2:] == ["document_added", "information_received"]
    office = officer_page(resident, asked)
    assert all(words in office for words in ("وثيقة مع الجواب", "عشر خيام", "ولم يُتخذ أي إجراء"))


def test_an_empty_answer_is_refused_where_no_document_came(resident: Resident, asked: str) -> None:
    assert resident.post(f"follow/{asked}/answer/", {"text": ""}).status_code == 422
    assert "information_received" not in kinds()


def test_what_was_forgotten_is_added_while_the_council_has_not_answered(resident: Resident, asked: str) -> None:
    first = question_in(resident.get(f"follow/{asked}/").content.decode())
    resident.post(f"follow/{asked}/answer/", {"text": "عشر خيام", "asked": first})
    before = Dossier.objects.get().duties.filter(rule="PROC-DECIDE").values_list("do_by", flat=True).get()
    assert "إضافات صاحب الطلب" in tray(resident)
    assert asked not in tray(resident), "an answer has its own clock"
    places = {resident.post(f"follow/{asked}/answer/", {"adds": "1", "text": "وكرسيان"})["Location"] for _ in "12"}
    assert len(places) == 1, "a double click is one addition"
    assert resident.post(f"follow/{asked}/answer/", {"adds": "1", "text": "وكرسيان"}).status_code == 302, "a second tab"
    assert resident.post(f"follow/{asked}/answer/", photo(23) | {"adds": "1", "text": ""}).status_code == 302
    assert resident.post(f"follow/{asked}/answer/", {"adds": "1", "text": " "}).status_code == 422
    assert (kinds().count("information_added"), kinds().count("document_added")) == (1, 1)
    assert Fact.objects.get(kind="information_received").words["answer"] == "عشر خيام", "nothing is written over"
    assert Dossier.objects.get().duties.filter(rule="PROC-DECIDE").values_list("do_by", flat=True).get() == before
    page = text(resident.get(f"follow/{asked}/"))
    assert all(words in page for words in ("عشر خيام", "وكرسيان", "plan.png", "ولا يغير أي أجل"))
    assert asked in tray(resident)
    office = officer_page(resident, asked)
    assert all(words in office.split("ما يلي")[1] for words in ("وكرسيان", "وثيقة مع الجواب"))
    notice = Notice.objects.get(code="person_added")
    assert notice.recipient == "head@oed.example", "whoever is in charge is told, once a day: it has no officer"
    desk.ask_opinion(Dossier.objects.get(), resident.office.officer, resident.office.other_unit, "هل تكفي الخيام؟")
    assert asked not in tray(resident)


def test_words_added_again_and_again_stop_with_the_words_kept(
    resident: Resident, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tadbir.services.actions.answering.DOCUMENTS_AT_MOST", 2)
    first = question_in(resident.get(f"follow/{asked}/").content.decode())
    resident.post(f"follow/{asked}/answer/", {"text": "عشر خيام", "asked": first})
    for words in ("وكرسيان", "وطاولة"):
        assert resident.post(f"follow/{asked}/answer/", {"adds": "1", "text": words}).status_code == 302
    refused = resident.post(f"follow/{asked}/answer/", {"adds": "1", "text": "ومنصة"})
    assert (refused.status_code, "ومنصة</textarea>" in refused.content.decode()) == (422, True)
    assert "شباك" in text(refused)
    assert resident.post(f"follow/{asked}/answer/", {"adds": "1", "text": "وطاولة"}).status_code == 302, "sent again"
    assert kinds().count("information_added") == 2


def test_other_words_for_the_same_question_come_back_to_be_added(resident: Resident, asked: str) -> None:
    question = question_in(resident.get(f"follow/{asked}/").content.decode())
    resident.post(f"follow/{asked}/answer/", {"text": "عشر خيام", "asked": question})
    other = resident.post(f"follow/{asked}/answer/", {"text": "بل عشرون", "asked": question})
    assert other.status_code == 422
    page = text(other)
    assert "أدناه" in page
    assert "بل عشرون</textarea>" in other.content.decode()
    assert "لم تطلب" not in page
    assert resident.post(f"follow/{asked}/answer/", {"text": "بل عشرون", "adds": "1"}).status_code == 302
    assert kinds()[-1] == "information_added"


def test_once_an_answer_is_signed_nothing_is_said_to_be_waited_for(resident: Resident, asked: str) -> None:
    dossier, office = Dossier.objects.get(), resident.office
    resident.post(f"follow/{asked}/answer/", {"text": "عشر خيام"})
    draft = desk.draft_outcome(dossier, office.officer, "granted", "هذا جوابنا.", "")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    page = resident.get(f"follow/{asked}/").content.decode()
    assert 'name="adds"' not in page
    late = resident.post(f"follow/{asked}/answer/", {"adds": "1", "text": "وكرسيان"})
    assert late.status_code == 302, "a page opened before loses nothing"
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
    lost = resident.post(f"follow/{asked}/answer/", {"adds": "1", "text": "وطاولة"})
    assert (lost.status_code, "وطاولة" in text(lost)) == (422, True)
    assert kinds().count("information_added") == 1


def test_the_clerk_writes_down_what_is_added_too(resident: Resident, asked: str) -> None:
    clerk, council = sign_in(resident.office.clerk), resident.office.council
    where = address(council, "office-do", asked, "answer-information")
    for rank, words in enumerate(("عشر خيام", "وكرسيان")):
        assert clerk.post(where, {"key": f"k{rank}", "text": words}).status_code == 302
    assert kinds()[-2:] == ["information_received", "information_added"]


def test_one_more_sheet_of_what_was_missing(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    _draft, number, _code = resident.file("signed-request")
    where = f"follow/{number}/documents/liability/"
    for width in (30, 31, 31):
        assert resident.post(where, photo(width, f"sheet{width}.png", "liability")).status_code == 302
    assert kinds().count("document_received") == 1
    assert kinds().count("document_added") == 1
    page = resident.get(f"follow/{number}/")
    assert all(words in text(page) for words in ("sheet30.png", "sheet31.png", "30"))
    assert 'name="liability-document"' in page.content.decode(), "the field stays for one more"
    assert "(2)" in officer_page(resident, number)
    for module in (adding_actions, adding_queries):
        monkeypatch.setattr(module, "DOCUMENTS_AT_MOST", 3)
    assert 'name="liability-document"' not in resident.get(f"follow/{number}/").content.decode()
    assert resident.post(where, photo(32, field="liability")).status_code == 422
    assert Document.objects.filter(requirement="liability").count() == 2


def test_a_document_that_nobody_asks_for_is_refused(resident: Resident, asked: str) -> None:
    page = resident.get(f"follow/{asked}/").content.decode()
    assert 'id="add-signed-request"' in page, "one more sheet of what came with the filing"
    for code in ("no-such", "nothing"):
        refused = resident.post(f"follow/{asked}/documents/{code}/", photo(40, field=code) | {"text": "عشر"})
        assert (refused.status_code, "عشر" in text(refused)) == (422, True), code
    assert "document_added" not in kinds()
    one_more = photo(44, field="signed-request")
    assert resident.post(f"follow/{asked}/documents/signed-request/", one_more).status_code == 302
    assert "document_added" in kinds()


def test_no_picture_is_the_original_that_was_asked_for(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    desk.ask_original(Dossier.objects.get(), resident.office.officer, "liability", "النسخة غير واضحة")
    page = resident.get(f"follow/{number}/").content.decode()
    assert 'name="liability-document"' not in page
    assert resident.post(f"follow/{number}/documents/liability/", photo(41, field="liability")).status_code == 422
    assert "original_received" not in kinds()
    dossier, clerk = Dossier.objects.get(), resident.office.clerk
    actions.receive_document(dossier, "liability", "x", None, by=clerk, source="counter", as_original=True)
    assert kinds()[-1] == "original_received"


@pytest.mark.parametrize("french", [False, True])
def test_what_a_petition_went_without_is_added_on_line(office: Office, french: bool) -> None:
    adopted(office, "petition")
    resident = Resident(office, french=french)
    draft = resident.begin("petition", TWELVE)
    resident.attach(draft, "petition-form")
    assert resident.send(draft).status_code == 302
    number = Dossier.objects.get().number
    receipt = text(resident.receipt(draft))
    assert ("sur la page de ce dossier" if french else "في صفحة هذا الملف") in receipt
    page = resident.get(f"follow/{number}/").content.decode()
    assert 'name="identity-copies-document"' in page
    assert 'name="statutes-document"' not in page, "asked of associations"
    for width in (50, 51):
        sent = resident.post(f"follow/{number}/documents/identity-copies/", photo(width, field="identity-copies"))
        assert sent.status_code == 302
    assert kinds().count("document_added") == 2
    assert number in tray(resident)
    since = "reçue depuis, le" if french else "توصلنا بها بعد ذلك"
    assert (receipt.count(since), text(resident.get(f"follow/{number}/receipt/")).count(since)) == (0, 1)


def test_a_letter_is_completed_by_the_petition_it_went_without(office: Office) -> None:
    take_from_catalogue("petition", office.unit)
    resident = Resident(office)
    letter = {"subject": "إنارة", "letter": "نريد إنارة الطريق", "kind": "person", "name": "سلمى الحداد"}
    draft = resident.begin("petition", letter)
    assert resident.send(draft).status_code == 302
    number = Dossier.objects.get().number
    assert 'name="petition-form-document"' in resident.get(f"follow/{number}/").content.decode()
    where = f"follow/{number}/documents/petition-form/"
    assert resident.post(where, photo(52, field="petition-form")).status_code == 302
    page = resident.get(f"follow/{number}/").content.decode()
    assert "يشترطها القانون" not in page
    assert 'name="petition-form-document"' in page, "one more sheet of signatures"
    actions.record_step(Dossier.objects.get(), office.officer, "bureau_refused", None, "لم يبلغ عدد الموقعين 300.")
    assert resident.post(where, photo(53, field="petition-form")).status_code == 302
