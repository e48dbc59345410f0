"""Where an entry may not be struck out, the page says what fits instead, and leads there whoever may go."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.models import Person
from tadbir.desk.dossier import Desk
from tadbir.desk.instead import INSTEAD
from tadbir.desk.offers import verb_of
from tadbir.dossiers.models import Dossier
from tadbir.services import actions
from tests import at_once as desk
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


def refused(office: Office, means: str) -> tuple[Dossier, Act]:
    """A refusal notified on 1 December, contested the same day, whose notification was a slip."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب قائم")
    by = office.president if means == "session" else office.officer
    act = desk.sign_outcome(draft, dossier, by, office.president, means=means)
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    actions.file_appeal(dossier, "أعيد النظر", "appeal")
    return dossier, act


def page(office: Office, dossier: Dossier, who: Person) -> str:
    """Why the rest is not struck out, as the page says it."""
    where = address(office.council, "office-do", dossier.number, "correct")
    return sign_in(who).get(where).content.decode().split('<dl class="kv">')[1]


@pytest.mark.parametrize("means", ["wet_ink", "session"])
def test_the_signature_of_a_contested_letter_leads_to_its_signatory(office: Office, means: str) -> None:
    dossier, act = refused(office, means)
    kept = page(office, dossier, office.president)
    notified = dossier.facts.get(kind="notified")
    assert f"?fact={notified.pk}" in kept, "the notification comes first"
    desk.correct_entry(notified, office.director, "سُجل في غير ملفه")
    signed = dossier.facts.get(kind="outcome_signed")
    with pytest.raises(ValidationError, match=f"يطعن في هذه الرسالة.*{office.president}"):
        desk.correct_entry(signed, office.director, "خطأ في الإمضاء")
    where = address(office.council, "office-signed", act.number)
    mine, theirs = (page(office, dossier, who) for who in (office.president, office.director))
    assert (where in mine, where in theirs) == (means == "wet_ink", False)
    assert ("يعترض" in theirs) is (means == "wet_ink")
    if means == "wet_ink":
        president = sign_in(office.president)
        assert president.post(where, {"reason": "لم أمض هذه الرسالة", "sure": "on"}).status_code == 302
        act.refresh_from_db()
        assert act.status == Act.Status.ANNULLED


def test_each_entry_that_nobody_strikes_out_names_a_verb_that_is_there(office: Office) -> None:
    assert set(INSTEAD) <= set(law.NEVER_CORRECTED)
    dossier, _act = refused(office, "session")
    for why, code in INSTEAD.values():
        assert str(why)
        assert verb_of(Desk(dossier, office.director), code), code
    kept = page(office, dossier, office.director)
    assert "به فُتح الملف" in kept
    assert address(office.council, "office-do", dossier.number, "put-right") in kept
