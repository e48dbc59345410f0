"""Notices leave after the deed, once a key; a real mail server takes, refuses or is down; nothing is lost."""

from typing import Any

import pytest
from django.db import transaction
from django_q.models import OrmQ

from tadbir.councils.clock import simulated
from tadbir.councils.models import Council
from tadbir.councils.scope import NoCouncil, council_scope
from tadbir.notify import queries, reasons, tasks
from tadbir.notify.actions import deliver, queue, sending, sweep
from tadbir.notify.models import Notice
from tadbir.notify.ways import Way
from tadbir.notify.wordings import UnknownWording
from tests.factories import a_council
from tests.notify.post import START, VALUES, Postman, a_letter, council, later, server

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

__all__ = ["council", "server"]  # the fixtures of this file


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
    assert list(job.task["args"]) == [council.pk, Notice.objects.get().pk]


def test_one_key_gives_one_notice_in_each_council(council: Council) -> None:
    first, second = a_letter(), a_letter(to="other@example.ma")
    assert first.pk == second.pk
    assert OrmQ.objects.count() == 1
    other = a_council("aou")
    with council_scope(other):
        third = a_letter()
        assert third.pk != first.pk
        assert deliver(first.pk) == "skipped", "a notice of another council cannot be sent from here"
        assert Notice.objects.get(dossier_ref="ODD-2026-000123").pk == third.pk


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
    assert sending._claim(notice.pk) is not None
    assert sending._claim(notice.pk) is None
    assert deliver(notice.pk) == "skipped"
    assert sweep() == 0
    assert server.taken == []


def test_a_sender_killed_before_noting_is_made_good_and_the_doubt_is_told(server: Postman) -> None:
    """The kill itself, by SIGKILL, is in test_kill.py; here the claim that it leaves behind."""
    notice = a_letter()
    assert sending._claim(notice.pk) is not None
    with later(minutes=4):
        assert sweep() == 0
    with later(minutes=6):
        assert sweep() == 1
        notice.refresh_from_db()
        assert (notice.status, notice.attempts, notice.maybe_twice) == ("sent", 2, True)
        assert queries.health()[0].level == "warning"
        assert "وصلت مرتين: 1." in queries.health()[0].text


@pytest.mark.usefixtures("council")
def test_a_telephone_that_takes_no_text_makes_no_error() -> None:
    for number, phone in enumerate(["0528000000", "12", "", "06 12 34 56 7", "a" * 400]):
        notice = queue("outcome", to=[Way("text", phone)], language="ar", values=VALUES, key=f"p{number}")
        assert (notice.status, notice.error) == ("failed", reasons.NO_PHONE)
    good = queue("outcome", to=[Way("text", "06.12.34.56.78")], language="ar", values=VALUES, key="good")
    assert (good.status, good.recipient) == ("queued", "+212612345678")
    with pytest.raises(UnknownWording):
        queue("nothing", to=[Way("text", "0612345678")], language="ar", values=VALUES, key="x")


def test_the_addresses_that_notices_leave_to_are_listed(council: Council, settings: Any) -> None:
    settings.TEXT_GATEWAY = {"kind": "gammu", "folder": "/var/spool/gammu/outbox"}
    port = council.settings["mail"]["port"]
    assert queries.outward_addresses() == [f"127.0.0.1:{port}", "gammu:/var/spool/gammu/outbox"]
