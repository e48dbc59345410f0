"""A signed letter that waits for the person is handed to him by whoever serves him, who records it there and then."""

import pytest
from django.core.exceptions import PermissionDenied

from tadbir.acts.models import Act
from tadbir.acts.queries import as_shown
from tadbir.desk import actions
from tadbir.dossiers.models import Dossier
from tadbir.services.actions import file_request
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

pytestmark = pytest.mark.postgres


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return file_request(loan_filing(adopted_loan(office))).dossier


@pytest.fixture
def act(office: Office, dossier: Dossier) -> Act:
    """Its answer, signed by hand."""
    draft = at_once.draft_outcome(dossier, office.officer, "granted", "نعم")
    return at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")


def test_the_counter_hands_a_signed_letter_over_and_records_it(office: Office, dossier: Dossier, act: Act) -> None:
    clerk = sign_in(office.clerk)
    page = address(office.council, "office-answer-notify", dossier.number, act.number)
    assert page in clerk.get(address(office.council, "office-dossier", dossier.number)).content.decode()
    form = clerk.get(page).content.decode()
    assert 'value="in_hand"' in form
    assert 'value="registered_post"' not in form  # the counter sends nothing
    assert "answer/" + act.number + "/scan/" not in form
    told = {"how": "in_hand", "on": "2026-12-01", "proof": "توقيع"}
    assert clerk.post(page, told | {"how": "registered_post"}).status_code == 422
    assert clerk.post(page, told).status_code == 302
    act.refresh_from_db()
    assert (act.notified_means, act.notified_proof) == ("in_hand", "توقيع")
    assert dossier.facts.get(kind="notified").by == office.clerk


def test_whoever_does_not_work_on_it_records_no_other_notification(office: Office, dossier: Dossier, act: Act) -> None:
    shown = as_shown(act).token
    for person, how in ((office.clerk, "registered_post"), (office.clerk, "bailiff"), (office.stranger, "in_hand")):
        with pytest.raises(PermissionDenied):
            actions.notify_paper(act, dossier, person, how=how, on=act.date, proof="توقيع", shown=shown)
    act.refresh_from_db()
    assert act.notified_on is None
