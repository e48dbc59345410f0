"""Urgency typed wrong at the filing, put right both ways: with its delay, its receipt and its letters."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.acts.models import Act, Draft
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.models import Quality
from tadbir.desk.actions import write_letter
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.clockwork import facts_of
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.dossiers.story import Story
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tadbir.services.requests import Applicant, Filing
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import SINCE, Office

WHY = "علم الشباك بأن حياة شخص في خطر"
MANY = "عدد المعلومات كبير جدا"
WORDS = {"information": "جودة ماء البئر", "address": "دوار النخلة", "form": "paper"}


def filed(office: Office, *, urgent: bool) -> Dossier:
    """A request for information of 1 December, under an adopted sheet."""
    councils.give_role(office.officer, Quality.INFORMATION_OFFICER, SINCE)
    sheet = take_from_catalogue("access-to-information", office.unit)
    said = {"reference": "مقرر 12", "adopted_on": date(2026, 6, 9), "delay_days": None}
    sheet = at_once.adopt(office.president, sheet, **said, cndp_reference="A-DEMO-7/2026")
    answers = WORDS | {"urgent": "yes" if urgent else "no"}
    person = Applicant("سلمى الناصري", phone="0612345678")
    filing = Filing(sheet, person, "ماء البئر", answers, channel="counter", urgent=urgent)
    return actions.file_request(filing, by=office.clerk).dossier


def answer(dossier: Dossier) -> tuple[str, date | None]:
    one = Duty.objects.get(dossier=dossier, rule__in=("ATI-URGENT", "ATI-ANSWER"), over_on=None)
    return one.rule, one.do_by


@pytest.mark.parametrize("urgent", [True, False])
def test_it_is_put_right_with_its_delay_its_receipt_and_a_message(office: Office, urgent: bool) -> None:
    dossier = filed(office, urgent=not urgent)
    slow, fast = ("ATI-ANSWER", date(2026, 12, 29)), ("ATI-URGENT", date(2026, 12, 4))
    assert answer(dossier) == (slow if urgent else fast)
    receipt = Act.objects.get(kind="receipt", dossier_ref=dossier.number)
    dossiers.correct_urgency(dossier, office.director, urgent=urgent, reason=WHY)
    due = answer(dossier)
    assert due == (fast if urgent else slow)
    receipt.refresh_from_db()
    assert (receipt.status, receipt.replaced_by is not None) == (Act.Status.REPLACED, True)
    assert receipt.replaced_by is not None
    assert receipt.replaced_by.content.body["receipt"]["clock"]["do_by"] == str(due[1])
    said = Notice.objects.get(code="made_urgent" if urgent else "made_ordinary").body
    assert ("4 دجنبر 2026" if urgent else "29 دجنبر 2026") in said
    assert Story(facts_of(dossier)).filed_as["urgent"] is urgent
    assert dossier.facts.get(kind="filed").data["urgent"] is not urgent  # as it was recorded
    dossiers.correct_urgency(dossier, office.director, urgent=not urgent, reason="كان التقييد الأول صحيحا")
    assert answer(dossier) == (slow if urgent else fast)


def test_a_lapse_of_the_other_delay_falls_and_a_late_urgency_is_late(office: Office) -> None:
    dossier = filed(office, urgent=True)
    with simulated(at("2026-12-10 10:00")):
        assert [fact.data["rule"] for fact in dossiers.record_lapses()] == ["ATI-URGENT"]
        dossiers.correct_urgency(dossier, office.president, urgent=False, reason=WHY)
        assert Fact.objects.filter(kind="entry_corrected", voids__kind="lapsed").count() == 1
        assert dossiers.record_lapses() == []
        dossiers.correct_urgency(dossier, office.officer, urgent=True, reason=WHY)
        assert [fact.data["rule"] for fact in dossiers.record_lapses()] == ["ATI-URGENT"]


def test_who_works_on_it_calls_it_urgent_and_who_answers_for_all_takes_it_away(office: Office) -> None:
    dossier = filed(office, urgent=False)
    for person in (office.clerk, office.stranger):
        with pytest.raises(PermissionDenied):
            dossiers.correct_urgency(dossier, person, urgent=True, reason=WHY)
    with pytest.raises(ValidationError, match="لا يوجد ما يُصحح"):
        dossiers.correct_urgency(dossier, office.director, urgent=False, reason=WHY)
    with pytest.raises(ValidationError):
        dossiers.correct_urgency(dossier, office.officer, urgent=True, reason=" . ")
    dossiers.correct_urgency(dossier, office.officer, urgent=True, reason=WHY)
    with pytest.raises(PermissionDenied):
        dossiers.correct_urgency(dossier, office.officer, urgent=False, reason=WHY)
    assert answer(dossier)[0] == "ATI-URGENT"


def test_a_letter_worded_for_the_other_delay_is_written_again(office: Office) -> None:
    dossier = filed(office, urgent=False)
    write_letter(dossier, office.officer, "extension_notified", words={"reason": MANY})
    assert "المادة 16 من" in str(Draft.objects.get(dossier_ref=dossier.number).body)
    dossiers.correct_urgency(dossier, office.director, urgent=True, reason=WHY)
    assert not Draft.objects.filter(dossier_ref=dossier.number).exists()
    write_letter(dossier, office.officer, "extension_notified", words={"reason": MANY})
    assert "المادتان 16 و17" in str(Draft.objects.get(dossier_ref=dossier.number).body)


def test_its_page_says_what_it_moves_and_is_bound_to_it(office: Office) -> None:
    dossier = filed(office, urgent=False)
    client, where = sign_in(office.officer), address(office.council, "office-do", dossier.number, "correct-urgency")
    html = client.get(where).content.decode()
    for words in ("المادة 17", "29 دجنبر 2026", "4 دجنبر 2026"):
        assert words in html
    shown, typed = client.read(where), {"key": "one", "reason": WHY, "sure": "on"}
    assert client.post(where, typed | {"sure": ""}).status_code == 422
    _document, receipt = actions.receive_document(dossier, "other", "ورقة", None, by=office.clerk, source="counter")
    assert receipt is None  # law 31-13 knows no complete file
    assert client.post(where, typed | {"shown": shown}).status_code == 409
    assert client.post(where, typed).status_code == 302
    assert answer(dossier)[0] == "ATI-URGENT"
    page = client.get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert "الطلب مستعجل" in page
    refused = client.post(where, typed | {"key": "two"})
    assert refused.status_code == 409
    assert "المدير العام" in refused.content.decode()
