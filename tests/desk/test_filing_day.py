"""The day on which a paper came, typed wrong: asked twice at the counter, put right with all that it moved."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.register.proving import walk
from tadbir.services import actions
from tadbir.services.requests import Applicant
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import ANSWERS, Office, adopted_loan, loan_filing

WRONG, RIGHT = date(2026, 9, 1), date(2026, 12, 1)
WHY = "كُتب شتنبر بدل دجنبر"


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A paper of 1 December, typed as of 1 September: its answer would have been due on 2 November."""
    filing = loan_filing(adopted_loan(office), channel="counter", filed_on=WRONG)
    dossier = actions.file_request(filing, by=office.clerk).dossier
    dossiers.record_lapses()
    return dossier


def due(dossier: Dossier) -> date | None:
    return Duty.objects.get(dossier=dossier, rule="PROC-DECIDE").do_by


def whole() -> list[str]:
    return [str(one) for step in walk() for one in step.found]


def test_a_wrong_day_is_put_right_with_all_that_it_moved(office: Office, dossier: Dossier) -> None:
    assert (due(dossier), Fact.objects.filter(kind="lapsed").count()) == (date(2026, 11, 2), 1)
    receipt = Act.objects.get(kind="receipt", dossier_ref=dossier.number)
    for person in (office.clerk, office.officer):
        with pytest.raises(PermissionDenied):
            dossiers.correct_filing_day(dossier, person, RIGHT, WHY)
    dossiers.correct_filing_day(dossier, office.director, RIGHT, WHY)
    dossier.refresh_from_db()
    assert (dossier.opened_on, due(dossier)) == (RIGHT, date(2027, 2, 1))
    assert Fact.objects.filter(kind="entry_corrected", voids__kind="lapsed").count() == 1
    assert dossiers.record_lapses() == []
    receipt.refresh_from_db()
    assert receipt.status == Act.Status.REPLACED
    assert receipt.replaced_by is not None
    said = receipt.replaced_by.content.body["receipt"]
    assert (said["filed_at"], said["clock"]["do_by"], said["received_by_fr"]) == (
        "2026-12-01",
        "2027-02-01",
        "Khadija Amzil",
    )
    assert "فاتح دجنبر 2026" in Notice.objects.get(code="receipt_corrected").body
    assert whole() == []
    Dossier.objects.filter(pk=dossier.pk).update(opened_on=WRONG)
    assert whole() != []


LISTED, TYPED_SO = date(2026, 12, 31), date(2026, 11, 15)


@pytest.mark.parametrize("french", [False, True])
def test_a_last_day_that_the_person_was_told_moves_only_with_a_message_that_says_the_new_one(
    office: Office, french: bool
) -> None:
    who = Applicant("جمعية آفاق النخلة", phone="0612345678", language="fr" if french else "ar")
    filing = loan_filing(adopted_loan(office), ("signed-request",), channel="counter", applicant=who)
    dossier = actions.file_request(filing, by=office.clerk).dossier
    told = Act.objects.get(kind="receipt", dossier_ref=dossier.number)
    assert told.document["receipt"]["supply_by"] == str(LISTED)
    client = sign_in(office.director)
    where = address(office.council, "office-do", dossier.number, "correct-day", french=french)
    typed: dict[str, Any] = {"key": "one", "day": str(TYPED_SO), "reason": WHY}
    shown = client.post(where, typed).content.decode()
    before, since = (("31 décembre 2026", "16 décembre 2026"), ("31 دجنبر 2026", "16 دجنبر 2026"))[not french]
    assert shown.index(before) < shown.index(since), "what the person was told, then what it becomes"
    assert ("→" if french else "←") in shown[shown.index(before) : shown.index(since)], "read in the order of its line"
    assert ("est avisé des jours qui changent" if french else "يُخبر صاحب الطلب بالأيام التي تتغير") in shown
    assert client.post(where, typed | {"sure": "on"}).status_code == 302
    assert since in Notice.objects.get(code="receipt_corrected").body
    told.refresh_from_db()
    assert told.replaced_by is not None
    assert told.replaced_by.document["receipt"]["supply_by"] == "2026-12-16"


def test_whoever_corrects_knows_that_no_message_reaches_the_person(office: Office) -> None:
    who = Applicant("جمعية آفاق النخلة")
    filing = loan_filing(adopted_loan(office), ("signed-request",), channel="counter", applicant=who)
    dossier = actions.file_request(filing, by=office.clerk).dossier
    page = address(office.council, "office-do", dossier.number, "correct-day")
    assert "لا تصل صاحب الطلب أي رسالة" in sign_in(office.director).get(page).content.decode()


