"""The counter: a visitor's request on one page, nothing lost, nothing filed twice, paper blocks for dark hours."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tadbir.councils.models import AccessLogEntry
from tadbir.desk.codes import follow_code
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.procedures.actions import take_from_catalogue
from tadbir.procedures.queries import current_sheet
from tadbir.services import actions
from tests.at_once import adopt
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, Office, adopted_loan, loan_filing

TYPED = {
    "name": "جمعية آفاق النخلة",
    "kind": "association",
    "phone": "06 12 34 56 78",
    "identity_kind": "national card",
    "q_equipment": "tents",
    "q_from": "2026-12-20",
    "q_days": "3",
    "q_place": "دوار النخلة",
    "q_purpose": "حفل مدرسي",
    "subject": "إعارة خيام",
    "language": "ar",
    "channel": "counter",
    "documents": ["signed-request", "liability"],
    "key": "one-key",
}


@pytest.fixture
def clerk(office: Office) -> Client:
    """The clerk's browser, the loan offered."""
    adopted_loan(office)
    return sign_in(office.clerk)


def send(client: Client, office: Office, **changes: Any) -> Any:
    return client.post(address(office.council, "office-counter-file", "equipment-loan"), TYPED | changes)


def test_a_complete_file_gives_number_code_and_paper(clerk: Client, office: Office) -> None:
    answer = send(clerk, office)
    dossier = Dossier.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/dossiers/{dossier.number}/receipt/")
    page = clerk.get(answer["Location"]).content.decode()
    assert dossier.number in page
    assert follow_code(dossier) in page
    assert "ملف مودع" in page
    assert dossier.applicant is not None
    assert (dossier.applicant.identity_kind, dossier.applicant.identity_seen_on) == ("national card", date(2026, 12, 1))
    paper = re.search(r'href="(/[^"]+/papers/[^"]+)"', page)
    assert paper
    pdf = clerk.get(paper[1])
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert pdf["Content-Disposition"].startswith("attachment")


def test_a_double_send_files_once_and_another_text_under_the_same_key_is_refused(clerk: Client, office: Office) -> None:
    first, second = send(clerk, office), send(clerk, office)
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1
    other = send(clerk, office, name="شخص آخر")
    page, first_dossier = other.content.decode(), Dossier.objects.get()
    assert other.status_code == 422
    assert "شخص آخر" in page, "what is typed stays"
    assert f"/dossiers/{first_dossier.number}/" in page, "what was recorded is one tap away"
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    assert key[1] != "one-key", "sent again knowingly, it is a request of its own"
    assert send(clerk, office, name="شخص آخر", key=key[1]).status_code == 302
    assert Dossier.objects.count() == 2


def test_what_is_missing_is_shown_before_the_receipt_says_so(clerk: Client, office: Office) -> None:
    asked = send(clerk, office, documents=["liability"])
    assert asked.status_code == 422
    assert Dossier.objects.count() == 0
    page = asked.content.decode()
    assert "طلب ممضى يبين المعدات" in page
    told = re.search(r'name="told" value="([^"]*)"', page)
    assert told
    assert told[1] == "signed-request"
    answer = send(clerk, office, documents=["liability"], told=told[1])
    assert "ملف في طور الإيداع" in clerk.get(answer["Location"]).content.decode()
    assert Fact.objects.get(kind="missing_listed").data["documents"] == ["signed-request"]


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("name", ""),
        ("name", "12"),
        ("phone", "05"),
        ("filed_on", "2026-12-02"),
        ("q_from", "hier"),
        ("paper_number", "PB-1/01"),
        ("mandate", "وكالة"),
        ("subject", "x" * 200),
        ("q_from", "2020-01-01"),
        ("q_days", "0"),
    ],
)
def test_an_error_keeps_everything_typed(clerk: Client, office: Office, field: str, bad: str) -> None:
    answer = send(clerk, office, **{field: bad})
    page = answer.content.decode()
    assert answer.status_code == 422, field
    assert Dossier.objects.count() == 0
    assert 'role="alert"' in page
    assert "دوار النخلة" in page
    assert page.count("checked") >= 4  # kind, equipment and both documents
    assert send(clerk, office).status_code == 302


def test_the_paper_date_is_kept_apart_from_the_entry(clerk: Client, office: Office) -> None:
    send(clerk, office, filed_on="2026-11-27", channel="post")
    fact, dossier = Fact.objects.get(kind="filed"), Dossier.objects.get()
    assert dossier.opened_on == date(2026, 11, 27)
    assert fact.happened_at.date() == date(2026, 11, 27)
    assert fact.recorded_at.date() == date(2026, 12, 1)
    assert dossier.channel == "post"


