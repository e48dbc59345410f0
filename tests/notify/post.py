"""A real mail server on the loopback, and a council that writes through it."""

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tadbir.councils.clock import simulated
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.notify import mail
from tadbir.notify.actions import queue
from tadbir.notify.models import Notice
from tadbir.notify.ways import Way
from tests.factories import a_council

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
START = datetime(2026, 12, 1, 10, tzinfo=UTC)
VALUES = {"number": "ODD-2026-000123", "address": "https://odd.example.ma"}


class Postman:
    """A mail server's conscience: keeps what it took, answers what it is told."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.senders: list[str] = []
        self.answer_to_recipient = "250 OK"
        self.answer_to_letter = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer_to_letter.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
            self.senders.append(envelope.mail_from)
        return self.answer_to_letter


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def council() -> Iterator[Council]:
    made = a_council(
        name_ar="وادي الذهب",
        name_fr="Oued Ed-Dahab",
        settings={"mail": {"host": "127.0.0.1", "port": a_free_port(), "tls": False, "from": "bureau@odd.example.ma"}},
    )
    with council_scope(made), simulated(START):
        yield made


@pytest.fixture
def server(council: Council, settings: Any) -> Iterator[Postman]:
    settings.EMAIL_BACKEND = mail.SMTP
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=council.settings["mail"]["port"])
    controller.start()
    yield postman
    controller.stop()


def a_letter(key: str = "k1", to: str = "fatima@example.ma", language: str = "ar", **values: str) -> Notice:
    return queue(
        "outcome",
        to=[Way("mail", to)],
        language=language,
        values={**VALUES, **values},
        key=key,
        dossier_ref="ODD-2026-000123",
    )


def later(**delta: float) -> Any:
    return simulated(START + timedelta(**delta))
