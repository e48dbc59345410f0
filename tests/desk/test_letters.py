"""Letters that take a step: nothing changes before they are signed, or notified; dates are of the day of the seal."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts.models import Act
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.models import Quality
from tadbir.desk import actions as desk
from tadbir.desk import papers
from tadbir.dossiers import queries
from tadbir.dossiers.actions import Refused, record
from tadbir.dossiers.models import Dossier, Duty
from tadbir.notify.models import Notice
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import SINCE, Office, adopted_loan, loan_filing


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


@pytest.fixture
def complaint(office: Office) -> Dossier:
    """A complaint of 1 December."""
    sheet = take_from_catalogue("complaint", office.unit)
    return actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="شكاية")).dossier


def kinds(dossier: Dossier) -> list[str]:
    return list(dossier.facts.order_by("pk").values_list("kind", flat=True))


def test_a_question_stops_no_clock_before_it_is_signed(office: Office, dossier: Dossier) -> None:
    letter = actions.ask_information(dossier, office.officer, "كم عدد الخيام؟")
    assert not Duty.objects.filter(is_suspended=True).exists()
    assert not Notice.objects.filter(code="information_asked").exists()
    page = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
    assert "رسائل قيد الإنجاز" in page
    tray = address(office.council, "office-tray", "signature")
    assert dossier.number in sign_in(office.officer).get(tray).content.decode()
    president = sign_in(office.president)
    assert dossier.number in president.get(address(office.council, "office-signing")).content.decode()
    where = address(office.council, "office-signing-letter", letter.pk)
    assert "كم عدد الخيام؟" in president.get(where).content.decode()
    assert president.post(where, {"read": "on"}).status_code == 302
    act = Act.objects.get(kind="applicant_notice")
    assert (act.signature_state, act.signed_by, act.recorded_by) == ("session", office.president, office.president)
    fact = dossier.facts.get(kind="information_asked")
    assert (fact.data["act"], fact.words["reason"]) == (act.number, "كم عدد الخيام؟")
    assert Duty.objects.filter(is_suspended=True).exists()
    assert Notice.objects.filter(code="information_asked").count() == 1
    assert dossier.number not in sign_in(office.officer).get(tray).content.decode()


def test_a_letter_signed_by_hand_is_contested_and_its_step_with_it(office: Office, dossier: Dossier) -> None:
    letter = actions.misdirected(dossier, office.officer, "جماعة النخلة", "الرخصة من اختصاص الجماعة")
    page, officer = address(office.council, "office-letter", dossier.number, letter.pk), sign_in(office.officer)
    signed = {"signatory": office.president.pk, "on": "2026-12-01", "means": "wet_ink", "seen": "on"}
    assert officer.post(page, signed).status_code == 302
    act = Act.objects.get(kind="applicant_notice")
    dossier.refresh_from_db()
    assert (act.signature_state, dossier.closed_by_kind) == ("said", "misdirected")
    story = officer.get(address(office.council, "office-dossier", dossier.number)).content.decode()
    for words in (str(office.president), "مصرح بأنها ممضاة بخط اليد", str(office.officer)):
        assert words in story
    assert Notice.objects.filter(code="signed_for_you").count() == 1
    by_hand = address(office.council, "office-signed", act.number)
    sent = {"reason": "لم أر هذه الرسالة", "sure": "on"}
    assert sign_in(office.president).post(by_hand, sent).status_code == 302
    dossier.refresh_from_db()
    act.refresh_from_db()
    assert (dossier.closed_at, act.status) == (None, "annulled")
    assert Notice.objects.filter(code="signature_contested").count() == 1  # he could read it on his page


def test_an_extension_moves_nothing_before_the_person_is_notified(office: Office) -> None:
    sheet = take_from_catalogue("access-to-information", office.unit)
    asked = actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="معلومات")).dossier
    before = queries.main_clock(asked)
    assert before
    actions.record_step(asked, office.officer, "extension_notified", None, "كثرة الوثائق")
    letter = papers.letter_waiting(asked, "extension_notified")
    assert letter
    act = at_once.sign_outcome(letter, asked, office.president, office.president, means="session")
    assert (act.kind, kinds(asked)[-1]) == ("served_notice", "letter_signed")
    assert Notice.objects.filter(code="letter_ready").count() == 1
    now = queries.main_clock(asked)
    assert now
    assert now.do_by == before.do_by
    notify = address(office.council, "office-tray", "notify")
    assert asked.number in sign_in(office.officer).get(notify).content.decode()
    with simulated(at("2026-12-03 10:00")):
        fact = at_once.notify_outcome(act, asked, office.officer, how="in_hand", on=date(2026, 12, 2), proof="توقيع")
    assert (fact.kind, fact.data["act"], fact.words["proof"]) == ("extension_notified", act.number, "توقيع")
    later = queries.main_clock(asked)
    assert later
    assert later.do_by
    assert before.do_by
    assert later.do_by > before.do_by
    assert asked.number not in sign_in(office.officer).get(notify).content.decode()


def test_the_reply_to_a_defect_leaves_its_duty_open_until_it_is_notified(office: Office, complaint: Dossier) -> None:
    record(complaint, "defect_found", by=office.officer)
    actions.record_step(complaint, office.officer, "defect_notified", None, "الوقائع غير واضحة")
    letter = papers.letter_waiting(complaint, "defect_notified")
    assert letter
    act = at_once.sign_outcome(letter, complaint, office.president, office.president, means="session")
    assert Duty.objects.get(rule="CMP-DEFECT").over_on is None
    at_once.notify_outcome(act, complaint, office.officer, how="in_hand", on=act.date, proof="توقيع")
    assert Duty.objects.get(rule="CMP-DEFECT").over_on == act.date


def test_what_the_law_no_longer_allows_is_not_signed(office: Office, dossier: Dossier) -> None:
    letter = actions.ask_information(dossier, office.officer, "كم؟")
    with simulated(at("2027-01-20 10:00")), pytest.raises(Refused):  # past the first half of the delay
        at_once.sign_outcome(letter, dossier, office.president, office.president, means="session")
    assert not Act.objects.filter(kind="applicant_notice").exists()


def test_a_letter_is_worded_otherwise_or_given_up(office: Office, dossier: Dossier) -> None:
    letter = actions.ask_information(dossier, office.officer, "كم؟")
    officer, at_letter = sign_in(office.officer), (dossier.number, letter.pk)
    words = address(office.council, "office-letter-words", *at_letter)
    assert officer.post(words, {"reason": ""}).status_code == 422
    assert officer.post(words, {"reason": "كم عدد المستفيدين؟"}).status_code == 302
    assert "كم عدد المستفيدين؟" in officer.get(address(office.council, "office-letter", *at_letter)).content.decode()
    drop = address(office.council, "office-letter-drop", *at_letter)
    officer.post(drop, {"reason": ""})
    assert papers.unsigned(dossier)
    assert officer.post(drop, {"reason": "وجدنا الجواب في الملف"}).status_code == 302
    assert (papers.unsigned(dossier), kinds(dossier)[-1]) == ([], "letter_dropped")
    assert actions.ask_information(dossier, office.officer, "سؤال آخر").pk


def test_a_head_signs_the_letters_that_a_delegation_gives_him(office: Office, dossier: Dossier) -> None:
    letter = actions.ask_information(dossier, office.officer, "كم؟")
    other = councils.create_person("رئيس آخر", "Autre chef", "other-head@oed.example")
    councils.give_role(other, Quality.HEAD, SINCE, office.other_unit)
    where = address(office.council, "office-signing-letter", letter.pk)
    for one in (office.head, other):
        assert sign_in(one).get(where).status_code == 404
        councils.delegate(office.president, one, ["applicant_notice"], "8/2026", SINCE)
    assert sign_in(other).get(where).status_code == 404
    assert sign_in(office.head).post(where, {"read": "on"}).status_code == 302
    assert Act.objects.get(kind="applicant_notice").signed_article == "112-14:103"


def test_a_page_of_monday_does_not_sign_on_thursday_with_its_count(office: Office, dossier: Dossier) -> None:
    draft = at_once.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "محجوزة.")
    president, where = sign_in(office.president), address(office.council, "office-signing-letter", draft.pk)
    with simulated(at("2026-12-07 10:00")):
        monday = president.read(where)
    with simulated(at("2026-12-10 10:00")):
        late = president.post(where, {"read": "on", "shown": monday})
        assert (late.status_code, Act.objects.filter(kind="outcome").exists()) == (409, False)
        assert '<del dir="auto">' in late.content.decode()  # the last days of Monday, and those of today
        counted = papers.counted(dossier, draft)["remedies"]
        assert president.post(where, {"read": "on"}).status_code == 302
    sealed = Act.objects.get(kind="outcome").document["remedies"]
    assert [one.get("file_before") for one in sealed] == [one.get("file_before") for one in counted]
    assert any(one.get("file_before") for one in sealed)


def test_send_back_and_correction(office: Office, dossier: Dossier) -> None:
    letter = actions.ask_information(dossier, office.officer, "كم؟")
    assert at_once.send_back(letter, dossier, office.president, "اذكروا السبب").kind == "letter_sent_back"
    with pytest.raises(ValidationError):
        at_once.taken(letter)
    officer, words = sign_in(office.officer), address(office.council, "office-letter-words", dossier.number, letter.pk)
    assert officer.post(words, {"reason": "كم؟"}).status_code == 302
    fact = at_once.taken(letter)
    desk.correct_entry(fact, office.officer, "سؤال في غير محله")
    assert Act.objects.get(kind="applicant_notice").status == "annulled"
    assert not Duty.objects.filter(is_suspended=True).exists()