def test_an_answer_is_measured_by_the_day_on_the_paper(clerk: Client, office: Office) -> None:
    early = {"q_from": "2026-11-28"}
    assert send(clerk, office, **early).status_code == 422
    assert send(clerk, office, filed_on="2026-11-27", channel="post", **early).status_code == 302


def test_somebody_who_comes_for_another_says_by_what_right(clerk: Client, office: Office) -> None:
    send(clerk, office, for_name="سالم ولد أحمد", mandate="رئيس الجمعية")
    dossier = Dossier.objects.get()
    assert dossier.representative is not None
    assert dossier.applicant is not None
    assert dossier.representative.name == "سالم ولد أحمد"
    assert dossier.representative.identity_kind == "national card"  # who was there was seen, not the other
    assert dossier.applicant.identity_kind == ""


def test_a_service_is_found_by_a_few_letters_or_its_number(clerk: Client, office: Office) -> None:
    start = address(office.council, "office-counter")
    for typed in ("خيام", "21", "طلب إعارة الآليات والمعدات", "engin"):
        assert clerk.get(start, {"service": typed})["Location"].endswith("/counter/equipment-loan/"), typed
    page = clerk.get(start, {"service": "ولادة"})
    assert page.status_code == 200
    assert 'href="/oued-ed-dahab/office/counter/equipment-loan/"' in page.content.decode()


def test_the_code_is_given_again_only_after_an_identity_check(clerk: Client, office: Office) -> None:
    sheet = current_sheet("equipment-loan")
    assert sheet is not None
    filed = actions.file_request(loan_filing(sheet))
    number, code = filed.dossier.number, follow_code(filed.dossier)
    receipt = address(office.council, "office-receipt", number)
    assert code not in clerk.get(receipt).content.decode()
    verb = address(office.council, "office-do", number, "code")
    assert clerk.post(verb, {"key": "k1", "identity_kind": ""}).status_code == 422
    assert code not in clerk.get(receipt).content.decode()
    assert clerk.post(verb, {"key": "k1", "identity_kind": "passport"})["Location"] == receipt
    given = clerk.get(receipt).content.decode()
    assert code in given
    assert "سلموه إلى صاحب الطلب" in given, "it says what was done, not what may be"
    assert code not in sign_in(office.officer).get(receipt).content.decode()
    assert Fact.objects.get(kind="code_reprinted").data == {"seen": "passport"}


def test_paper_is_scanned_afterwards_and_a_bad_file_is_refused(clerk: Client, office: Office) -> None:
    answer = send(clerk, office)
    document = Dossier.objects.get().documents.first()
    assert document is not None
    scan = address(office.council, "office-scan", Dossier.objects.get().number, document.pk)
    clerk.post(scan, {"document": SimpleUploadedFile("x.png", b"not a picture")})
    document.refresh_from_db()
    assert document.file is None
    assert "JPEG" in clerk.get(answer["Location"]).content.decode()
    clerk.post(scan, {"document": SimpleUploadedFile("x.png", PNG)})
    document.refresh_from_db()
    assert document.file is not None
    saved = clerk.get(address(office.council, "office-document", Dossier.objects.get().number, document.pk))
    assert b"".join(saved.streaming_content) == PNG  # type: ignore[attr-defined]
    assert saved["Content-Disposition"].startswith("attachment")


