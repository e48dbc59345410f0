"""Notices leave after the deed, once a key; a real mail server takes, refuses or is down; nothing is lost."""

import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.db import transaction
from django_q.models import OrmQ

from tadbir.councils.clock import simulated
from tadbir.councils.models import Council
from tadbir.councils.scope import NoCouncil, council_scope
from tadbir.notify import actions, mail, queries, tasks
from tadbir.notify.actions import deliver, erase, queue, retry, sweep
from tadbir.notify.models import Notice
from tadbir.notify.wordings import UnknownWording

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
    made = Council.objects.create(
        slug="odd", code="12.391", kind="province", name_ar="وادي الذهب", name_fr="Oued Ed-Dahab",
        region_ar="جهة", region_fr="Région", seats=11, vice_presidents=3,
        settings={"mail": {"host": "127.0.0.1", "port": a_free_port(), "tls": False, "from": "bureau@odd.example.ma"}},
    )  # fmt: skip
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
        "outcome", channel="mail", recipient=to, language=language, values={**VALUES, **values}, key=key,
        dossier_ref="ODD-2026-000123",
    )  # fmt: skip


def later(**delta: float) -> Any:
    return simulated(START + timedelta(**delta))


def test_a_letter_reaches_a_real_server_in_arabic(server: Postman) -> None:
    notice = a_letter()
    assert deliver(notice.pk) == "sent"
    (letter,) = server.taken
    assert letter["Subject"].strip() == "الجواب عن الملف ODD-2026-000123"
    assert letter["To"] == "fatima@example.ma"
    assert letter["From"].addresses[0].display_name == "مجلس إقليم وادي الذهب"
    assert server.senders == ["bureau@odd.example.ma"]
    assert letter["Message-ID"] == f"<notice-{notice.pk}.odd@odd.example.ma>"
    assert letter["Auto-Submitted"] == "auto-generated"
    plain, page = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert "صدر الجواب عن ملفكم رقم \u2068ODD-2026-000123\u2069" in plain.get_content()
    assert 'dir="rtl"' in page.get_content()
    assert '<bdi><a href="https://odd.example.ma">https://odd.example.ma</a></bdi>' in page.get_content()
    notice.refresh_from_db()
    assert (notice.status, notice.attempts, notice.sent_at, notice.claimed_until) == ("sent", 1, START, None)
    assert deliver(notice.pk) == "skipped"
    assert len(server.taken) == 1


def test_a_letter_in_french_runs_from_left_to_right_and_escapes(server: Postman) -> None:
    deliver(a_letter(language="fr", number="<script>alert(1)</script>").pk)
    page = server.taken[0].get_body(("html",))
    assert page is not None
    assert 'dir="ltr"' in page.get_content()
    assert "<script>" not in page.get_content()
    assert server.taken[0]["From"].addresses[0].display_name == "Conseil provincial d’Oued Ed-Dahab"


def test_nobody_can_inject_a_header_or_a_second_recipient(server: Postman) -> None:
    deliver(a_letter(number="7\r\nBcc: spy@example.ma\n\nHello").pk)
    (letter,) = server.taken
    assert letter["Bcc"] is None
    assert "\n" not in letter["Subject"]
    for number, address in enumerate(
        ["a@b.ma, c@d.ma", "a@b.ma\nBcc: c@d.ma", "Spy <a@b.ma>", "", "فاطمة@example.ma", '"a b"@example.ma', "a@b"]
    ):
        notice = a_letter(key=f"bad{number}", to=address)
        assert (notice.status, notice.error) == ("failed", actions.NO_ADDRESS)
        assert deliver(notice.pk) == "skipped"
    assert len(server.taken) == 1


def test_a_server_that_is_down_is_tried_again_with_longer_waits(council: Council, settings: Any) -> None:
    settings.EMAIL_BACKEND = mail.SMTP
    notice = a_letter()
    assert deliver(notice.pk) == "retry"
    notice.refresh_from_db()
    assert "ConnectionRefusedError" in notice.error
    assert notice.next_try_at == START + timedelta(minutes=1)
    with later(seconds=30):
        assert sweep() == 0
    with later(minutes=1):
        assert sweep() == 0
    notice.refresh_from_db()
    assert (notice.status, notice.attempts) == ("queued", 2)
    assert notice.next_try_at == START + timedelta(minutes=3)
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=council.settings["mail"]["port"])
    controller.start()
    with later(minutes=3):
        assert sweep() == 1
        assert sweep() == 0
    controller.stop()
    notice.refresh_from_db()
    assert (notice.status, notice.attempts, notice.error, notice.maybe_twice) == ("sent", 3, "", False)
    assert len(postman.taken) == 1


def test_giving_up_is_told_and_can_be_mended(server: Postman) -> None:
    server.answer_to_letter = "451 try later"
    notice = a_letter()
    moment, waits = START, []
    for _ in range(actions.MOST_ATTEMPTS):
        with simulated(moment):
            sweep()
        notice.refresh_from_db()
        waits.append(notice.next_try_at - moment)
        moment = notice.next_try_at
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert waits[-1] == actions.LONGEST_WAIT
    assert sum(waits, timedelta()) > timedelta(days=1), "a line cut for a day loses nothing"
    assert (notice.status, notice.attempts) == ("failed", actions.MOST_ATTEMPTS)
    assert "451" in notice.error
    assert list(queries.failed()) == [notice]
    assert [finding.level for finding in queries.health()] == ["error"]
    server.answer_to_letter = "250 OK"
    retry(notice, recipient="fatima2@example.ma")
    assert sweep() == 1
    assert [str(letter["To"]) for letter in server.taken] == ["fatima2@example.ma"]
    assert [finding.level for finding in queries.health()] == ["ok"]


