"""What is elsewhere by now says so, with who did it, when and where it is; what was typed is on that page."""

import pytest

from tadbir.councils.clock import today
from tadbir.councils.models import Quality
from tadbir.desk import actions as office_actions
from tadbir.desk.actions import powers
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier
from tadbir.services.actions import file_request
from tests import at_once
from tests.desk.office_desk import address, opens, sign_in
from tests.factories import Office, adopted_loan, loan_filing

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return file_request(loan_filing(adopted_loan(office))).dossier


def test_what_is_sent_to_a_dossier_given_away_says_who_gave_it_to_whom(office: Office, dossier: Dossier) -> None:
    officer, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    dossiers.reassign(dossier, office.head, office.stranger, office.other_unit, "سهو")
    for answer in (officer.get(page), officer.post(page, {"body_ar": "نص طويل كتبته", "sense": "granted"}, **OURS)):
        text = answer.content.decode()
        assert answer.status_code == 410
        assert str(office.head) in text
        assert str(office.other_unit) in text
        assert str(office.stranger) in text
        assert address(office.council, "office-given", dossier.number) in text
    assert "نص طويل كتبته" in text
    lost = "لم يُسجل شيء مما أرسلتم"
    assert (lost in text, lost in officer.get(page).content.decode()) == (True, False)
    assert sign_in(office.clerk).get(page).status_code == 403, "who never had it learns nothing new"


def test_who_gave_it_first_still_learns_where_it_lies_when_it_was_given_on(office: Office, dossier: Dossier) -> None:
    dossiers.reassign(dossier, office.officer, office.stranger, office.other_unit, "سهو")
    dossier.refresh_from_db()
    dossiers.reassign(dossier, office.stranger, None, office.other_unit, "عبء")
    officer, given = sign_in(office.officer), address(office.council, "office-given", dossier.number)
    text = officer.get(given).content.decode()
    assert str(office.other_unit) in text
    assert "<form" not in text.split("<main")[1].split("</main>")[0], "whoever gave it last asks for it back"


def test_an_opinion_given_by_a_colleague_meanwhile_is_no_page_that_does_not_exist(
    office: Office, dossier: Dossier
) -> None:
    asked = office_actions.ask_opinion(dossier, office.officer, office.other_unit, "هل من مانع؟")
    stranger, page = sign_in(office.stranger), address(office.council, "office-opinion", asked.pk)
    assert stranger.post(page, {"text": "لا مانع"}).status_code == 302
    late = stranger.post(page, {"text": "رأي ثان"}, **OURS)
    assert late.status_code == 410
    assert "رأي ثان" in late.content.decode()
    assert sign_in(office.officer).post(page, {"text": "لا"}).status_code == 404


def test_an_entry_that_cannot_be_struck_out_is_refused_before_anything_is_asked(
    office: Office, dossier: Dossier
) -> None:
    whole = dossier.facts.get(kind="completed")
    page = address(office.council, "office-do", dossier.number, "correct") + f"?fact={whole.pk}"
    refused = sign_in(office.director).get(page)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "لا تنقص أي وثيقة" in text
    assert "ما يترتب" not in text


def test_whoever_asked_is_not_offered_to_confirm_it(office: Office) -> None:
    opens(office.president, office.director)
    given = (office.stranger, Quality.HEAD, today(), office.other_unit, None)
    change = powers.give_role(*given, by=office.director)
    assert change is not None
    page = address(office.council, "office-power", change.pk)
    own, other = (sign_in(one).get(page).content.decode() for one in (office.director, office.president))
    assert 'value="confirm"' not in own
    assert 'value="refuse"' in own
    assert 'value="confirm"' in other


def test_a_letter_signed_meanwhile_is_not_a_page_that_does_not_exist(office: Office, dossier: Dossier) -> None:
    draft = at_once.draft_outcome(dossier, office.officer, "granted", "نعم")
    at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    officer = sign_in(office.officer)
    assert officer.get(address(office.council, "office-letter-print", dossier.number, draft.pk)).status_code == 410
    assert officer.get(address(office.council, "office-letter-print", dossier.number, 99999)).status_code == 404
