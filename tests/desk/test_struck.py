"""What striking out an entry leaves: a file that lacks nothing stays complete, every open dossier is in some list,
whoever was told is told, and no receipt says what is no longer so."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk import actions as desk
from tadbir.desk.codes import follow_code
from tadbir.desk.matter import trays
from tadbir.desk.queries.trays import in_tray
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.register.proving import walk
from tadbir.services import actions
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

WHY = "الوثيقة تخص ملفا آخر"


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December; its answer is due on 1 February 2027."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def last(dossier: Dossier, kind: str) -> Fact:
    return Fact.objects.filter(dossier=dossier, kind=kind).latest("pk")


def take_away(office: Office, dossier: Dossier, requirement: str) -> None:
    document = Document.objects.get(dossier=dossier, requirement=requirement, withdrawn=False)
    dossiers.withdraw_document(document, office.clerk, WHY, again=False)


def listed(office: Office) -> set[int]:
    """The open dossiers that some list of the office shows to whoever sees all."""
    seen = queries.visible_to(office.director)
    found = set(queries.duties_of(office.director).values_list("dossier", flat=True))
    for tray in trays():
        found |= set(in_tray(seen, tray).values_list("pk", flat=True))
    return found


def test_a_file_that_lacks_nothing_stays_complete(office: Office, dossier: Dossier) -> None:
    with simulated(at("2027-02-05 10:00")):
        dossiers.record_lapses()
        for person in (office.director, office.president):
            with pytest.raises(ValidationError, match="لا تنقص"):
                desk.correct_entry(last(dossier, "completed"), person, WHY)
        assert last(dossier, "lapsed").data["rule"] == "PROC-DECIDE"
        assert not Fact.objects.filter(kind="entry_corrected").exists()
        duty = Duty.objects.get(dossier=dossier, rule="PROC-DECIDE")
        assert (duty.over_on, duty.do_by) == (None, date(2027, 2, 1))


def test_a_complete_file_whose_document_went_is_incomplete_and_its_person_knows(
    office: Office, dossier: Dossier
) -> None:
    first = Act.objects.get(kind="receipt", dossier_ref=dossier.number)
    with simulated(at("2027-02-05 10:00")):
        dossiers.record_lapses()
        take_away(office, dossier, "liability")
        desk.correct_entry(last(dossier, "completed"), office.director, WHY)
        struck = {fact.voids.kind for fact in Fact.objects.filter(kind="entry_corrected") if fact.voids}
        assert struck == {"completed", "lapsed"}  # the delay that ran out had never begun
        assert dossiers.record_lapses() == []
        assert last(dossier, "missing_listed").data == {"documents": ["liability"]}
        assert Duty.objects.get(dossier=dossier, rule="PROC-COMPLETE").waits
        receipt = Act.objects.filter(kind="receipt", dossier_ref=dossier.number).latest("pk")
        first.refresh_from_db()
        assert (first.status, first.replaced_by) == (Act.Status.REPLACED, receipt)
        assert receipt.content.body["receipt"]["state"] == "filing"
        said = receipt.content.body["receipt"]
        assert said["supply_by"] == "2027-03-08"
        assert "received_by_ar" not in said  # the person filed it himself: whoever struck the entry received nothing
        told = Notice.objects.get(dossier_ref=dossier.number, key__startswith="entry_struck:")
        assert told.code == "incomplete_again"
        assert all(word in told.body for word in ("ليس كاملا", "التزام بإرجاع المعدات", "8 مارس 2027"))
        page = sign_in(office.director).get(address(office.council, "office-dossier", dossier.number)).content.decode()
        assert "8 مارس 2027" in page
        person = Client()
        person.post(address(office.council, "follow"), {"number": dossier.number, "code": follow_code(dossier)})
        followed = person.get(address(office.council, "dossier", dossier.number)).content.decode()
        assert "8 مارس 2027" in followed
        assert dossier.pk in listed(office)
        _document, again = actions.receive_document(dossier, "liability", "التزام", None)
        assert again is not None
        assert Duty.objects.get(dossier=dossier, rule="PROC-DECIDE", over_on=None).do_by == date(2027, 4, 7)
    assert [str(one) for step in walk() for one in step.found] == []


def test_the_page_says_that_completeness_must_be_struck_out_until_it_is(office: Office, dossier: Dossier) -> None:
    said = "والملف ما زال يُعد كاملا"
    where, correct = (
        address(office.council, *one)
        for one in (("office-dossier", dossier.number), ("office-do", dossier.number, "correct"))
    )
    assert said not in sign_in(office.director).get(where).content.decode()
    take_away(office, dossier, "liability")
    button = f'class="button" href="{correct}?fact={last(dossier, "completed").pk}"'
    for person, may in ((office.director, True), (office.president, True), (office.officer, False)):
        page = sign_in(person).get(where).content.decode()
        assert (said in page, button in page) == (True, may)
    desk.correct_entry(last(dossier, "completed"), office.director, WHY)
    assert said not in sign_in(office.director).get(where).content.decode()


def test_the_new_receipt_names_who_received_the_request(office: Office) -> None:
    filing = replace(loan_filing(adopted_loan(office)), channel="counter")
    dossier = actions.file_request(filing, by=office.clerk).dossier
    take_away(office, dossier, "liability")
    desk.correct_entry(last(dossier, "completed"), office.president, WHY)
    receipt = Act.objects.get(kind="receipt", dossier_ref=dossier.number, status=Act.Status.VALID)
    assert receipt.content.body["receipt"]["received_by_ar"] == office.clerk.name_ar


def test_the_list_before_falls_with_the_completeness_that_answered_it(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office), brought=("signed-request",))).dossier
    actions.receive_document(dossier, "liability", "وثيقة أخرى", None)
    with simulated(at("2027-02-05 10:00")):
        take_away(office, dossier, "liability")
        desk.correct_entry(last(dossier, "completed"), office.director, WHY)
        assert Duty.objects.get(dossier=dossier, rule="PROC-COMPLETE").file_before == date(2027, 3, 8)


def test_a_file_whose_only_list_is_struck_gets_another_and_is_never_without_a_clock(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office), brought=("signed-request",))).dossier
    first = Act.objects.get(kind="receipt", dossier_ref=dossier.number)
    with simulated(at("2026-12-10 10:00")):
        desk.correct_entry(last(dossier, "missing_listed"), office.director, WHY)
        assert Fact.objects.filter(dossier=dossier, kind="missing_listed").count() == 2
        anew = last(dossier, "missing_listed")
        assert (anew.data, anew.voided_by.count()) == ({"documents": ["liability"]}, 0)
        clock = queries.main_clock(dossier)
        assert clock is not None
        # advised from the filing; taken until thirty full days from the list: Sunday 10 January, then a feast
        days = (clock.file_before, clock.accept_until)
        assert (clock.rule, *days) == ("PROC-COMPLETE", date(2026, 12, 31), date(2027, 1, 12))
        first.refresh_from_db()
        assert first.status == Act.Status.REPLACED
        assert (
            Notice.objects.get(dossier_ref=dossier.number, key__startswith="entry_struck:").code == "incomplete_again"
        )


def test_the_page_strikes_a_list_and_what_then_comes_completes_the_file(office: Office) -> None:
    """Read, sent, listed anew, brought: a list that is struck out falls once, though the new one takes its place."""
    dossier = actions.file_request(loan_filing(adopted_loan(office), brought=("signed-request",))).dossier
    where = address(office.council, "office-do", dossier.number, "correct")
    with simulated(at("2026-12-10 10:00")):
        browser, listed_first = sign_in(office.director), last(dossier, "missing_listed")
        assert browser.get(f"{where}?fact={listed_first.pk}").status_code == 200
        typed = {"key": "k", "fact": str(listed_first.pk), "reason": WHY}
        assert browser.post(f"{where}?fact={listed_first.pk}", typed).status_code == 302
        anew = last(dossier, "missing_listed")
        assert (anew.pk == listed_first.pk, listed_first.voided_by.count()) == (False, 1)
        assert browser.get(f"{where}?fact={anew.pk}").status_code == 200, "so may the new one be"
        _document, receipt = actions.receive_document(dossier, "liability", "التزام", None)
        assert receipt is not None
        assert Duty.objects.get(dossier=dossier, rule="PROC-DECIDE", over_on=None).do_by == date(2027, 2, 9)


def test_one_whose_list_was_mistaken_and_lacks_nothing_is_complete(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office), brought=("signed-request",))).dossier
    document = Document.objects.filter(dossier=dossier)[0]
    dossiers.keep_document(dossier, document.fact, "liability", "b.png", document.file)  # it was there, and not seen
    with simulated(at("2026-12-10 10:00")):
        desk.correct_entry(last(dossier, "missing_listed"), office.director, WHY)
        complete = last(dossier, "completed")
        assert (complete.happened_at.date(), complete.by) == (date(2026, 12, 1), office.director), "since the filing"
        clock = queries.main_clock(dossier)
        assert clock is not None
        assert clock.rule == "PROC-DECIDE"


def test_an_answered_file_is_complete(office: Office, dossier: Dossier) -> None:
    take_away(office, dossier, "liability")
    draft = at_once.draft_outcome(dossier, office.officer, "granted", "نعم")
    at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    with pytest.raises(ValidationError, match="الجواب ممضى"):
        desk.correct_entry(last(dossier, "completed"), office.director, WHY)


def test_every_open_dossier_is_in_some_list(office: Office, dossier: Dossier) -> None:
    """Whatever happens to it: an adopted service and a draft, complete or not, struck, late, decided, appealed."""
    sheet = dossier.sheet
    assert sheet is not None
    incomplete = actions.file_request(loan_filing(sheet, brought=())).dossier
    for code in ("road-damage", "access-to-information", "personal-data-rights", "complaint"):
        actions.file_request(loan_filing(take_from_catalogue(code, office.unit), brought=(), answers={}))
    again = actions.file_request(loan_filing(sheet)).dossier
    take_away(office, again, "liability")
    desk.correct_entry(last(again, "completed"), office.director, WHY)
    appealed = actions.file_request(loan_filing(sheet)).dossier
    actions.file_appeal(appealed, "لم أتوصل بجواب", "key")
    desk.correct_entry(last(appealed, "appeal_filed"), office.director, WHY)
    draft = at_once.draft_outcome(appealed, office.officer, "refused", "نأسف.", "نفد المخزون")
    at_once.sign_outcome(draft, appealed, office.officer, office.president, means="wet_ink")
    for moment in ("2026-12-01 12:00", "2027-02-05 10:00", "2027-06-01 10:00"):
        with simulated(at(moment)):
            dossiers.record_lapses()
            hidden = [one.number for one in Dossier.objects.filter(closed_at=None) if one.pk not in listed(office)]
            assert hidden == [], moment
    dossiers.record(incomplete, "misdirected", by=office.officer)
    incomplete.refresh_from_db()
    assert not incomplete.idle


def test_an_idle_dossier_has_a_tray(office: Office, dossier: Dossier) -> None:
    Duty.objects.filter(dossier=dossier).delete()
    Dossier.objects.filter(pk=dossier.pk).update(idle=True)
    page = sign_in(office.head).get(address(office.council, "office-tray", "idle"))
    assert (page.status_code, dossier.number in page.content.decode()) == (200, True)
    dossiers.record(dossier, "told_by_hand", by=office.officer, data={"how": "phone", "notices": []})
    assert not Dossier.objects.get(pk=dossier.pk).idle


def test_who_was_told_of_an_entry_is_told_that_it_is_struck_and_its_receipt_falls(
    office: Office, dossier: Dossier
) -> None:
    fact = actions.file_appeal(dossier, "لم أتوصل بجواب", "key")
    filing, appeal = Act.objects.filter(kind="receipt", dossier_ref=dossier.number).order_by("pk")
    Notice.objects.filter(code="appeal_receipt").update(status=Notice.Status.SENT)
    desk.correct_entry(fact, office.director, "سُجل في ملف آخر")
    appeal.refresh_from_db()
    filing.refresh_from_db()
    assert (appeal.status, filing.status) == (Act.Status.ANNULLED, Act.Status.VALID)
    told = Notice.objects.get(code="entry_struck")
    assert "تقديم طعن" in told.body
    assert dossier.number in told.body


def test_what_had_not_left_stays_and_nothing_else_is_said(office: Office, dossier: Dossier) -> None:
    fact = actions.file_appeal(dossier, "لم أتوصل بجواب", "key")
    desk.correct_entry(fact, office.director, "سُجل في ملف آخر")
    assert not Notice.objects.filter(code__in=("appeal_receipt", "entry_struck")).exists()


def test_a_notification_that_is_struck_is_told(office: Office, dossier: Dossier) -> None:
    draft = at_once.draft_outcome(dossier, office.officer, "refused", "نأسف.", "نفد المخزون")
    act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    told = at_once.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع على النسخة")
    Notice.objects.filter(dossier_ref=dossier.number).update(status=Notice.Status.SENT)
    desk.correct_entry(told, office.director, "تخص ملفا آخر")
    assert Notice.objects.filter(code="entry_struck").count() == 1


def test_the_history_offers_to_correct_only_what_can_be_struck(office: Office, dossier: Dossier) -> None:
    complete, asked = last(dossier, "completed"), desk.ask_opinion(dossier, office.head, office.other_unit, "رأيكم؟")
    page = sign_in(office.director).get(address(office.council, "office-dossier", dossier.number)).content.decode()
    correct = address(office.council, "office-do", dossier.number, "correct")
    assert f"{correct}?fact={asked.pk}" in page
    assert f"{correct}?fact={complete.pk}" not in page
    page = sign_in(office.director).get(f"{correct}?fact={complete.pk}").content.decode()
    assert "لا تنقص" in page, "who follows an older link reads why"
