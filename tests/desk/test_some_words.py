"""Whoever must give a reason gives it in words: marks and spaces alone are none, by any way."""

import pytest
from django.core.exceptions import ValidationError

from tadbir.acts.models import Act
from tadbir.councils.actions.correcting import require_reason
from tadbir.desk import papers
from tadbir.desk.actions.checks import reason_of
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier
from tadbir.reading.letters import has_words
from tadbir.services.actions import file_request
from tadbir.ui import forms
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

NOTHING = ("", " ", ".", "   .  ", "…", "-", "؟!", "«   .  »", "12", "٣", "\u200f.\u200f", "\n.\n.\n")


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December."""
    return file_request(loan_filing(adopted_loan(office))).dossier


@pytest.mark.parametrize("text", NOTHING)
def test_marks_are_no_words(text: str) -> None:
    assert not has_words(text)
    for reader in (reason_of, require_reason):
        with pytest.raises(ValidationError):
            reader(text)


@pytest.mark.parametrize("text", ["محجوزة", "à", "2 tentes.", "و"])
def test_a_word_is_one(text: str) -> None:
    assert has_words(text)
    assert require_reason(text) == text


@pytest.mark.parametrize("text", [".", "   .  ", "«   .  »", "…"])
def test_a_field_that_must_be_filled_takes_no_marks(text: str) -> None:
    with pytest.raises(ValidationError):
        forms.LongTextField().clean(text)
    assert forms.LongTextField().clean("12 خيمة.") == "12 خيمة."
    assert forms.LongTextField(required=False).clean(text) == text.strip()  # nobody has to say anything there


@pytest.mark.parametrize("sense", ["refused", "partial"])
def test_a_refusal_is_reasoned_in_words(office: Office, dossier: Dossier, sense: str) -> None:
    page = f"{address(office.council, 'office-answer', dossier.number)}?sense={sense}"
    officer, told = sign_in(office.officer), {"sense": sense, "body_ar": "تعذرت الاستجابة لجزء من طلبكم."}
    for reasons in (".", "   .  ", "…", "«   .  »"):
        with pytest.raises(ValidationError):
            at_once.draft_outcome(dossier, office.officer, sense, told["body_ar"], reasons)
        assert officer.post(page, told | {"reasons_ar": reasons}).status_code == 422
    with pytest.raises(ValidationError):
        at_once.draft_outcome(dossier, office.officer, sense, " . ", "الخيام محجوزة.")
    assert papers.answer_being_prepared(dossier) is None
    assert officer.post(page, told | {"reasons_ar": "الخيام محجوزة."}).status_code == 302


def test_nothing_is_put_right_for_a_dot(office: Office, dossier: Dossier) -> None:
    told = dossiers.particulars(dossier) | {"name": "جمعية آفاق النخيل"}
    draft = at_once.draft_outcome(dossier, office.officer, "granted", "قررنا الاستجابة.")
    for reason in (".", " … "):
        with pytest.raises(ValidationError):
            dossiers.correct_particulars(dossier, office.clerk, told, reason)
        with pytest.raises(ValidationError):
            at_once.send_back(draft, dossier, office.president, reason)
    assert dossiers.correct_particulars(dossier, office.clerk, told, "كُتب خطأ")
    assert not Act.objects.filter(kind="outcome").exists()
