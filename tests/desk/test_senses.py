"""The page that writes an answer offers the senses in which it could be signed, and says why not the others."""

import pytest
from django.core.exceptions import ValidationError

from tadbir import law
from tadbir.desk import papers
from tadbir.desk.words import SENSES
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier
from tadbir.dossiers.story import Story
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests import at_once as desk
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing


def petition(office: Office, decided: str) -> Dossier:
    sheet = take_from_catalogue("petition", office.unit)
    dossier = actions.file_request(loan_filing(sheet, brought=(), answers={}, subject="عريضة")).dossier
    desk.record_step(dossier, office.officer, decided, None, "شروطها غير مستوفاة")
    return dossier


def offered(office: Office, dossier: Dossier) -> tuple[set[str], str]:
    """The senses that the page offers, and the page."""
    page = sign_in(office.officer).get(address(office.council, "office-answer", dossier.number)).content.decode()
    return {code for code in SENSES if f'href="?sense={code}"' in page}, page


@pytest.mark.parametrize(("decided", "may"), [("bureau_refused", {"refused"}), ("bureau_accepted", {"granted"})])
def test_a_petition_is_answered_in_the_sense_of_its_bureau(office: Office, decided: str, may: set[str]) -> None:
    dossier = petition(office, decided)
    found, page = offered(office, dossier)
    assert found == may
    story = Story(clockwork.facts_of(dossier))
    for sense in SENSES:
        why = papers.why_not_in_sense(dossier, sense, None, story)
        assert bool(why) is (sense not in may)
        assert all(one in page for one in why), "with the reason"
        if sense not in may:
            with pytest.raises(ValidationError) as refused:
                desk.draft_outcome(dossier, office.officer, sense, "نص الجواب", "السبب قائم")
            assert refused.value.messages == why
    (sense,) = may
    draft = desk.draft_outcome(dossier, office.officer, sense, "نص الجواب كما تقرر.", "السبب قائم")
    assert desk.sign_outcome(draft, dossier, office.president, office.president, means="session").number


@pytest.mark.parametrize("contested", [False, True])
def test_what_is_offered_is_what_is_signed(office: Office, contested: bool) -> None:
    for sense in SENSES:
        dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
        if contested:
            draft = desk.draft_outcome(dossier, office.officer, "refused", "لا", "السبب قائم")
            act = desk.sign_outcome(draft, dossier, office.president, office.president, means="session")
            desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع")
            actions.file_appeal(dossier, "أعيد النظر", f"appeal {sense}")
        assert offered(office, Dossier.objects.get(pk=dossier.pk))[0] == set(SENSES)
        draft = desk.draft_outcome(dossier, office.officer, sense, "نص الجواب كما تقرر.", "السبب قائم")
        assert desk.sign_outcome(draft, dossier, office.president, office.president, means="session").number


def test_every_law_that_is_answered_is_asked_about_each_sense(office: Office) -> None:
    answered = {kind for kind, regime in law.REGIMES.items() if "outcome_signed" in regime.facts}
    for kind in answered:
        dossier = Dossier(kind=kind, number="D", unit=office.unit)
        for sense in SENSES:
            assert papers.why_not_in_sense(dossier, sense, None, Story([])), (
                "nothing is complete: no sense may be signed"
            )
