"""The ways of a notice: tried in order, the next when one cannot be, and somebody sees what reached nobody."""

import json
from pathlib import Path
from typing import Any

import pytest

from tadbir.councils.clock import simulated
from tadbir.councils.models import Council
from tadbir.notify import mail, queries, reasons, ways
from tadbir.notify.actions import bounced, deliver, queue, retry, sending, settle, sweep, take_back
from tadbir.notify.models import Notice
from tadbir.notify.ways import Way, can_tell, ways_to
from tests.notify.post import START, VALUES, Postman, council, later, server

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

__all__ = ["council", "server"]  # the fixtures of this file
PHONE, FIXED, LETTER = "06 12 34 56 78", "05 28 00 00 00", "fatima@example.ma"


def told(phone: str, email: str, key: str = "k", **more: Any) -> Notice:
    notice = queue("outcome", to=ways_to(phone, email, **more), language="ar", values=VALUES, key=key)
    assert notice is not None
    return notice


def again(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


@pytest.fixture
def outbox(council: Council, settings: Any, tmp_path: Path) -> Path:
    settings.TEXT_GATEWAY = {"kind": "gammu", "folder": str(tmp_path / "out")}
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_without_a_gateway_the_letter_is_sent(server: Postman, settings: Any) -> None:
    settings.TEXT_GATEWAY = {}
    notice = told(PHONE, LETTER)
    assert (notice.channel, notice.recipient) == ("mail", LETTER)
    assert deliver(notice.pk) == "sent"
    assert server.taken[0]["To"] == LETTER


def test_a_gateway_that_only_writes_files_is_no_way_where_it_is_meant(
    server: Postman, settings: Any, tmp_path: Path
) -> None:
    settings.TEXT_GATEWAY, settings.REHEARSAL = {"kind": "file", "folder": str(tmp_path)}, False
    assert deliver(told(PHONE, LETTER).pk) == "sent"
    assert len(server.taken) == 1
    alone = told(PHONE, "", key="alone")
    assert deliver(alone.pk) == "waiting"
    assert list(tmp_path.iterdir()) == []
    assert list(queries.unreached()) == [again(alone)]
    assert not can_tell(PHONE, "")
    assert can_tell(PHONE, LETTER)
    assert any("لا يتوصل بها أحد" in finding.text for finding in queries.health())


def test_a_fixed_line_with_an_address_is_written_to(server: Postman) -> None:
    notice = told(FIXED, LETTER)
    assert (notice.channel, notice.status) == ("mail", "queued")
    assert deliver(notice.pk) == "sent"
    assert told(FIXED, "", key="alone").status == "failed"
    assert not can_tell(FIXED, "")


def test_the_telephone_is_first_unless_the_person_asked_for_mail(outbox: Path, server: Postman) -> None:
    assert told(PHONE, LETTER).channel == "text"
    assert told(PHONE, LETTER, key="mail", mail_first=True).channel == "mail"


def test_an_address_refused_for_good_gives_way_to_the_telephone(outbox: Path, server: Postman) -> None:
    server.answer_to_recipient = "550 no such user"
    notice = told(PHONE, LETTER, mail_first=True)
    assert deliver(notice.pk) == "sent"
    notice = again(notice)
    assert (notice.status, notice.channel, notice.recipient, notice.others) == ("sent", "text", "+212612345678", [])
    assert notice.tried[0][0] == "mail"
    assert "550" in notice.tried[0][1]
    assert LETTER not in json.dumps(notice.tried)
    (file,) = outbox.iterdir()
    assert "\u2068" not in file.read_bytes().decode("utf-16"), "old telephones show boxes for isolates"


def test_a_dead_way_is_given_up_in_half_an_hour_when_another_is_left(settings: Any, server: Postman) -> None:
    settings.TEXT_GATEWAY = {"kind": "gammu", "folder": "/nowhere/at/all"}
    notice, moment = told(PHONE, LETTER), START
    for _ in range(sending.FEW_ATTEMPTS):
        assert again(notice).channel == "text"
        with simulated(moment):
            sweep()
        moment = again(notice).next_try_at
    assert again(notice).status == "sent"
    assert (moment - START).total_seconds() == 31 * 60
    assert [str(letter["To"]) for letter in server.taken] == [LETTER]


def test_when_every_way_fails_somebody_sees_it_with_each_reason(outbox: Path, server: Postman) -> None:
    outbox.rmdir()
    server.answer_to_recipient = "550 no such user"
    notice, moment = told(PHONE, LETTER), START
    for _ in range(sending.FEW_ATTEMPTS):
        with simulated(moment):
            sweep()
        moment = again(notice).next_try_at
    notice = again(notice)
    assert (notice.status, notice.channel) == ("failed", "mail")
    assert [channel for channel, _why in notice.tried] == ["text"]
    assert "550" in notice.error
    assert list(queries.unreached()) == [notice]
    server.answer_to_recipient = "250 OK"
    retry(notice, Way("mail", "fatima2@example.ma"))
    assert sweep() == 1
    assert server.taken[0]["To"] == "fatima2@example.ma"
    assert not queries.unreached().exists()


def test_a_letter_sent_back_later_did_not_arrive(outbox: Path, server: Postman) -> None:
    notice = told("", LETTER)
    assert bounced(notice.pk, "5.1.1") == "skipped", "not sent yet"
    deliver(notice.pk)
    assert bounced(notice.pk, f"550 5.1.1 <{LETTER}>: unknown") == "failed"
    assert LETTER not in again(notice).error
    both = told(PHONE, LETTER, key="both", mail_first=True)
    deliver(both.pk)
    assert bounced(both.pk, "5.2.1 disabled") == "sent"
    assert len(list(outbox.iterdir())) == 1
    assert bounced(both.pk, "5.2.1 disabled") == "skipped", "the second report of the same letter"


@pytest.mark.usefixtures("council")
def test_what_was_told_by_hand_no_longer_leaves() -> None:
    notice = told(FIXED, "")
    assert settle(notice)
    assert not settle(notice)
    assert again(retry(notice, Way("text", PHONE))).status == "settled"
    assert not queries.unreached().exists()


@pytest.mark.usefixtures("council")
def test_a_bad_correction_is_refused_with_its_reason() -> None:
    notice = told(FIXED, "")
    again_bad = retry(notice, Way("mail", "half@"))
    assert (again_bad.status, again_bad.error) == ("failed", reasons.NO_ADDRESS)


def test_a_notice_that_waits_may_be_taken_back(server: Postman) -> None:
    from datetime import timedelta

    queue("outcome", to=[Way("mail", LETTER)], language="ar", values=VALUES, key="w", wait=timedelta(hours=1))
    assert sweep() == 0
    take_back("w")
    with later(hours=2):
        assert sweep() == 0
    assert server.taken == []


def test_a_council_without_anything_promises_nothing(council: Council, settings: Any) -> None:
    settings.TEXT_GATEWAY, settings.EMAIL_BACKEND, settings.EMAIL_HOST = {}, mail.SMTP, ""
    council.settings = {}
    assert ways.open_channels() == frozenset()
    assert not can_tell(PHONE, LETTER)
    assert queries.health()[-1].text.startswith("لا يمكن إخبار أحد بأي شيء")
