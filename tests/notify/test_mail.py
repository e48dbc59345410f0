"""Letters through a real mail server: right, refused, down, given up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as django_settings
from django.utils import translation

from tadbir.councils.clock import CASABLANCA, simulated
from tadbir.councils.models import Council
from tadbir.notify import bounces, mail, queries, reasons
from tadbir.notify.actions import deliver, retry, sending, sweep
from tadbir.notify.models import Notice
from tadbir.notify.ways import Way
from tadbir.ui import forms
from tests.notify.post import START, Postman, a_letter, council, later, server

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

__all__ = ["council", "server"]  # the fixtures of this file


def test_a_letter_reaches_a_real_server_in_arabic(server: Postman) -> None:
    notice = a_letter()
    assert deliver(notice.pk) == "sent"
    (letter,) = server.taken
    assert letter["Subject"].strip() == "الجواب عن الملف ODD-2026-000123"
    assert letter["To"] == "fatima@example.ma"
    assert letter["From"].addresses[0].display_name == "مجلس إقليم وادي الذهب"
    assert server.senders == ["bureau@odd.example.ma"]
    assert letter["Message-ID"] == bounces.message_id("odd", notice.pk, "odd.example.ma")
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
        assert (notice.status, notice.error) == ("failed", reasons.NO_ADDRESS)
        assert deliver(notice.pk) == "skipped"
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("o'brien@example.ma", "o'brien@example.ma"),
        ("x@مثال.المغرب", "x@xn--mgbh0fb.xn--mgbc0a9azcg"),
        ("\u202afatima@example.ma\u202c\u200f", "fatima@example.ma"),
    ],
)
def test_every_address_that_the_form_takes_is_written_to(server: Postman, typed: str, to: str) -> None:
    field = forms.EmailField()
    assert field.clean(typed) == to
    assert deliver(a_letter(to=field.clean(typed)).pk) == "sent"
    assert server.taken[0]["To"].addresses[0].addr_spec == to


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
    with translation.override("fr"):
        assert [finding.level for finding in queries.health()] == ["ok", "warning"]
        with later(minutes=45):
            waits, tried = queries.health()
    assert (waits.level, tried.level) == ("warning", "warning")
    assert f"{START.astimezone(CASABLANCA):%Y-%m-%d %H:%M}" in waits.text
    assert "fatima" not in tried.text
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
    for _ in range(sending.MOST_ATTEMPTS):
        with simulated(moment):
            sweep()
        notice.refresh_from_db()
        waits.append(notice.next_try_at - moment)
        moment = notice.next_try_at
    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert waits[-1] == sending.LONGEST_WAIT
    assert sum(waits, timedelta()) > timedelta(days=1), "a line cut for a day loses nothing"
    assert (notice.status, notice.attempts) == ("failed", sending.MOST_ATTEMPTS)
    assert "451" in notice.error
    assert list(queries.unreached()) == [notice]
    assert [finding.level for finding in queries.health()] == ["warning"]
    server.answer_to_letter = "250 OK"
    retry(notice, Way("mail", "fatima2@example.ma"))
    assert sweep() == 1
    assert [str(letter["To"]) for letter in server.taken] == ["fatima2@example.ma"]
    assert [finding.level for finding in queries.health()] == ["ok"]


def test_check_says_why_in_the_language_of_the_reader(council: Council) -> None:
    notice = a_letter()
    kept = "SMTPNotSupportedError: STARTTLS extension not supported by server."
    Notice.objects.filter(pk=notice.pk).update(status="failed", code="link_made", dossier_ref="", error=kept)
    for language, subject, why in (("ar", "رابط", "«tls = false»"), ("fr", "lien", "« tls = false »")):
        with translation.override(language):
            said = " ".join(finding.text for finding in queries.health())
        assert subject in said
        assert why in said.replace("\u00a0", " ").replace("\u202f", " ")
        assert "link_made" not in said
        assert "extension" not in said
    assert reasons.in_words("SMTPResponseException: 451 later") == "SMTPResponseException: 451 later"


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
    assert (notice.status, notice.attempts, notice.error) == ("queued", 0, reasons.NOT_SET_UP)
    assert list(queries.unreached()) == [notice], "seen at once, though a server may still be typed in"
    assert queries.health()[0] == queries.Finding(
        "warning", "لم يُضبط أي خادم للبريد الإلكتروني: لا يُخبر أحد بالبريد الإلكتروني."
    )
    with later(days=2, hours=1):
        assert sweep() == 0
    notice.refresh_from_db()
    assert (notice.status, notice.attempts) == ("failed", 0)


def test_settings_of_the_installation_serve_a_council_that_typed_none(council: Council) -> None:
    own: Callable[[Council], dict[str, Any]] = mail.settings_of
    assert own(council)["host"] == "127.0.0.1"
    council.settings = {"mail": {}}
    assert own(council)["host"] == django_settings.EMAIL_HOST
