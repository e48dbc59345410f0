"""The screens of registers on paper: what a period holds, the print, the signed scan, and what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tadbir.councils.clock import simulated
from tadbir.councils.models import AccessLogEntry
from tadbir.ledgers.models import RegisterPrint, RegisterScan
from tadbir.ledgers.periods import Period
from tadbir.procedures.models import Sheet
from tadbir.services import actions
from tests.at_once import print_register
from tests.browser import shown_on
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, Office, adopted_loan, loan_filing


@pytest.fixture
def sheet(office: Office) -> Sheet:
    return adopted_loan(office)


def test_from_the_register_to_the_signed_scan(office: Office, sheet: Sheet) -> None:
    actions.file_request(loan_filing(sheet))
    client, page = sign_in(office.president), address(office.council, "office-registers")
    assert page in client.get(address(office.council, "office-register")).content.decode()
    asked = {"register": "requests", "year": "2026", "part": "m12"}
    shown = client.get(page, asked).content.decode()
    assert "سطر واحد في هذه الفترة" in shown
    assert "جمعية آفاق النخلة" not in shown
    assert not AccessLogEntry.objects.exists()
    read = {"shown": shown_on(shown, page)}
    with simulated(at("2026-12-01 11:00")):  # a line is added while the page is read
        later = actions.file_request(loan_filing(sheet)).dossier.number
    refused = client.post(page, asked | read)
    assert (refused.status_code, RegisterPrint.objects.count()) == (409, 0)
    assert later in refused.content.decode()
    read = {"shown": shown_on(refused.content.decode(), page)}
    answer = client.post(page, asked | read)
    printed = RegisterPrint.objects.get()
    one = address(office.council, "office-register-print", printed.act.number)
    assert answer["Location"].endswith(one)
    assert client.post(page, asked | read)["Location"] == answer["Location"]
    assert "لم يمضَ بعد" in client.get(one).content.decode()
    pages = client.get(address(office.council, "office-register-pages", printed.act.number))
    assert b"".join(pages.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    upload = SimpleUploadedFile("signed.png", PNG, "image/png")
    typed = {"signed_by": office.president.pk, "signed_on": "2026-12-01", "document": upload}
    assert client.post(one, typed).status_code == 422, "nobody said that he saw the signature"
    upload.seek(0)
    typed["seen"] = "on"
    assert client.post(one, typed).status_code == 302
    scan = RegisterScan.objects.get()
    assert scan.file.sha256 in client.get(one).content.decode()
    assert scan.file.sha256[:12] in client.get(page).content.decode()
    kept = client.get(address(office.council, "office-register-scan", printed.act.number, scan.pk))
    assert b"".join(kept.streaming_content) == PNG  # type: ignore[attr-defined]
    assert kept["Content-Disposition"].startswith("attachment")
    reads = list(AccessLogEntry.objects.values_list("subject", "purpose"))
    assert reads == [(f"register:{printed.act.number}", "register")] * 3
    assert printed.act.number in client.get(address(office.council, "office-readings")).content.decode()


def test_what_is_wrong_is_said_beside_the_field(office: Office, sheet: Sheet) -> None:
    client, page = sign_in(office.director), address(office.council, "office-registers")
    ahead = client.get(page, {"register": "requests", "year": "2027", "part": "m01"})
    assert ahead.status_code == 422
    empty = client.post(page, {"register": "receipts", "year": "2026", "part": "m12"})
    assert empty.status_code == 422
    assert "لا سطر في هذا السجل خلال هذه الفترة." in empty.content.decode()
    for odd in ({"register": "x"}, {"register": "acts", "year": "x", "part": "m99"}):
        assert client.get(page, odd).status_code == 422
    actions.file_request(loan_filing(sheet))
    (printed,) = print_register(office.director, "requests", Period(2026, "m12"))
    one = address(office.council, "office-register-print", printed.act.number)
    upload = SimpleUploadedFile("signed.pdf", b"%PDF-1.7 broken", "application/pdf")
    typed = {"signed_by": office.president.pk, "signed_on": "2026-12-01", "document": upload}
    assert client.post(one, typed).status_code == 422, "nobody said that he saw the signature"
    upload.seek(0)
    typed["seen"] = "on"
    assert client.post(one, typed).status_code == 422
    assert client.post(one, typed | {"signed_by": office.clerk.pk}).status_code == 422
    assert not RegisterScan.objects.exists()
    assert sign_in(office.head).post(one, typed).status_code == 403
