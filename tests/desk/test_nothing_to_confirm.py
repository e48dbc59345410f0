"""A confirmation that came too late: one card says who was first, when, and the way on; nobody is asked to confirm what
is no longer there, and what was typed is given back."""

from typing import Any

import pytest

from tadbir.acts.models import Act
from tadbir.desk import papers
from tadbir.desk.office import dossier as views
from tadbir.dossiers.models import Dossier
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

AGAIN, NOTHING = "ثم أكدوا من جديد", "لم يعد هنا ما يُؤكد"
TYPED = {"sense": "refused", "body_ar": "نص كتبته الموظفة.", "reasons_ar": "سببها."}


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def one_card(page: str) -> str:
    assert page.count('class="notice bad"') == 1, page.count('class="notice bad"')
    assert (AGAIN in page, NOTHING in page) == (False, True)
    return page[page.index('class="notice bad"') :]


def test_an_answer_signed_meanwhile_by_another_is_one_card_with_who_and_when(office: Office, dossier: Dossier) -> None:
    officer, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    read = officer.read(f"{page}?sense=refused")
    draft = at_once.draft_outcome(dossier, office.head, "granted", "نعيركم الخيام.")
    act = at_once.sign_outcome(draft, dossier, office.president, office.president, means="session")
    late = officer.post(page, {**TYPED, "shown": read})
    assert late.status_code == 422
    card = one_card(late.content.decode())
    for words in (str(office.president), "فاتح دجنبر 2026", TYPED["body_ar"], TYPED["reasons_ar"]):
        assert words in card
    assert address(office.council, "office-answer-notify", dossier.number, act.number) in card, "what to do now"
    assert officer.get(page).content.decode().count('class="notice bad"') == 1


def test_a_notification_of_a_letter_that_was_annulled_meanwhile_offers_no_form(
    office: Office, dossier: Dossier
) -> None:
    draft = at_once.draft_outcome(dossier, office.officer, "granted", "نعم")
    act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    page = address(office.council, "office-answer-notify", dossier.number, act.number)
    officer, told = sign_in(office.officer), {"how": "in_hand", "on": "2026-12-01", "proof": "توقيع فلان"}
    read = officer.read(page)
    at_once.correct_entry(dossier.facts.get(kind="outcome_signed"), office.director, "لم يوقع")
    late = officer.post(page, told | {"shown": read})
    text = late.content.decode()
    assert (late.status_code, AGAIN in text) == (409, False)
    assert text.count('class="notice bad"') == 1
    for words in (act.number, str(office.director), "لم يوقع", told["proof"]):
        assert words in text
    assert 'name="proof"' not in text, "nothing is left to record"
    assert address(office.council, "office-dossier", dossier.number) in text
    act.refresh_from_db()
    assert act.notified_on is None


def test_a_notification_that_another_tab_recorded_says_by_whom_and_when(office: Office, dossier: Dossier) -> None:
    draft = at_once.draft_outcome(dossier, office.officer, "granted", "نعم")
    act = at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    page = address(office.council, "office-answer-notify", dossier.number, act.number)
    officer, told = sign_in(office.officer), {"how": "in_hand", "on": "2026-12-01", "proof": "توقيع فلان"}
    read = officer.read(page)
    assert sign_in(office.clerk).post(page, told | {"proof": "توقيع الحارس"}).status_code == 302
    card = one_card(officer.post(page, told | {"shown": read}).content.decode())
    for words in (str(office.clerk), "على الساعة 10:00", told["proof"]):
        assert words in card


@pytest.mark.parametrize("french", [False, True])
def test_who_signed_is_read_in_the_order_of_the_language(office: Office, dossier: Dossier, french: bool) -> None:
    """Name, quality and day are each set apart: a line of such values alone has no direction of its own."""
    draft = at_once.draft_outcome(dossier, office.officer, "granted", "نعم")
    at_once.sign_outcome(draft, dossier, office.president, office.president, means="session")
    page = address(office.council, "office-signing-letter", draft.pk, french=french)
    told = sign_in(office.president).get(page, follow=True).content.decode()
    name = office.president.name_fr if french else office.president.name_ar
    assert ("\u2066" if french else "\u2067") + "\u2068" + name in told


def test_the_page_that_answers_the_request_is_not_called_by_a_remedy(office: Office, dossier: Dossier) -> None:
    page = sign_in(office.officer).get(address(office.council, "office-answer", dossier.number)).content.decode()
    assert ("<h1>تحرير الجواب</h1>" in page, "الجواب عن:" in page) == (True, False)


def test_a_letter_that_may_no_longer_be_signed_is_not_asked_to_be_confirmed(office: Office, dossier: Dossier) -> None:
    draft = at_once.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    president, page = sign_in(office.president), address(office.council, "office-signing-letter", draft.pk)
    read = president.read(page)
    papers_sent = address(office.council, "office-signing-return", draft.pk)
    assert sign_in(office.president).post(papers_sent, {"reason": "اذكروا السبب كاملا"}).status_code == 302
    late = president.post(page, {"read": "on", "shown": read})
    text = late.content.decode()
    assert (late.status_code, AGAIN in text, NOTHING in text) == (409, False, True)
    assert text.count('class="notice bad"') == 1
    assert "اذكروا السبب كاملا" in text
    assert not Act.objects.filter(kind="outcome").exists()


def test_what_changed_and_can_still_be_confirmed_is_asked_again(office: Office, dossier: Dossier) -> None:
    draft = at_once.draft_outcome(dossier, office.officer, "refused", "لا", "السبب")
    president, page = sign_in(office.president), address(office.council, "office-signing-letter", draft.pk)
    read = president.read(page)
    at_once.draft_outcome(dossier, office.officer, "refused", "نص آخر", "السبب")
    late = president.post(page, {"read": "on", "shown": read})
    text = late.content.decode()
    assert (late.status_code, AGAIN in text, NOTHING in text) == (409, True, False)
    assert president.post(page, {"read": "on"}).status_code == 302
    assert papers.sense_of(Act.objects.get(kind="outcome")) == "refused"


def test_a_sheet_that_somebody_else_adopted_meanwhile_says_so(office: Office) -> None:
    sheet = take_from_catalogue("rural-track", office.unit)
    page = address(office.council, "office-sheet-adopt", sheet.code)
    late, told = sign_in(office.director), {"reference": "قرار رقم 3", "adopted_on": "2026-11-01", "delay_days": "60"}
    told["cndp_reference"] = "D-1/2026"
    read = late.read(page)
    assert read
    assert sign_in(office.president).post(page, told).status_code == 302
    text = late.post(page, told | {"shown": read}).content.decode()
    assert (AGAIN in text, NOTHING in text) == (False, True)


def test_a_step_that_somebody_else_took_meanwhile_is_not_offered_again(
    office: Office, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form was good when it came; when its action runs, the head has written the same letter."""
    once = views.once

    def late(*told: Any) -> Any:
        actions.ask_information(dossier, office.head, "كم عدد الخيام؟")
        return once(*told)

    monkeypatch.setattr(views, "once", late)
    page = address(office.council, "office-do", dossier.number, "ask-information")
    answer = sign_in(office.officer).post(page, {"key": "one", "question": "متى تعيدونها؟"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert ("متى تعيدونها؟" in text, 'id="do-ask-information"' in text) == (True, False)
    assert text.count('class="notice bad"') == 1
