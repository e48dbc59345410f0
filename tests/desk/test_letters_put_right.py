"""What a signatory reads is what is sealed: all that the paper prints, and put right with its dossier."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import escape

from tadbir.acts import actions as acts
from tadbir.acts.models import Act, Draft
from tadbir.councils.models import Person
from tadbir.councils.shown import Changed
from tadbir.desk import papers
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier
from tadbir.services import actions as services
from tadbir.services.actions import file_request
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

NAME, REASON = "جمعية آفاق النخيل", "كُتب الاسم خطأ"


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December, whose answer is written."""
    made = file_request(loan_filing(adopted_loan(office))).dossier
    at_once.draft_outcome(made, office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة لنشاط آخر.")
    return made


def waiting(dossier: Dossier) -> Draft:
    found = papers.answer_being_prepared(read(dossier))
    assert found
    return found


def read(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def put_right(dossier: Dossier, office: Office, **told: str) -> None:
    now = dossiers.particulars(read(dossier))
    dossiers.correct_particulars(read(dossier), office.clerk, now | told, REASON)


def test_a_letter_that_waits_bears_the_name_that_was_put_right(office: Office, dossier: Dossier) -> None:
    president, page = sign_in(office.president), address(office.council, "office-signing-letter", waiting(dossier).pk)
    before = president.read(page)
    put_right(dossier, office, name=NAME, address="حي السلام، الداخلة")
    assert waiting(dossier).prepared_by == office.officer  # still his who wrote it
    refused = president.post(page, {"read": "on", "shown": before})
    assert refused.status_code == 409  # what he had read is another paper by now
    text = refused.content.decode()
    assert f'<ins dir="auto">{NAME}' in text
    assert str(office.clerk) in text  # who put it right, not who wrote the letter
    assert not Act.objects.filter(kind="outcome").exists()
    assert president.post(page, {"read": "on"}).status_code == 302
    sealed = Act.objects.get(kind="outcome").document
    assert sealed["recipient"]["name_ar"] == sealed["recipient"]["name_fr"] == NAME
    assert sealed["recipient"]["address_ar"] == "حي السلام، الداخلة"
    assert sealed["blocks"][0]["text"] == "تعذرت الاستجابة."  # its own words as they were


def test_the_letter_of_a_step_too(office: Office, dossier: Dossier) -> None:
    services.ask_information(read(dossier), office.officer, "كم خيمة تطلبون؟")
    put_right(dossier, office, name=NAME)
    letter = papers.letter_waiting(read(dossier), "information_asked")
    assert letter
    act = at_once.sign_outcome(letter, read(dossier), office.president, office.president, means="session")
    assert act.document["recipient"]["name_ar"] == NAME
    assert any("كم خيمة" in str(block) for block in act.document["blocks"])


def test_the_day_of_the_request_too(office: Office, dossier: Dossier) -> None:
    assert "فاتح دجنبر 2026" in waiting(dossier).body["reference_ar"]
    Dossier.objects.filter(pk=dossier.pk).update(channel="counter")  # whose day somebody typed
    day = read(dossier).opened_on.replace(month=11, day=10)
    dossiers.correct_filing_day(read(dossier), office.director, day, "تاريخ الإيداع خطأ")
    assert "10 نونبر 2026" in waiting(dossier).body["reference_ar"]


def test_a_letter_that_says_otherwise_than_its_dossier_goes_back_to_its_writer(
    office: Office, dossier: Dossier
) -> None:
    draft = waiting(dossier)
    acts.change_draft(
        draft, draft.body | {"recipient": draft.body["recipient"] | {"name_ar": "اسم قديم"}}, office.officer
    )
    page = address(office.council, "office-signing-letter", draft.pk)
    text = sign_in(office.president).get(page).content.decode()
    assert "صُحح الملف" in text
    assert 'name="read"' not in text
    for means in ("session", "wet_ink"):
        with pytest.raises(ValidationError):
            at_once.sign_outcome(waiting(dossier), read(dossier), office.president, office.president, means=means)
    at_once.draft_outcome(read(dossier), office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة لنشاط آخر.")
    assert 'name="read"' in sign_in(office.president).get(page).content.decode()


def test_all_that_the_sealed_paper_says_stood_on_the_page_of_its_signatory(office: Office, dossier: Dossier) -> None:
    put_right(dossier, office, address="حي السلام، الداخلة")
    page = address(office.council, "office-signing-letter", waiting(dossier).pk)
    text = re.sub(r"<[^>]*>|[\u2068\u2069]", "", sign_in(office.president).get(page).content.decode())
    assert "نوع الجواب · رفض" in " ".join(text.split())
    at_once.sign_outcome(waiting(dossier), read(dossier), office.president, office.president, means="session")
    sealed = Act.objects.get(kind="outcome").document
    to, signature = sealed["recipient"], sealed["signature"]
    said = [to["name_ar"], to["address_ar"], sealed["sender_ar"], sealed["reference_ar"], sealed["title_ar"]]
    said += [signature["name_ar"], signature["quality_ar"], sealed["dossier"]]
    said += [block["text"] for block in sealed["blocks"]] + [one["text_ar"] for one in sealed["remedies"]]
    assert [one for one in said if escape(one) not in text] == []


@pytest.mark.parametrize("told", [{"name": NAME}, {"address": "حي السلام"}])
def test_what_is_put_right_is_read_before_it_is_signed(office: Office, dossier: Dossier, told: dict[str, Any]) -> None:
    before = papers.shown_to_sign(read(dossier), waiting(dossier), office.president).token
    papers.shown_to_sign(read(dossier), waiting(dossier), office.president).require(before)
    put_right(dossier, office, **told)
    with pytest.raises(Changed):
        papers.shown_to_sign(read(dossier), waiting(dossier), office.president).require(before)


def test_who_signs_is_read_before_it_is_signed(office: Office, dossier: Dossier) -> None:
    before = papers.shown_to_sign(read(dossier), waiting(dossier), office.president).token
    Person.objects.filter(pk=office.president.pk).update(name_ar="اسم آخر")
    president = Person.objects.get(pk=office.president.pk)
    with pytest.raises(Changed):
        papers.shown_to_sign(read(dossier), waiting(dossier), president).require(before)


def test_a_sealed_letter_keeps_its_words_and_whoever_notifies_it_is_told(office: Office, dossier: Dossier) -> None:
    act = at_once.sign_outcome(waiting(dossier), read(dossier), office.officer, office.president, means="wet_ink")
    page, officer = address(office.council, "office-answer-notify", dossier.number, act.number), sign_in(office.officer)
    assert "بعد ختم هذه الرسالة" not in officer.get(page).content.decode()
    put_right(dossier, office, name=NAME)
    text = officer.get(page).content.decode()
    assert "بعد ختم هذه الرسالة" in text
    assert f'<ins dir="auto">{NAME}</ins>' in text
    assert Act.objects.get(pk=act.pk).document["recipient"]["name_ar"] == "جمعية آفاق النخلة"
