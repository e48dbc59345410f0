"""Registers on paper: which lines, in which order, printed once, continued, signed off, and who may."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from tadbir import law
from tadbir.acts.actions import pdf_of
from tadbir.acts.documents import pdf
from tadbir.acts.models import Act
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated, today
from tadbir.councils.models import Person
from tadbir.councils.scope import council_scope
from tadbir.ledgers import actions as ledgers
from tadbir.ledgers.models import RegisterPrint, RegisterScan
from tadbir.ledgers.periods import Period
from tadbir.ledgers.queries import registers as read
from tadbir.procedures.actions import take_from_catalogue
from tadbir.procedures.models import Sheet
from tadbir.register.models import Entry
from tadbir.register.queries import breaks_of_chain
from tadbir.services import actions, registers
from tests import at_once as desk
from tests.at_once import print_register
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, Office, adopted_loan, loan_filing, make_office

REQUESTS, ACTS, RECEIPTS = "requests", "acts", "receipts"


@pytest.fixture
def sheet(office: Office) -> Sheet:
    return adopted_loan(office)


def file(sheet: Sheet, when: str, **more: Any) -> Any:
    with simulated(at(when)):
        return actions.file_request(loan_filing(sheet, **more)).dossier


def table(printed: RegisterPrint) -> list[list[str]]:
    rows: list[list[str]] = printed.act.document["blocks"][-1]["rows"]
    return rows


def heads(printed: RegisterPrint) -> dict[str, str]:
    return dict(printed.act.document["blocks"][0]["rows"])


def scan_of(printed: RegisterPrint, by: Person, signer: Person, data: bytes = PNG, on: date | None = None) -> Any:
    return ledgers.keep_signed_pages(printed, by, signer, on or today(), io.BytesIO(data), len(data))


def test_a_period_knows_its_days_and_none_lies_ahead(in_december: None) -> None:
    assert (Period(2026, "q1").starts_on, Period(2026, "q1").ends_on) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (Period(2026, "q1").eve, Period(2026, "m03").eve) == (None, date(2026, 2, 28))
    assert Period(2026, "m12").until == date(2026, 12, 1)
    assert Period(2024, "m02").ends_on == date(2024, 2, 29)
    assert Period(2026, "q3").words == "من يوليوز إلى شتنبر 2026"
    assert Period(2026, "year").words == "سنة 2026"
    for year, part in ((2027, "m01"), (2027, "year"), (2026, "m13"), (0, "year")):
        with pytest.raises(ValidationError):
            Period(year, part)


def test_months_follow_each_other_and_every_print_says_where_the_one_before_ended(office: Office, sheet: Sheet) -> None:
    for when in ("2026-09-03 10:00", "2026-09-30 23:30", "2026-10-01 00:10", "2026-11-20 10:00"):
        file(sheet, when)
    (september,) = print_register(office.president, REQUESTS, Period(2026, "m09"))
    (october,) = print_register(office.director, REQUESTS, Period(2026, "m10"))
    assert (september.first_line, september.last_line, october.first_line, october.last_line) == (1, 2, 3, 3)
    assert (september.previous, october.previous) == (None, september)
    assert september.act.number == "G-2026-00001"
    assert "السطر الأول" in heads(september)["السحب السابق"]
    assert heads(october)["السحب السابق"] == "رقم G-2026-00001، وانتهى عند السطر 2 (الرقم D-2026-00002)"
    assert heads(october)["الأرقام"] == "من D-2026-00003 إلى D-2026-00003"
    assert "تنبيه" not in heads(october)
    assert [row[:2] for row in table(september)] == [["1", "D-2026-00001"], ["2", "D-2026-00002"]]
    assert [row[3] for row in table(october)] == ["جمعية آفاق النخلة"]
    assert (
        october.act.document["register_head"]
        == Entry.objects.get(kind="register_printed", fields__number="G-2026-00001").hash
    )
    (year,) = print_register(office.director, REQUESTS, Period(2026, "year"))
    assert (year.first_line, year.last_line, year.until) == (1, 4, date(2026, 12, 1))
    with pytest.raises(ValidationError):
        print_register(office.director, REQUESTS, Period(2026, "m08"))
    assert list(breaks_of_chain()) == []


def test_a_month_that_was_left_out_is_told(office: Office, sheet: Sheet) -> None:
    for when in ("2026-09-03 10:00", "2026-10-05 10:00", "2026-10-06 10:00", "2026-11-20 10:00"):
        file(sheet, when)
    print_register(office.director, REQUESTS, Period(2026, "m09"))
    (november,) = print_register(office.director, REQUESTS, Period(2026, "m11"))
    assert "من 2 إلى 3" in heads(november)["تنبيه"]
    assert read.survey(registers.REQUESTS, Period(2026, "m11")).gap == (2, 3)
    client, page = sign_in(office.director), address(office.council, "office-register-print", november.act.number)
    assert "من 2 إلى 3" in client.get(page).content.decode()
    print_register(office.director, REQUESTS, Period(2026, "m10"))
    assert read.survey(registers.REQUESTS, Period(2026, "m11")).gap is None
    assert "من 2 إلى 3" not in client.get(page).content.decode()


def test_the_same_lines_give_the_same_print_and_new_lines_a_new_one_that_names_it(office: Office, sheet: Sheet) -> None:
    dossier = file(sheet, "2026-11-20 10:00")
    (first,) = print_register(office.director, REQUESTS, Period(2026, "q4"))
    actions.withdraw(dossier)  # how a request stands may change: its line is there already
    assert print_register(office.president, REQUESTS, Period(2026, "q4")) == [first]
    assert Act.objects.filter(kind="register_pages").count() == 1
    actions.file_request(loan_filing(sheet))
    (second,) = print_register(office.director, REQUESTS, Period(2026, "q4"))
    assert second.lines == 2
    assert heads(second)["يحل محل"].startswith("السحب رقم G-2026-00001")
    first.act.refresh_from_db()
    assert (first.act.status, first.act.replaced_by) == (Act.Status.REPLACED, second.act)
    assert print_register(office.director, REQUESTS, Period(2026, "q4")) == [second]
    assert [row[6] for row in table(second)] == ["سحب الطلب", "قيد الدراسة"]


def test_a_long_register_is_cut_and_its_full_parts_stay(
    office: Office, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "LINES_AT_MOST", 2)
    for _rank in range(3):
        actions.file_request(loan_filing(sheet))
    one, two = print_register(office.director, REQUESTS, Period(2026, "m12"))
    assert [(one.first_line, one.last_line), (two.first_line, two.last_line)] == [(1, 2), (3, 3)]
    assert (two.previous, heads(two)["الجزء"]) == (one, "2")
    actions.file_request(loan_filing(sheet))
    same, other = print_register(office.director, REQUESTS, Period(2026, "m12"))
    assert same == one
    assert (other.first_line, other.last_line) == (3, 4)
    assert other != two


def test_how_each_request_stands(office: Office, sheet: Sheet) -> None:
    granted, signed, _open = (file(sheet, "2026-09-01 10:00") for _rank in range(3))
    for dossier in (granted, signed):
        with simulated(at("2026-09-10 10:00")):
            draft = desk.draft_outcome(dossier, office.officer, "granted", "نعم.")
            act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink", on=today())
            if dossier is granted:
                desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=today(), proof="إمضاء")
    actions.file_request(loan_filing(sheet, filed_on=date(2026, 11, 25)))
    mended = take_from_catalogue("personal-data-rights", office.unit)
    asked = {"right": "rectification"}
    rights = actions.file_request(loan_filing(mended, brought=(), answers=asked, subject="تصحيح اسم")).dossier
    desk.record_step(rights, office.officer, "rectified", today(), "صُحح الاسم في السجل")
    (printed,) = print_register(office.director, REQUESTS, Period(2026, "year"))
    found = [row[6:] for row in table(printed)]
    assert found[0] == ["الاستجابة للطلب", "10/09/2026"]
    assert found[1] == ["الاستجابة للطلب، لم تُبلغ بعد", "10/09/2026"]
    assert found[2] == ["قيد الدراسة", ""]
    assert found[4] == [law.FACTS["rectified"].ar, "01/12/2026"]
    assert table(printed)[3][2] == "25/11/2026 (سُجل في 01/12/2026)"


def test_papers_and_receipts_have_their_registers(office: Office, sheet: Sheet) -> None:
    dossier = file(sheet, "2026-11-20 10:00")
    block, _paper = actions.print_block(office.clerk, office.unit, 10)
    numbers = list(block.receipts.values_list("number", flat=True))
    actions.key_in_receipt(office.clerk, numbers[0], loan_filing(sheet))
    actions.close_block(office.clerk, block, dict.fromkeys(numbers[1:], "never used"))
    (acts,) = print_register(office.director, ACTS, Period(2026, "year"))
    rows = table(acts)
    assert rows[0][1].startswith("R-2026-")
    assert rows[0][4:6] == [dossier.number, "ختم إلكتروني دون إمضاء"]
    (receipts,) = print_register(office.director, RECEIPTS, Period(2026, "m12"))
    assert receipts.lines == 10
    assert table(receipts)[0][4].startswith("سُجل تحت رقم D-2026-")
    assert table(receipts)[1][4:] == ["لم يُستعمل", "01/12/2026"]
    # The pages of registers are no line of the register of papers: printing it twice prints it once.
    assert print_register(office.director, ACTS, Period(2026, "year")) == [acts]


def test_only_those_who_keep_the_register_print_it_and_only_two_sign_it_off(office: Office, sheet: Sheet) -> None:
    actions.file_request(loan_filing(sheet))
    for person in (office.head, office.officer, office.clerk):
        with pytest.raises(PermissionDenied):
            print_register(person, REQUESTS, Period(2026, "m12"))
    (printed,) = print_register(office.director, REQUESTS, Period(2026, "m12"))
    with pytest.raises(PermissionDenied):
        scan_of(printed, office.clerk, office.president)
    for signer in (office.head, office.clerk):
        with pytest.raises(ValidationError, match="رئيس المجلس"):
            scan_of(printed, office.director, signer)
    for day in (date(2026, 11, 30), date(2026, 12, 2)):
        with pytest.raises(ValidationError):
            scan_of(printed, office.director, office.president, on=day)
    with pytest.raises(ValidationError):
        scan_of(printed, office.director, office.president, b"MZ not a scan")
    role = office.president.roles.get()
    with simulated(at("2026-12-05 10:00")):
        councils.end_role(role, date(2026, 12, 2))
        with pytest.raises(ValidationError):
            scan_of(printed, office.director, office.president, on=date(2026, 12, 3))
        scan_of(printed, office.director, office.president, on=date(2026, 12, 2))
        assert office.president in read.signers(printed.act.date)
    assert not Entry.objects.filter(kind="register_signed_off").exclude(fields__signed_on="2026-12-02").exists()


def test_the_signed_scan_is_in_the_chain_and_a_second_one_replaces_nothing(office: Office, sheet: Sheet) -> None:
    actions.file_request(loan_filing(sheet))
    (printed,) = print_register(office.director, REQUESTS, Period(2026, "m12"))
    with pdf_of(printed.act).open() as pages:
        sealed = pages.read()
    first = scan_of(printed, office.director, office.president)
    second = scan_of(printed, office.director, office.director, sealed)
    with pytest.raises(ValidationError):
        scan_of(printed, office.director, office.director, sealed)
    assert list(printed.scans.all()) == [first, second]
    links = Entry.objects.filter(kind="register_signed_off").order_by("seq")
    assert [link.fields["sha256"] for link in links] == [first.file.sha256, second.file.sha256]
    assert links[0].fields == {
        "number": printed.act.number,
        "sha256": first.file.sha256,
        "signed_on": "2026-12-01",
        "quality": "president",
        "signed_by": office.president.pk,
        "by": office.director.pk,
        "recognised": False,
    }
    assert list(breaks_of_chain()) == []


@pytest.mark.postgres
def test_what_was_printed_and_signed_is_never_rewritten(office: Office, sheet: Sheet) -> None:
    actions.file_request(loan_filing(sheet))
    (printed,) = print_register(office.director, REQUESTS, Period(2026, "m12"))
    scan = scan_of(printed, office.director, office.president)
    for rows in (RegisterPrint.objects.filter(pk=printed.pk), RegisterScan.objects.filter(pk=scan.pk)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        RegisterPrint.objects.filter(pk=printed.pk).update(last_line=99)
    assert print_register(office.director, REQUESTS, Period(2026, "m12")) == [printed]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_print_at_once_make_one_print() -> None:
    with simulated(at("2026-12-01 10:00")):
        made = make_office()
        with council_scope(made.council):
            actions.file_request(loan_filing(adopted_loan(made)))

    def take(person: Person) -> list[str]:
        try:
            with simulated(at("2026-12-01 11:00")), council_scope(made.council):
                return [one.act.number for one in print_register(person, REQUESTS, Period(2026, "m12"))]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(take, [made.director, made.president] * 3))
    assert found == [["G-2026-00001"]] * 6
    with council_scope(made.council):
        assert RegisterPrint.objects.count() == 1
        assert list(breaks_of_chain()) == []


def test_the_pages_say_their_numbers_and_leave_room_to_sign(office: Office, sheet: Sheet) -> None:
    for _rank in range(45):
        actions.file_request(loan_filing(sheet))
    (printed,) = print_register(office.director, REQUESTS, Period(2026, "m12"))
    with pdf_of(printed.act).open() as pages:
        said = pdf.actual_texts(pages.read())
    for words in (
        "سجل الطلبات المودعة: دجنبر 2026",
        "حُصر هذا السجل في عدد من الصفحات قدره 3.",
        "عدد الأسطر: 45، من السطر 1 إلى السطر 45.",
        "التاريخ",
        "الاسم والصفة",
        "الإمضاء",
        "الخاتم",
    ):
        assert words in said
    assert said.count("D-2026-00045") == 1
