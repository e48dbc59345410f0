"""What reached the council in time is entered after its last day too: as of the day it came, judged on that day."""

import re
from datetime import date

import pytest
from django.test import Client

from tadbir.acts.models import Act
from tadbir.councils.clock import day_start, local_date, simulated
from tadbir.desk.codes import follow_code
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tadbir.services.papers.receipts import receipts_of
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def refused(office: Office) -> Dossier:
    """A loan refused in hand on 1 December 2026: an appeal may come until 31 December, at the longest 4 January."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    draft = at_once.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    at_once.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    dossier.refresh_from_db()
    return dossier


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def typed(on: str) -> dict[str, str]:
    return {"key": f"late-{on}", "how": "written", "on": on, "reason": "أطعن في هذا الرفض", "early": ""}


def enter(office: Office, dossier: Dossier, verb: str, on: str) -> int:
    where = address(office.council, "office-do", dossier.number, verb)
    return sign_in(office.clerk).post(where, typed(on)).status_code


def test_an_appeal_that_came_in_time_is_entered_later_and_one_that_did_not_is_refused(
    office: Office, refused: Dossier
) -> None:
    with simulated(at("2027-01-11 10:00")):
        where = address(office.council, "office-dossier", refused.number)
        page = sign_in(office.clerk).get(where).content.decode()
        assert 'action="' + address(office.council, "office-do", refused.number, "appeal") in page
        assert "إذا توصل به المجلس في أجل أقصاه الاثنين 4 يناير 2027" in words(page)
        french = sign_in(office.clerk).get(address(office.council, "office-dossier", refused.number, french=True))
        assert "reçu par le conseil au plus tard le lundi 4 janvier 2027" in words(french.content.decode())
        assert enter(office, refused, "appeal", "2027-01-05") == 422
        assert not Fact.objects.filter(kind="appeal_filed").exists()
        assert enter(office, refused, "appeal", "2026-12-30") == 302
        filed = Fact.objects.get(kind="appeal_filed")
        assert (local_date(filed.happened_at), filed.data["against"]) == (date(2026, 12, 30), "refusal")
        assert Duty.objects.get(dossier=refused, rule="PROC-APPEAL-ANS").do_by == date(2027, 1, 15)


def test_the_person_himself_is_judged_on_today(office: Office, refused: Dossier) -> None:
    with simulated(at("2027-01-11 10:00")):
        person = Client()
        person.post(address(office.council, "follow"), {"number": refused.number, "code": follow_code(refused)})
        page = person.get(address(office.council, "dossier", refused.number)).content.decode()
        assert "إذا توصل به المجلس" not in page
        with pytest.raises(dossiers.Refused):
            actions.file_appeal(refused, "أطعن في هذا الرفض", "himself")


def test_so_is_a_complaint_to_the_head_and_a_request_for_reasons(office: Office) -> None:
    sheet = take_from_catalogue("access-to-information", office.unit)
    asked = actions.file_request(loan_filing(sheet, brought=(), answers={})).dossier
    with simulated(at("2027-04-01 10:00")):  # silent since 30 December: complaint until 2 February
        dossiers.record_lapses()
        assert enter(office, asked, "appeal", "2027-03-15") == 422
        assert enter(office, asked, "appeal", "2027-01-20") == 302
        assert Fact.objects.filter(dossier=asked, kind="complaint_to_head").count() == 1
        assert enter(office, asked, "ask-reasons", "2027-01-25") == 302


def test_a_remedy_that_was_answered_is_not_entered_twice(office: Office, refused: Dossier) -> None:
    with simulated(at("2026-12-20 10:00")):
        fact = actions.file_appeal(refused, "أطعن في هذا الرفض", "first")
    with simulated(at("2027-03-01 10:00")):
        assert fact.pk
        assert enter(office, refused, "appeal", "2026-12-30") == 409


#: What the office does on pages that say when each thing came.
_WITH_MOMENTS = ("correct", "withdraw-document")


def test_no_paper_and_no_page_gives_an_hour_that_nobody_said(office: Office, refused: Dossier) -> None:
    with simulated(at("2027-01-11 10:00")):
        assert enter(office, refused, "appeal", "2026-12-30") == 302
        filed = Fact.objects.get(kind="appeal_filed")
        receipt = Act.objects.filter(dossier_ref=refused.number, kind="receipt").latest("pk")
        assert receipt.content is not None
        assert receipt.content.body["receipt"]["filed_at"] == "2026-12-30"
        assert receipts_of(refused, filed) == [receipt]
        Document.objects.filter(dossier=refused).update(brought_at=day_start(date(2026, 12, 30)))
        director = sign_in(office.president)
        pages = [address(office.council, "office-dossier", refused.number)]
        pages += [
            address(office.council, "office-do", refused.number, verb) for verb in ("correct", "withdraw-document")
        ]
        pages.append(f"{address(office.council, 'office-do', refused.number, 'correct')}?fact={filed.pk}")
        for page in pages:
            told = director.get(page).content.decode()
            assert "30 دجنبر 2026" in told, page
            assert "12:00" not in told, page


def test_a_receipt_says_the_hour_where_it_is_known(office: Office, refused: Dossier) -> None:
    with simulated(at("2026-12-20 10:05")):
        actions.file_appeal(refused, "أطعن في هذا الرفض", "at-once")
        receipt = Act.objects.filter(dossier_ref=refused.number, kind="receipt").latest("pk")
        assert receipt.content is not None
        assert receipt.content.body["receipt"]["filed_at"].startswith("2026-12-20T10:05")
        assert receipts_of(refused, Fact.objects.get(kind="appeal_filed")) == [receipt]


def test_whoever_answers_and_signs_reads_the_day_it_came_and_that_of_its_entry(
    office: Office, refused: Dossier
) -> None:
    with simulated(at("2027-01-11 10:00")):
        assert enter(office, refused, "appeal", "2026-12-30") == 302
        filed = Fact.objects.get(kind="appeal_filed")
        [document] = Document.objects.filter(dossier=refused)[:1]
        Document.objects.filter(pk=document.pk).update(fact=filed)  # of the remedy that is answered, what came with it
        draft = at_once.draft_outcome(refused, office.officer, "refused", "لا", "السبب")
        officer = sign_in(office.officer)
        pages = [
            officer.get(address(office.council, "office-answer", refused.number)),
            officer.get(address(office.council, "office-answer-sign", refused.number)),
            sign_in(office.president).get(address(office.council, "office-signing-letter", draft.pk)),
        ]
        for page in pages:
            told = words(page.content.decode()).split("ما أرسله صاحب الطلب")[1][:200]
            assert "30 دجنبر 2026 · قُيد في 11 يناير 2027 على الساعة 10:00" in told, told