def test_a_block_of_paper_receipts_from_print_to_close(clerk: Client, office: Office) -> None:
    page = clerk.post(address(office.council, "office-blocks"), {"size": "10", "unit": office.unit.pk})
    code = page["Location"].rstrip("/").rpartition("/")[2]
    pages = clerk.get(address(office.council, "office-block-pages", code))
    assert b"".join(pages.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert send(clerk, office, paper_number=f"{code}/03").status_code == 302
    assert send(clerk, office, paper_number=f"{code}/03", key="other").status_code == 422
    close = address(office.council, "office-block", code)
    some = {f"n{rank}": "never used" for rank in range(8)}
    assert clerk.post(close, some).status_code == 422
    assert clerk.post(close, some | {"n8": "spoiled"}).status_code == 302
    closed = clerk.get(close).content.decode()
    assert 'name="n0"' not in closed
    assert "never used" not in closed
    assert "لم يُستعمل" in closed


def test_reading_a_dossier_is_written_in_the_access_log(clerk: Client, office: Office) -> None:
    send(clerk, office)
    dossier = Dossier.objects.get()
    assert AccessLogEntry.objects.count() == 0
    clerk.get(address(office.council, "office-dossier", dossier.number))
    entry = AccessLogEntry.objects.get()
    assert (entry.person, entry.subject, entry.purpose) == (office.clerk, f"dossier:{dossier.pk}", "page")
    seen = sign_in(office.director).get(address(office.council, "office-readings")).content.decode()
    assert dossier.number in seen


def test_a_day_that_makes_the_answer_late_is_asked_twice(office: Office) -> None:
    adopted_loan(office, 5)
    client = sign_in(office.clerk)
    asked = send(client, office, filed_on="2026-11-25", channel="post")
    assert asked.status_code == 422
    assert "متأخر" in asked.content.decode()
    assert send(client, office, filed_on="2026-11-25", channel="post", sure="on").status_code == 302
    assert send(client, office, filed_on="2026-11-28", channel="post", key="other").status_code == 302
    incomplete = {"documents": ["signed-request"], "key": "third", "told": "liability"}
    asked = send(client, office, filed_on="2026-11-25", channel="post", **incomplete).content.decode()
    assert "متأخر" not in asked, "no delay runs for a file that lacks something"
    assert 'name="sure"' in asked


@pytest.mark.parametrize("adopted", [True, False])
def test_the_counter_says_one_thing_of_the_copies_of_identity_papers(office: Office, adopted: bool) -> None:
    """Authorised, those that the sheet lists; else none, where what is in hand is ticked too."""
    sheet = take_from_catalogue("petition", office.unit)
    if adopted:
        told: dict[str, Any] = {"reference": "مقرر 12", "adopted_on": date(2026, 6, 9), "delay_days": None}
        adopt(office.president, sheet, **told, cndp_reference="A-DEMO-7/2026")
    page = sign_in(office.clerk).get(address(office.council, "office-counter-file", "petition")).content.decode()
    assert ("A-DEMO-7/2026" in page) is adopted
    assert ("لا يُحتفظ برقم ولا بنسخة" in page) is not adopted
    assert ("لا تمسحوا أي وثيقة هوية" in page) is not adopted


def test_two_documents_that_no_sheet_asks_for_bear_two_names(clerk: Client, office: Office) -> None:
    send(clerk, office)
    dossier = Dossier.objects.get()
    page = address(office.council, "office-do", dossier.number, "supply")
    for key in ("k", "l"):
        answer = clerk.post(page, {"key": key, "requirement": "other"})
        assert answer.status_code == 302, answer.content.decode()
    names = list(dossier.documents.filter(requirement="other").values_list("name", flat=True))
    assert names == ["وثيقة أخرى", "وثيقة أخرى (2)"]


@pytest.mark.parametrize(("said", "rule"), [("yes", "ATI-URGENT"), ("no", "ATI-ANSWER")])
@pytest.mark.parametrize("adopted", [True, False])
def test_urgency_is_said_once_at_the_counter_and_counts(
    clerk: Client, office: Office, adopted: bool, said: str, rule: str
) -> None:
    """The form's own question, where the sheet asks it; a box where the request is a letter."""
    sheet = take_from_catalogue("access-to-information", office.unit)
    if adopted:
        told: dict[str, Any] = {"reference": "مقرر 12", "adopted_on": date(2026, 6, 9), "delay_days": None}
        adopt(office.president, sheet, **told, cndp_reference="A-DEMO-7/2026")
    page = address(office.council, "office-counter-file", "access-to-information")
    text = clerk.get(page).content.decode()
    assert ('name="q_urgent"' in text, 'name="urgent"' in text) == (adopted, not adopted)
    asked = {"q_information": "ميزانية 2026", "q_address": "حي السلام", "q_form": "paper", "q_urgent": said}
    if not adopted:
        asked = {"letter": "أطلب ميزانية سنة 2026"} | ({"urgent": "on"} if said == "yes" else {})
    sent = clerk.post(page, TYPED | asked | {"kind": "person", "documents": []})
    assert sent.status_code == 302, sent.content.decode()
    dossier = Dossier.objects.get()
    assert dossier.facts.get(kind="filed").data["urgent"] is (said == "yes")
    assert {row.rule for row in queries.duties(dossier)} & {"ATI-URGENT", "ATI-ANSWER"} == {rule}
