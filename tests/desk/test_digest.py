"""The daily mail: to those who have something late or soon due, once, and to nobody else."""

from datetime import date

from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.desk.actions.digest import send_digests
from tadbir.notify.models import Notice
from tadbir.services.actions import file_request
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing


def test_only_those_with_something_due_get_one_mail_a_day(office: Office) -> None:
    file_request(loan_filing(adopted_loan(office, 15)))
    assert send_digests() == 0  # sixteen days are left
    with simulated(at("2026-12-14 07:00")):
        assert send_digests() == 2  # the officer and the head of the unit, not the other unit's
        send_digests()
        mails = Notice.objects.filter(code="duties")
        assert {mail.recipient for mail in mails} == {"officer@oed.example", "head@oed.example"}
        assert {("0" in mail.body, "1" in mail.body) for mail in mails} == {(True, True)}
    with simulated(at("2026-12-21 07:00")):
        councils.record_absence(office.officer, date(2026, 12, 20), date(2026, 12, 24))
        assert send_digests() == 1