def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(
    server: Postman, caplog: pytest.LogCaptureFixture
) -> None:
    server.answer_to_recipient = "550 no such user"
    gone = a_letter()
    assert deliver(gone.pk) == "failed"
    gone.refresh_from_db()
    assert "550" in gone.error
    assert "fatima" not in gone.error + caplog.text
    server.answer_to_recipient = "450 mailbox busy"
    busy = a_letter(key="k2")
    assert deliver(busy.pk) == "retry"
    assert server.taken == []


def test_a_council_without_a_mail_server_keeps_its_letters(council: Council, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = mail.SMTP, ""
    council.settings = {}
    notice = a_letter()
    for hour in range(20):
        with later(hours=hour):
            sweep()
    notice.refresh_from_db()
    assert (notice.status, notice.attempts, notice.error) == ("queued", 0, actions.NOT_SET_UP)
    assert "No mail server" in queries.health()[0].text or queries.health()[0].level == "warning"


def test_the_notice_exists_if_and_only_if_the_deed_does(council: Council) -> None:
    class Undo(Exception):
        pass

    def deed(fails: bool) -> None:
        with transaction.atomic():
            a_letter(key="deed")
            if fails:
                raise Undo

    with pytest.raises(Undo):
        deed(fails=True)
    assert Notice.objects.count() == 0
    assert OrmQ.objects.count() == 0
    deed(fails=False)
    assert Notice.objects.count() == 1
    assert OrmQ.objects.count() == 1
    job = OrmQ.objects.get()
    assert job.task["args"] == (council.pk, Notice.objects.get().pk)


def test_one_key_gives_one_notice_in_each_council(council: Council) -> None:
    first, second = a_letter(), a_letter(to="other@example.ma")
    assert first.pk == second.pk
    assert OrmQ.objects.count() == 1
    other = Council.objects.create(
        slug="aou", code="12.066", kind="province", name_ar="أوسرد", name_fr="Aousserd", region_ar="جهة",
        region_fr="Région", seats=11, vice_presidents=3,
    )  # fmt: skip
    with council_scope(other):
        third = a_letter()
        assert third.pk != first.pk
        assert deliver(first.pk) == "skipped", "a notice of another council cannot be sent from here"
        assert [notice.pk for notice in queries.notices_of("ODD-2026-000123")] == [third.pk]


def test_the_job_runs_outside_any_request(council: Council, server: Postman) -> None:
    notice = a_letter()
    context = __import__("contextvars").Context()

    def job() -> str:
        with pytest.raises(NoCouncil):
            Notice.objects.count()
        with simulated(START):
            return tasks.deliver(council.pk, notice.pk)

    assert context.run(job) == "sent"
    assert context.run(lambda: tasks.deliver(10**9, notice.pk)) == "skipped"


def test_two_senders_do_not_send_the_same_notice(server: Postman) -> None:
    notice = a_letter()
    assert actions._claim(notice.pk) is not None
    assert actions._claim(notice.pk) is None
    assert deliver(notice.pk) == "skipped"
    assert sweep() == 0
    assert server.taken == []


def test_a_sender_killed_before_noting_is_made_good_and_the_doubt_is_told(server: Postman) -> None:
    """The kill itself, by SIGKILL, is in test_kill.py; here the claim that it leaves behind."""
    notice = a_letter()
    assert actions._claim(notice.pk) is not None
    with later(minutes=4):
        assert sweep() == 0
    with later(minutes=6):
        assert sweep() == 1
        notice.refresh_from_db()
        assert (notice.status, notice.attempts, notice.maybe_twice) == ("sent", 2, True)
        assert "received twice" in queries.health()[0].text or queries.health()[0].level == "warning"


@pytest.mark.usefixtures("council")
def test_a_telephone_that_takes_no_text_makes_no_error() -> None:
    for number, phone in enumerate(["0528000000", "12", "", "06 12 34 56 7", "a" * 400]):
        notice = queue("outcome", channel="text", recipient=phone, language="ar", values=VALUES, key=f"p{number}")
        assert (notice.status, notice.error) == ("failed", actions.NO_PHONE)
    good = queue("outcome", channel="text", recipient="06.12.34.56.78", language="ar", values=VALUES, key="good")
    assert (good.status, good.recipient) == ("queued", "+212612345678")
    with pytest.raises(UnknownWording):
        queue("nothing", channel="text", recipient="0612345678", language="ar", values=VALUES, key="x")


def test_words_are_erased_and_the_fact_of_sending_stays(server: Postman) -> None:
    sent, waiting = a_letter(), a_letter(key="k2")
    deliver(sent.pk)
    with pytest.raises(ValueError, match="say which"):
        erase()
    assert erase(older_than_days=30) == 0
    assert erase(dossier_ref="ODD-2026-000123") == 1
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.recipient, sent.subject, sent.body, sent.status) == ("", "", "", "sent")
    assert waiting.recipient == "fatima@example.ma"
    assert retry(sent).status == "sent"


def test_the_addresses_that_notices_leave_to_are_listed(council: Council, settings: Any) -> None:
    settings.TEXT_GATEWAY = {"kind": "gammu", "folder": "/var/spool/gammu/outbox"}
    port = council.settings["mail"]["port"]
    assert queries.outward_addresses() == [f"127.0.0.1:{port}", "gammu:/var/spool/gammu/outbox"]


def test_settings_of_the_installation_serve_a_council_that_typed_none(council: Council) -> None:
    own: Callable[[Council], dict[str, Any]] = mail.settings_of
    assert own(council)["host"] == "127.0.0.1"
    council.settings = {"mail": {}}
    assert own(council)["host"] == django_settings.EMAIL_HOST
