"""A letter that was taken and sent back later: the report finds its notice, and nothing else does."""

import io
import sys
from typing import Any

import pytest
from django.core.management import call_command

from tadbir.notify import bounces
from tadbir.notify.actions import deliver
from tadbir.notify.models import Notice
from tests.notify.post import Postman, a_letter, council, server

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

__all__ = ["council", "server"]  # the fixtures of this file
REPORT = """From: MAILER-DAEMON@mx.example.ma
To: bureau@odd.example.ma
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.ma

Final-Recipient: rfc822; fatima@example.ma
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <fatima@example.ma>: user unknown

--b
Content-Type: {kind}

Message-ID: {message}
Subject: x

--b--
"""


def report(message: str, action: str = "failed", status: str = "5.1.1", kind: str = "text/rfc822-headers") -> bytes:
    return REPORT.format(action=action, status=status, message=message, kind=kind).encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_the_report_of_a_real_letter_fails_its_notice(
    server: Postman, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    notice = a_letter()
    deliver(notice.pk)
    message = str(server.taken[0]["Message-ID"])

    def bounced(content: bytes) -> str:
        stdin: Any = io.TextIOWrapper(io.BytesIO(content))
        monkeypatch.setattr(sys, "stdin", stdin)
        call_command("bounced")
        return capsys.readouterr().out.strip()

    assert bounced(report(message, action="delayed", status="4.4.1")).startswith("Ce n’est le rapport d’aucune lettre")
    assert "aucune autre voie" in bounced(report(message, kind=kind))
    notice = Notice.objects.get(pk=notice.pk)
    assert (notice.status, notice.error[:5]) == ("failed", "5.1.1")
    assert "fatima" not in notice.error
    assert bounced(report(message, kind=kind)).startswith("Cette lettre n’attend plus rien")


def test_what_nobody_sent_is_not_believed() -> None:
    ours = bounces.message_id("odd", 7, "odd.example.ma")
    assert bounces.read(report(ours)) == bounces.Bounce(
        "odd", 7, "5.1.1 smtp; 550 5.1.1 <fatima@example.ma>: user unknown"
    )
    for forged in (ours.replace("notice-7", "notice-8"), ours.replace(".odd.", ".aou."), "<x@y>", ""):
        assert bounces.read(report(forged)) is None
    assert bounces.read(b"") is None
    assert bounces.read(f"Message-ID: {ours}\n\nhello".encode()) is None
    assert bounces.read(report(ours).replace(b"Status: 5.1.1", b"Status: ?")) is None
    assert bounces.read(b"\xff\x00" * 500) is None
