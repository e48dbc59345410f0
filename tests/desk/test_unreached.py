"""Those whom no notice reached are seen, and told: again, by another way, by somebody of the office."""

import smtplib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tadbir.councils.clock import now, simulated
from tadbir.desk.codes import follow_code
from tadbir.desk.queries.unreached import unreached
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify import actions as notify
from tadbir.notify import reasons
from tadbir.notify.models import Notice
from tadbir.services import actions as services
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
    return sign_in(who).post(address(office.council, "office-reach", notice.dossier_ref, what), data)


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
    assert "نرسل إليكم هذا الوصل" not in receipt


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


@pytest.fixture
def nowhere(office: Office) -> Dossier:
    """A dossier whose person left neither telephone nor e-mail."""
    return filed(office)


def test_who_left_nothing_is_seen_on_the_dossier_and_told_by_hand_from_there(office: Office, nowhere: Dossier) -> None:
    clerk, where = sign_in(office.clerk), address(office.council, "office-dossier", nowhere.number)
    page = text(clerk.get(where))
    assert "لا تصل أي رسالة إلى صاحب هذا الطلب" in page
    assert page.count("لم يترك صاحب الطلب هاتفا ولا بريدا إلكترونيا") == 1, "said once"
    assert not unreached(office.clerk).exists(), "he holds his receipt: nothing else happened"
    reached = filed(office, phone="0612345678")
    assert "لا تصل أي رسالة" not in text(clerk.get(address(office.council, "office-dossier", reached.number)))
    draft = desk.draft_outcome(nowhere, office.officer, "granted", "تعار الخيام.", "", "")
    act = desk.sign_outcome(draft, nowhere, office.officer, office.president, means="wet_ink", on=date(2026, 12, 1))
    assert not unreached(office.clerk).exists(), "it may be handed over within the hour"
    with simulated(at("2026-12-01 11:01")):
        notify.sweep()
        assert unreached(office.clerk).get().code == "answer_ready"
        page = text(clerk.get(where))
        assert "لم يترك صاحب الطلب هاتفا ولا بريدا إلكترونيا" in page
        told = clerk.post(
            address(office.council, "office-reach", nowhere.number, "hand"),
            {"how": "relative", "on": "2026-12-01", "back": "dossier"},
        )
        assert told["Location"] == where
        assert nowhere.facts.get(kind="told_by_hand").data == {"how": "relative", "notices": ["answer_ready"]}
        assert not unreached(office.clerk).exists()
    assert act.waits_for_notification, "a notice is no notification"


def test_the_tray_ends_when_the_answer_is_handed_over(office: Office) -> None:
    left_nothing, wrong = filed(office), filed(office, phone="0528000000")
    for dossier in (left_nothing, wrong):
        draft = desk.draft_outcome(dossier, office.officer, "granted", "تعار الخيام.", "", "")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink", on=date(2026, 12, 1))
        with simulated(at("2026-12-01 12:00")):
            notify.sweep()
            assert unreached(office.clerk).filter(dossier_ref=dossier.number).exists()
            desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="سجل 12")
            assert not unreached(office.clerk).filter(dossier_ref=dossier.number).exists()


def test_a_person_stands_once_with_all_that_he_was_not_told(office: Office, lost: Dossier) -> None:
    draft = desk.draft_outcome(lost, office.officer, "granted", "تعار الخيام.", "", "")
    desk.sign_outcome(draft, lost, office.officer, office.president, means="wet_ink", on=date(2026, 12, 1))
    other = filed(office, phone="0528111111")
    with simulated(at("2026-12-01 12:00")):
        notify.sweep()
        page = sign_in(office.clerk).get(address(office.council, "office-unreached")).content.decode()
        assert page.count(f'href="{address(office.council, "office-dossier", lost.number)}"') == 1
        assert page.count(f'href="{address(office.council, "office-dossier", other.number)}"') == 1
        assert page.count("هذا ليس رقم هاتف") == 2, "the same reason once for each person"
        assert reach(office, office.clerk, "hand", how="call", on="2026-12-01").status_code == 302
        assert {notice.dossier_ref for notice in unreached(office.clerk)} == {lost.number}


