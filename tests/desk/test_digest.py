"""The daily mail: one for each who has something to read, however much moved, and none for the others."""

from datetime import date
from typing import Any

import pytest

from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated, today
from tadbir.councils.models import Role
from tadbir.desk.actions.digest import send_digests
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Fact
from tadbir.notify import mail
from tadbir.notify.models import Notice
from tadbir.services.actions import file_request
from tests.at_once import learn_closed_day
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing

pytestmark = pytest.mark.postgres


def mails() -> dict[str, str]:
    """The mails of today, by whom they are for, as they are read."""
    rows = Notice.objects.filter(code="duties", key__endswith=str(today()))
    return {row.recipient: row.body.replace("\u2068", "").replace("\u2069", "") for row in rows}


def test_only_those_with_something_due_get_one_mail_a_day(office: Office) -> None:
    file_request(loan_filing(adopted_loan(office, 15)))
    assert send_digests() == 0  # sixteen days are left
    with simulated(at("2026-12-14 07:00")):
        assert send_digests() == 2  # the officer and the head of the unit, not the other unit's
        assert send_digests() == 0
        assert set(mails()) == {"officer@oed.example", "head@oed.example"}
        assert all("0 متأخرة و1 يحل أجلها قريبا. http" in body for body in mails().values())
    with simulated(at("2026-12-21 07:00")):
        councils.record_absence(office.officer, date(2026, 12, 20), date(2026, 12, 24))
        assert send_digests() == 1


def test_three_entries_of_the_calendar_are_one_mail_to_each_who_answers(office: Office) -> None:
    sheet = adopted_loan(office)
    filed = [file_request(loan_filing(sheet)).dossier for _ in range(6)]
    dossiers.reassign(filed[0], office.head, office.officer, office.unit, "قرب")
    for day in (date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 3)):
        learn_closed_day(office.director, "closure", day, "بلاغ رئيس الحكومة")
    assert Fact.objects.filter(kind="dated_anew").count() == 18
    assert Notice.objects.exclude(code="receipt").count() == 0
    with simulated(at("2026-12-02 07:00")):
        assert send_digests() == 2
        assert "ملفات أعيد حساب آجالها: 5." in mails()["head@oed.example"]
        assert "ملفات أعيد حساب آجالها: 1." in mails()["officer@oed.example"]
        assert Notice.objects.filter(code="duties").count() == 2
    with simulated(at("2026-12-03 07:00")):
        assert send_digests() == 0, "it was said once"


def test_what_nobody_has_is_told_to_the_head_else_to_the_director(office: Office) -> None:
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    dossiers.reassign(dossier, office.head, office.officer, office.unit, "قرب")
    councils.end_role(Role.objects.get(person=office.officer), date(2026, 12, 1))
    with simulated(at("2026-12-02 07:00")):
        assert send_digests() == 1
        assert "ملفات بدون مسؤول، ينبغي إسنادها: 1." in mails()["head@oed.example"]
        councils.end_role(Role.objects.get(person=office.head), date(2026, 12, 2))
    with simulated(at("2026-12-03 07:00")):
        assert send_digests() == 1
        assert set(mails()) == {"director@oed.example"}


def test_a_council_without_mail_queues_none(office: Office, settings: Any) -> None:
    file_request(loan_filing(adopted_loan(office, 15)))
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = mail.SMTP, ""
    with simulated(at("2026-12-14 07:00")):
        assert send_digests() == 0
        assert mails() == {}
