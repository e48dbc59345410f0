"""What a signatory reads of the ways to contest is what the paper says, word for word, in both languages."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from tadbir.acts import documents
from tadbir.desk import papers
from tadbir.desk.papers.parts import remedy_words
from tadbir.services.actions import file_request
from tadbir.ui.dates import by_words, day_words
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

_LABELS = (Path(documents.__file__).parent / "typst" / "labels.typ").read_text()


def label(name: str, lang: str) -> str:
    """A label of the papers, Arabic first in its file."""
    return re.findall(rf'{name}: "([^"]*)"', _LABELS)[0 if lang == "ar" else 1]


def plain(words: str) -> str:
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", words).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_the_words_before_signing_are_those_of_the_paper(lang: str) -> None:
    day, received = date(2026, 12, 31), date(2026, 11, 30)
    remedy = {"text_ar": "الطعن", "text_fr": "Le recours", "file_before": "2026-12-31"}
    with override(lang):
        fixed = remedy_words(remedy)
        counted = remedy_words(remedy | {"if_received": "2026-11-30"})
    text = remedy[f"text_{lang}"]
    by = by_words(day, lang)
    assert plain(fixed) == plain(f"{text} ({label('remedy-before', lang)} {by})")
    first = f"{label('remedy-from', lang)} {day_words(received, lang)}{label('remedy-then', lang)}"
    assert plain(counted) == plain(f"{text} ({first} {by})")


def test_the_page_of_the_signatory_has_them_and_the_salutation(office: Office) -> None:
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    at_once.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "محجوزة.")
    draft = papers.answer_being_prepared(dossier)
    assert draft
    page = sign_in(office.president).get(address(office.council, "office-signing-letter", draft.pk)).content.decode()
    assert "يُنصح بذلك إلى غاية" in plain(page)
    assert draft.body["greeting_ar"] in page
