"""Those whom no notice reached are seen, and told: again, by another way, by somebody of the office."""

from datetime import date, timedelta
from typing import Any

import pytest

from tadbir.councils.clock import now, simulated
from tadbir.desk.codes import follow_code
from tadbir.desk.queries.unreached import unreached
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify import actions as notify
from tadbir.notify.models import Notice
from tadbir.services.actions import file_request
from tadbir.services.requests import Applicant
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing
from tests.services.residents import Resident, text

pytestmark = pytest.mark.postgres
NAME = "جمعية آفاق النخلة"


def filed(office: Office, **applicant: str) -> Dossier:
    return file_request(loan_filing(adopted_loan(office), applicant=Applicant(NAME, **applicant))).dossier


@pytest.fixture
def lost(office: Office) -> Dossier:
    """A dossier whose person left a fixed line alone."""
    return filed(office, phone="0528000000")


def reach(office: Office, who: Any, what: str, **data: Any) -> Any:
    notice = Notice.objects.latest("pk")
    return sign_in(who).post(address(office.council, "office-reach", notice.pk, what), data)


def test_the_page_says_who_and_why_and_the_menu_counts(office: Office, lost: Dossier) -> None:
    page = text(sign_in(office.clerk).get(address(office.council, "office-unreached")))
    assert lost.number in page
    assert NAME in page
    assert "رسالة نصية:" in page
    home = sign_in(office.head).get(address(office.council, "office-home")).content.decode()
    assert f'href="{address(office.council, "office-unreached")}">لم يصلهم الإخبار <strong dir="ltr">1</strong>' in home
    assert not unreached(office.stranger).exists(), "of another unit"
    assert sign_in(office.president).get(address(office.council, "office-unreached")).status_code == 403


def test_another_way_is_tried_and_a_useless_one_refused(office: Office, lost: Dossier) -> None:
    refused = reach(office, office.clerk, "other", channel="mail", address="half@")
    assert refused.status_code == 422
    assert "half@" in refused.content.decode()
    assert unreached(office.clerk).count() == 1
    assert reach(office, office.clerk, "other", channel="mail", address="a@b.example").status_code == 302
    notice = Notice.objects.get(dossier_ref=lost.number)
    assert notify.deliver(notice.pk) == "sent"
    assert not unreached(office.clerk).exists()
    assert reach(office, office.clerk, "again").status_code == 404, "it reached its person meanwhile"


def test_told_by_hand_leaves_its_trace(office: Office, lost: Dossier) -> None:
    assert reach(office, office.clerk, "hand", how="call", on="2026-12-02").status_code == 422  # ahead
    assert reach(office, office.clerk, "hand", how="call", on="2026-12-01", said="قيل له رقمه").status_code == 302
    fact = Fact.objects.get(dossier=lost, kind="told_by_hand")
    assert (fact.by, fact.data) == (office.clerk, {"how": "call", "notices": ["receipt"]})
    assert fact.content is not None
    assert fact.content.body == {"text": "قيل له رقمه"}
    assert Notice.objects.get(dossier_ref=lost.number).status == "settled"
    assert not unreached(office.clerk).exists()


def test_the_person_reads_that_he_was_not_reached(office: Office, lost: Dossier) -> None:
    resident = Resident(office)
    resident.post("follow/", {"number": lost.number, "code": follow_code(lost)})
    assert "حاول المجلس إخباركم ولم يتمكن" in text(resident.get(f"follow/{lost.number}/"))
    receipt = text(resident.get(f"follow/{lost.number}/receipt/"))
    assert "لا يمكن للمجلس أن يرسل إليكم رسالة" in receipt
    assert "نخبركم عند كل مرحلة" not in receipt


def test_an_answer_that_waits_is_told_within_the_hour_and_never_read(office: Office) -> None:
    dossier = filed(office, phone="0612345678")
    draft = desk.draft_outcome(dossier, office.officer, "granted", "تعار الخيام.", "", "")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink", on=date(2026, 12, 1))
    resident = Resident(office)
    resident.post("follow/", {"number": dossier.number, "code": follow_code(dossier)})
    page = text(resident.get(f"follow/{dossier.number}/"))
    assert "أُمضي الجواب، وهو ينتظركم بشباك المجلس" in page
    assert act.number not in page
    assert "تعار الخيام" not in page
    ready = Notice.objects.get(code="answer_ready")
    assert ready.next_try_at == now() + timedelta(hours=1)
    assert "تعار" not in ready.body
    with simulated(at("2026-12-01 11:01")):
        assert notify.deliver(ready.pk) == "sent"
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="سجل التسليم 12")
    assert "ينتظركم بالشباك" not in text(resident.get(f"follow/{dossier.number}/"))


def test_an_answer_handed_over_at_once_needs_no_such_notice(office: Office) -> None:
    dossier = filed(office, phone="0612345678")
    draft = desk.draft_outcome(dossier, office.officer, "granted", "تعار الخيام.", "", "")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink", on=date(2026, 12, 1))
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="سجل التسليم 12")
    assert not Notice.objects.filter(code="answer_ready").exists()


def test_the_office_reads_words_and_the_machine_s_own_in_small(office: Office, lost: Dossier) -> None:
    notice = Notice.objects.get(dossier_ref=lost.number)
    said = "SMTPRecipientsRefused: {'…': (550, b'no such user')}"
    Notice.objects.filter(pk=notice.pk).update(channel="mail", error=said, tried=[["text", "GatewayError: gone"]])
    page = text(sign_in(office.clerk).get(address(office.council, "office-unreached")))
    assert "رسالة نصية: لم يقبلها المودم." in page
    assert "رفض خادم البريد هذا العنوان." in page
