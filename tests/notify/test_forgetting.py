"""What is kept of a notice after it left, and that the follow code never lies in the database."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as letters
from django.db import connection, transaction

from tadbir.councils.clock import simulated
from tadbir.notify import actions, late
from tadbir.notify.models import Notice
from tadbir.notify.ways import Way
from tadbir.procedures.queries import current_sheet
from tadbir.services.actions import file_request
from tadbir.services.requests import Applicant, Filed
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing

pytestmark = pytest.mark.postgres


@pytest.fixture
def outbox(tmp_path: Path, settings: Any) -> Path:
    settings.TEXT_GATEWAY = {"kind": "file", "folder": str(tmp_path)}
    return tmp_path


def filed(office: Office, **applicant: str) -> Filed:
    sheet = current_sheet("equipment-loan") or adopted_loan(office)
    return file_request(loan_filing(sheet, applicant=Applicant("جمعية آفاق النخلة", **applicant)))


def notices_as_text() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notify_notice")
        return repr(cursor.fetchall())


def test_the_code_leaves_and_is_never_kept(office: Office, outbox: Path) -> None:
    request = filed(office, phone="0612345678")
    notice = Notice.objects.get(code="receipt")
    assert "{follow_code}" in notice.body
    assert actions.deliver(notice.pk) == "sent"
    sent = json.loads(next(outbox.glob("*.json")).read_text("utf-8"))
    assert request.code in sent["text"]
    assert "{" not in sent["text"]
    assert request.code not in notices_as_text()


def test_a_letter_takes_the_code_along(office: Office) -> None:
    request = filed(office, email="fatima@example.ma")
    assert actions.deliver(Notice.objects.get(code="receipt").pk) == "sent"
    assert request.code in str(letters.outbox[0].body)
    assert request.code in str(letters.outbox[0].alternatives[0][0])
    assert request.code not in notices_as_text()


def test_a_code_that_cannot_be_made_makes_the_notice_wait(office: Office, outbox: Path) -> None:
    values = {"number": "D-2026-99999", "address": "https://a.example", "follow_code": "4821-9937", "answer": ""}
    notice = actions.queue(
        "receipt", to=[Way("text", "0612345678")], language="ar", values=values, key="k", dossier_ref="D-2026-99999"
    )
    assert actions.deliver(notice.pk) == "retry"
    assert list(outbox.glob("*.json")) == []
    assert "4821-9937" not in notices_as_text()
    assert late.complete("رقم", "D-2026-99999") == "رقم"


@pytest.mark.parametrize(
    ("applicant", "masked"),
    [({"phone": "0612345678"}, "+212612••••78"), ({"email": "fatima@example.ma"}, "f••••@example.ma")],
)
def test_the_proof_of_sending_stays_and_the_rest_goes(
    office: Office, outbox: Path, applicant: dict[str, str], masked: str
) -> None:
    filed(office, **applicant)
    notice = Notice.objects.get(code="receipt")
    actions.deliver(notice.pk)
    with simulated(at("2026-12-08 09:00")):
        assert actions.forget_delivered() == 0
    with simulated(at("2026-12-08 11:00")):
        assert actions.forget_delivered() == 1
        assert actions.forget_delivered() == 0
    kept = Notice.objects.get(pk=notice.pk)
    assert (kept.recipient, kept.subject, kept.body) == (masked, "", "")
    assert (kept.status, kept.code, kept.channel) == ("sent", "receipt", notice.channel)
    assert kept.sent_at is not None
    assert kept.dossier_ref == notice.dossier_ref
    assert list(outbox.glob("*.json")) == []


def test_what_waits_or_failed_a_moment_ago_is_kept(office: Office, outbox: Path) -> None:
    filed(office, phone="0528000000")  # takes no text
    filed(office, phone="0612345678")
    with simulated(at("2027-01-20 10:00")):
        assert actions.forget_delivered() == 0
    with simulated(at("2027-02-01 10:00")):
        assert actions.forget_delivered() == 1
    assert sorted(Notice.objects.values_list("status", "recipient")) == [
        ("failed", "+212528••••00"),
        ("queued", "+212612345678"),
    ]


@pytest.mark.django_db(transaction=True)
def test_erasing_a_dossier_keeps_its_notices_from_leaving(office: Office, outbox: Path) -> None:
    first, second = filed(office, phone="0612345678"), filed(office, phone="0612345679")
    actions.deliver(Notice.objects.get(dossier_ref=first.dossier.number).pk)
    assert len(list(outbox.glob("*.json"))) == 1
    waiting = actions.queue(
        "outcome",
        to=[Way("text", "0612345678")],
        language="ar",
        key="k",
        values={"number": "x", "address": "y"},
        dossier_ref=first.dossier.number,
    )
    with transaction.atomic():
        assert actions.erase_all_of(first.dossier.number) == 2
        assert len(list(outbox.glob("*.json"))) == 1  # nothing goes before the deed is done
    assert list(outbox.glob("*.json")) == []
    assert actions.deliver(waiting.pk) == "skipped"
    assert "612345678" not in notices_as_text()
    other = Notice.objects.get(dossier_ref=second.dossier.number)
    assert (other.recipient, other.status) == ("+212612345679", "queued")
