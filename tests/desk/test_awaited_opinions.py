"""Whoever writes or signs an answer knows that an opinion is still awaited; nothing is barred."""

import pytest

from tadbir.acts.models import Act
from tadbir.desk import actions as office_actions
from tadbir.desk import papers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.services.actions import file_request
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

AWAITED = "وهذا الجواب لا ينتظره"


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file, about which another unit is asked, with an answer that is written."""
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    office_actions.ask_opinion(dossier, office.officer, office.other_unit, "ما رأيكم؟")
    at_once.draft_outcome(dossier, office.officer, "granted", "تعار الخيام.")
    return dossier


def pages(office: Office, dossier: Dossier) -> list[str]:
    """What whoever writes it reads, whoever records a signature, and who signs it himself."""
    draft = papers.answer_being_prepared(dossier)
    assert draft
    names = (("office-answer", dossier.number), ("office-answer-sign", dossier.number))
    read = [sign_in(office.officer).get(address(office.council, *one)).content.decode() for one in names]
    own = address(office.council, "office-signing-letter", draft.pk)
    return [*read, sign_in(office.president).get(own).content.decode()]


def test_an_opinion_that_is_awaited_is_said_and_bars_nothing(office: Office, dossier: Dossier) -> None:
    for said in pages(office, dossier):
        told = said[said.index(AWAITED) :][:600]
        assert office.other_unit.name_ar in told
        assert "فاتح دجنبر 2026" in told
        assert str(office.officer) in told
    page = address(office.council, "office-answer-sign", dossier.number)
    sent = {"signatory": office.president.pk, "on": "2026-12-01", "means": "wet_ink", "seen": "on"}
    assert sign_in(office.officer).post(page, sent).status_code == 302
    assert Act.objects.filter(kind="outcome").exists()


def test_nothing_is_said_once_it_is_given(office: Office, dossier: Dossier) -> None:
    asked = Fact.objects.get(dossier=dossier, kind="opinion_asked")
    office_actions.give_opinion(dossier, office.stranger, asked, "لا مانع")
    assert not any(AWAITED in said for said in pages(office, dossier))
