"""What a petition lacks is said before it is sent; without the petition itself none is taken (organic law 112-14)."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts.actions import pdf_of
from tadbir.acts.models import Act
from tadbir.dossiers.models import Dossier, Party
from tadbir.procedures.actions import take_from_catalogue
from tadbir.procedures.catalogue import catalogue
from tadbir.procedures.models import Sheet
from tadbir.procedures.parsing import parse_sheet
from tadbir.procedures.sheet import SheetError
from tadbir.services.actions import file_request
from tadbir.services.requests import Applicant
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, Office, adopted, adopted_loan, loan_filing
from tests.services.residents import Resident, text

TWELVE = {
    "q_item": "إنارة الطريق",
    "q_reasons": "السلامة",
    "q_agent": "علي الراجي",
    "q_signatures": "١٢",
    "subject": "عريضة",
    "kind": "person",
    "name": "سلمى الحداد",
}


@pytest.fixture
def sheet(office: Office) -> Sheet:
    """The sheet of petitions, adopted."""
    return adopted(office, "petition")


def test_what_is_missing_is_said_before_sending_and_the_petition_itself_is_needed(office: Office, sheet: Sheet) -> None:
    resident = Resident(office)
    draft = resident.begin("petition", TWELVE)
    documents = text(resident.get(f"request/{draft}/documents/"))
    assert "نسخ البطاقات الوطنية" in documents
    assert "النظام الأساسي" not in documents, "asked of associations"
    assert documents.count("يشترطها القانون") == 1, "what the law demands is not asked as a favour"
    assert documents.count("إن توفرت") == 1, "only of another document that he may add"
    told = text(resident.get("services/petition/"))
    assert told.count("يشترطها القانون") == 4
    assert "إن توفرت" not in told
    assert "لا ينص القانون على أثر" not in told, "the court is open against the silence"
    page = text(resident.get(f"request/{draft}/check/"))
    assert "لا يمكن إرساله بعد" in page
    assert "عن 300" in page
    assert "نسخ البطاقات الوطنية" in page
    assert "يمكنكم إرسال" not in page, "nothing is offered that would be refused"
    assert (
        f'action="{resident.full(f"request/{draft}/check/")}"'
        not in resident.get(f"request/{draft}/check/").content.decode()
    )
    refused = resident.send(draft)
    assert refused.status_code == 422
    assert "دون هذه الوثيقة لا يقوم الطلب" in text(refused)
    assert not Dossier.objects.exists()
    assert resident.attach(draft, "petition-form").status_code == 302
    page = text(resident.get(f"request/{draft}/check/"))
    assert "لا يمكن إرساله بعد" not in page
    assert "عن 300" in page
    assert resident.send(draft).status_code == 302, "twelve signatures are the bureau's reason, not the counter's"
    dossier = Dossier.objects.get()
    desk = text(sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)))
    assert "عن 300" in desk


def test_enough_signatures_and_associations_are_told_nothing_of_the_kind(office: Office, sheet: Sheet) -> None:
    for changed in ({"q_signatures": "300"}, {"kind": "association", "q_signatures": "1"}):
        resident = Resident(office)
        page = text(resident.get(f"request/{resident.begin('petition', TWELVE | changed)}/check/"))
        assert "عن 300" not in page
        assert ("النظام الأساسي" in page) is ("kind" in changed)


def test_the_counter_takes_no_petition_without_its_paper_either(office: Office, sheet: Sheet) -> None:
    applicant = Applicant("سلمى الحداد", kind=Party.Kind.PERSON)
    answers = {"item": "إنارة", "reasons": "السلامة", "agent": "علي الراجي", "signatures": "320"}
    filing = loan_filing(sheet, brought=(), answers=answers, applicant=applicant, channel="counter")
    with pytest.raises(ValidationError) as told:
        file_request(filing, by=office.clerk)
    assert "العريضة موقعة" in told.value.messages[0]
    filing = loan_filing(sheet, brought=("petition-form",), answers=answers, applicant=applicant, channel="counter")
    assert file_request(filing, by=office.clerk).dossier.opened_on == date(2026, 12, 1)


COUNTER = TWELVE | {"language": "ar", "channel": "counter", "key": "a-key"}


def test_the_counter_says_before_the_receipt_what_the_page_of_the_resident_says(office: Office, sheet: Sheet) -> None:
    clerk, page = sign_in(office.clerk), address(office.council, "office-counter-file", "petition")
    assert 'data-essential="petition-form"' in clerk.get(page).content.decode(), "no receipt is promised without it"
    refused = clerk.post(page, COUNTER)
    said = text(refused)
    assert refused.status_code == 422
    assert "لا يمكن إيداعه بعد" in said
    assert "عن 300" in said
    assert "نسخ البطاقات الوطنية" in said
    assert "النظام الأساسي" not in said.split("صاحب الطلب")[0], "asked of associations"
    assert "وأعط الوصل" not in said.split("صاحب الطلب")[0], "nothing is offered that would be refused"
    assert not Dossier.objects.exists()
    again = clerk.post(page, COUNTER | {"documents": ["petition-form"]})
    said = text(again)
    assert again.status_code == 422
    assert "لا يمكن إيداعه بعد" not in said
    assert "عن 300" in said
    told = re.search(r'name="told" value="([^"]*)"', again.content.decode())
    assert told
    assert told[1] == "identity-copies few"
    assert not Dossier.objects.exists()
    filed = clerk.post(page, COUNTER | {"documents": ["petition-form"], "told": told[1]})
    assert filed.status_code == 302
    assert Dossier.objects.get().facts.filter(kind="filed", data__complete=True).exists()


def test_what_the_clerk_has_read_is_not_said_twice(office: Office, sheet: Sheet) -> None:
    clerk, page = sign_in(office.clerk), address(office.council, "office-counter-file", "petition")
    both = {"documents": ["petition-form", "identity-copies"], "q_signatures": "300"}
    assert clerk.post(page, COUNTER | both).status_code == 302, "nothing lacks: nothing is asked"
    told = {"told": "petition-form identity-copies few", "key": "b"}
    assert clerk.post(page, COUNTER | told).status_code == 422, "read or not, there is no request without it"
    assert clerk.post(page, COUNTER | told | {"documents": ["petition-form"]}).status_code == 302


def test_a_document_required_of_one_kind_is_lacking_to_that_kind_alone(office: Office) -> None:
    table = catalogue()["petition"]
    table["documents"][3].pop("optional")  # the statutes, asked of associations
    body = parse_sheet(table, "petition")
    assert [document.code for document in body.required_of("person")] == ["petition-form"]
    assert [document.code for document in body.required_of("association")] == ["petition-form", "statutes"]


@pytest.mark.parametrize(
    ("part", "rank", "changed"),
    [
        ("documents", 0, {"optional": True}),
        ("documents", 1, {"only": ["firm"]}),
        ("questions", 3, {"only": ["firm"]}),
        ("questions", 3, {"few_fr": ""}),
        ("questions", 0, {"enough": 3, "few_ar": "قليل", "few_fr": "peu"}),
    ],
)
def test_a_sheet_that_says_it_wrong_is_refused(part: str, rank: int, changed: dict[str, object]) -> None:
    table = catalogue()["petition"]
    table[part][rank] |= changed
    with pytest.raises(SheetError):
        parse_sheet(table, "petition")


FORM, COPIES = "العريضة موقعة", "نسخ البطاقات الوطنية"


@pytest.mark.parametrize("french", [False, True])
def test_a_letter_says_before_and_after_sending_what_a_petition_is_made_of(office: Office, french: bool) -> None:
    """No sheet is adopted: the letter goes, and its person knows of the signed petition and of the 300 signatures."""
    take_from_catalogue("petition", office.unit)
    resident = Resident(office, french=french)
    letter = {"subject": "إنارة", "letter": "نريد إنارة الطريق", "kind": "person", "name": "سلمى الحداد"}
    draft = resident.begin("petition", letter)
    page = text(resident.get(f"request/{draft}/check/"))
    form, bring = ("La pétition signée", "au guichet") if french else (FORM, "إلى شباك المجلس")
    assert (form in page, "300" in page, bring in page) == (True, True, True)
    assert resident.send(draft).status_code == 302
    receipt = text(resident.receipt(draft))
    assert (form in receipt, "300" in receipt, bring in receipt) == (True, True, True)
    said = str(Act.objects.get(kind="receipt").document["receipt"]["besides"])
    assert (FORM in said, "La pétition signée" in said, "300" in said) == (True, True, True)


def test_the_receipt_repeats_what_the_petition_does_not_show(office: Office, sheet: Sheet) -> None:
    resident = Resident(office)
    draft = resident.begin("petition", TWELVE)
    resident.attach(draft, "petition-form")
    assert resident.send(draft).status_code == 302
    receipt = text(resident.receipt(draft))
    assert ("عن 300" in receipt, COPIES in receipt, FORM in receipt) == (True, True, False)
    assert pdf_of(Act.objects.get(kind="receipt")).size > 10_000


def test_a_whole_petition_and_a_loan_are_told_nothing_besides(office: Office, sheet: Sheet) -> None:
    resident = Resident(office)
    draft = resident.begin("petition", TWELVE | {"q_signatures": "300"})
    for document in ("petition-form", "identity-copies"):
        resident.attach(draft, document)
    assert resident.send(draft).status_code == 302
    assert "besides" not in Act.objects.get(kind="receipt").document["receipt"]
    assert "إلى شباك المجلس:" not in text(resident.receipt(draft))
    loan = file_request(loan_filing(adopted_loan(office), BOTH))
    assert "besides" not in loan.receipt.document["receipt"]