def test_again_is_offered_where_it_may_arrive(office: Office, lost: Dossier) -> None:
    where, again = (
        address(office.council, "office-unreached"),
        address(office.council, "office-reach", lost.number, "again"),
    )
    clerk = sign_in(office.clerk)
    assert again not in clerk.get(where).content.decode(), "a fixed line takes no text message"
    assert clerk.post(again).status_code == 422
    Notice.objects.filter(dossier_ref=lost.number).update(recipient="+212612345678", error="GatewayError: gone")
    assert again in clerk.get(where).content.decode()
    assert clerk.post(again).status_code == 302
    assert not unreached(office.clerk).exists()


def test_what_was_handed_over_at_the_counter_waits_in_no_tray(office: Office) -> None:
    sheet, left = adopted_loan(office), Applicant(NAME, phone="0528000000")
    dossier = file_request(loan_filing(sheet, applicant=left, channel="counter"), by=office.clerk).dossier
    notice = Notice.objects.get(dossier_ref=dossier.number)
    assert (notice.status, notice.in_hand) == ("failed", True)
    assert not unreached(office.clerk).exists()
    assert "لا تصل أي رسالة" in text(
        sign_in(office.clerk).get(address(office.council, "office-dossier", dossier.number))
    )


def test_what_a_mail_server_answers_is_read_as_it_said_it() -> None:
    refused = smtplib.SMTPRecipientsRefused({"x@y.example": (550, b"5.1.1 no such user")})
    assert reasons.of_machine(refused) == "SMTPRecipientsRefused: 550 5.1.1 no such user"
    assert reasons.of_machine(smtplib.SMTPDataError(554, b"spam")) == "SMTPDataError: 554 spam"
    assert reasons.of_machine(OSError("line down")) == "OSError: line down"


def test_nobody_is_said_to_know_of_a_lapse_that_no_notice_told_him(office: Office, nowhere: Dossier) -> None:
    with simulated(at("2027-02-03 09:00")):
        record_lapses(date(2027, 2, 3))
        assert nowhere.facts.filter(kind="lapsed").exists()
        assert not nowhere.facts.filter(kind="person_told_of_lapse").exists()
        assert unreached(office.clerk).get().code == "lapsed"


def test_a_letter_that_is_handed_over_settles_itself_and_not_the_new_receipt(office: Office) -> None:
    """Each paper has its own hand-over: the new receipt waits until somebody gives it."""
    filing = replace(
        loan_filing(adopted_loan(office), applicant=Applicant(NAME, phone="0528000000")),
        channel="post",
        filed_on=date(2026, 11, 27),
    )
    dossier = file_request(filing, by=office.clerk).dossier
    dossiers.correct_filing_day(dossier, office.director, date(2026, 11, 26), "خطأ في التاريخ")
    dossier.refresh_from_db()
    asked = desk.taken(services.ask_information(dossier, office.officer, "كم عدد الأسر؟"))
    waiting = {notice.code for notice in unreached(office.clerk)}
    assert {"receipt_corrected", "information_asked"} <= waiting
    services.mark_received(dossier, office.officer, asked, "in_hand")
    assert "information_asked" not in {notice.code for notice in unreached(office.clerk)}
    assert "receipt_corrected" in {notice.code for notice in unreached(office.clerk)}
    page = text(sign_in(office.clerk).get(address(office.council, "office-dossier", dossier.number)))
    assert "وصل جديد للملف" in page
    notice = Notice.objects.get(code="receipt_corrected", status="failed")
    told = sign_in(office.clerk).post(
        address(office.council, "office-reach", dossier.number, "hand"), {"how": "counter", "on": "2026-12-01"}
    )
    assert told.status_code == 302
    notice.refresh_from_db()
    assert notice.status == "settled"