def test_a_list_that_came_once_the_days_from_the_request_were_over_is_said_to_be_counted_from_its_day(
    office: Office,
) -> None:
    """Filed on paper on 1 September, typed in on 1 December: no day is counted from September, nor said to be."""
    for filed, from_filing in ((WRONG, False), (date(2026, 11, 20), True)):
        filing = loan_filing(adopted_loan(office), ("signed-request",), channel="counter", filed_on=filed)
        dossier = actions.file_request(filing, by=office.clerk).dossier
        duty = Duty.objects.get(dossier=dossier, rule="PROC-COMPLETE")
        assert duty.file_before == (date(2026, 12, 21) if from_filing else LISTED)
        assert duty.starts_on == (filed if from_filing else date(2026, 12, 1)), "what the clock bar says too"
        said = clockwork.explained(duty).steps()
        starts = [(step.ar, step.fr) for step in said if step.fr.startswith("Point de départ")]
        assert len(starts) == 1
        for text, filing_words, list_words in zip(
            starts[0], ("تقديم الطلب", "présentation"), ("الإخبار به", "communication"), strict=True
        ):
            first = text.split("،")[0] if "،" in text else text.split(",")[0]
            assert (filing_words in first, list_words in first) == (from_filing, not from_filing), text
        assert any("la plus lointaine" in step.fr for step in said) is from_filing


def test_the_page_that_takes_a_document_away_says_since_when_the_file_is_complete_as_put_right(
    office: Office, dossier: Dossier
) -> None:
    page = address(office.council, "office-do", dossier.number, "withdraw-document")
    assert "مسجل كاملا منذ فاتح شتنبر 2026" in sign_in(office.clerk).get(page).content.decode()
    dossiers.correct_filing_day(dossier, office.director, RIGHT, WHY)
    said = sign_in(office.clerk).get(page).content.decode()
    assert "مسجل كاملا منذ فاتح دجنبر 2026" in said
    assert "شتنبر" not in said[said.index("مسجل كاملا") :][:200]


def test_a_day_put_right_to_an_earlier_one_makes_it_late(office: Office) -> None:
    filing = loan_filing(adopted_loan(office), channel="post")
    dossier = actions.file_request(filing, by=office.clerk).dossier
    dossiers.correct_filing_day(dossier, office.president, WRONG, "وصل قبل ذلك بالبريد")
    assert due(dossier) == date(2026, 11, 2)
    assert [fact.data["rule"] for fact in dossiers.record_lapses()] == ["PROC-DECIDE"]


@pytest.mark.parametrize("day", [date(2026, 12, 2), date(2025, 11, 30), WRONG])
def test_a_day_that_cannot_be_is_refused(office: Office, dossier: Dossier, day: date) -> None:
    with pytest.raises(ValidationError):
        dossiers.correct_filing_day(dossier, office.director, day, WHY)
    assert not Fact.objects.filter(kind="day_corrected").exists()


def test_it_came_before_what_happened_in_it_and_on_line_nobody_typed_it(office: Office, dossier: Dossier) -> None:
    actions.receive_document(dossier, "other", "ورقة", None, by=office.clerk, source="counter")
    with simulated(at("2026-12-05 10:00")):
        dossiers.correct_filing_day(dossier, office.director, RIGHT, WHY)
    online = actions.file_request(loan_filing(dossier.sheet)).dossier  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="عبر الإنترنت"):
        dossiers.correct_filing_day(online, office.director, date(2026, 11, 1), WHY)


def test_its_page_shows_what_moves_before_it_is_done(office: Office, dossier: Dossier) -> None:
    client, where = sign_in(office.director), address(office.council, "office-do", dossier.number, "correct-day")
    typed: dict[str, Any] = {"key": "one", "day": "2026-12-01", "reason": WHY}
    asked = client.post(where, typed)
    assert (asked.status_code, Fact.objects.filter(kind="day_corrected").exists()) == (422, False)
    html = asked.content.decode()
    for words in ("2 نونبر 2026", "فاتح فبراير 2027", WHY):
        assert words in html
    assert client.post(where, typed | {"sure": "on"}).status_code == 302
    page = client.get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert "فاتح شتنبر 2026" in page
    assert "فاتح دجنبر 2026" in page


def test_the_counter_asks_twice_for_a_day_long_before(office: Office) -> None:
    sheet = adopted_loan(office)
    client, where = sign_in(office.clerk), address(office.council, "office-counter-file", sheet.code)
    typed: dict[str, Any] = {
        "key": "k",
        "kind": "association",
        "name": "جمعية آفاق النخلة",
        "language": "ar",
        "channel": "counter",
        "subject": "إعارة خيام",
        "documents": ["signed-request", "liability"],
        "filed_on": "2026-09-01",
        **{f"q_{name}": value for name, value in ANSWERS.items()},
    }
    refused = client.post(where, typed)
    assert (refused.status_code, Dossier.objects.count()) == (422, 0)
    assert "91 يوما" in refused.content.decode()
    assert "متأخر" in refused.content.decode()
    assert client.post(where, typed | {"filed_on": "2026-11-27"}).status_code == 302
    assert client.post(where, typed | {"key": "k2", "sure": "on"}).status_code == 302
    assert Dossier.objects.latest("pk").opened_on == WRONG
