"""Over the questions of a form stands what its law asks: whoever complains, or reports a damage, asks for nothing."""

import re
from html import unescape

import pytest
from django.utils.translation import override

from tadbir import law
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services.forms.residents import RequestForm
from tests.factories import Office
from tests.services.residents import Resident

SAID = {
    "complaint": ("ماذا وقع؟", "Que s’est-il passé ?"),
    "council-commitment": ("ما الذي تبلغون عنه؟", "Que signalez-vous ?"),
}


def _plain(words: str) -> str:
    """The words without their tags, with plain spaces before their marks."""
    return re.sub(r"\s", " ", unescape(re.sub("<[^>]+>", "", words)))


def test_these_laws_alone_ask_something_else_than_what_is_asked_for() -> None:
    assert {code: (one.asks.ar, _plain(one.asks.fr)) for code, one in law.REGIMES.items() if one.asks} == SAID


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("complaint", SAID["complaint"]),
        ("road-damage", SAID["council-commitment"]),
        ("rural-track", ("ماذا تطلبون؟", "Que demandez-vous ?")),
    ],
)
def test_the_heading_and_the_letter_of_a_form_say_it(office: Office, code: str, words: tuple[str, str]) -> None:
    sheet, resident = take_from_catalogue(code, office.unit), Resident(office)
    pages = [resident.get(f"{language}services/{code}/request/").content.decode() for language in ("", "fr/")]
    for page, said in zip(pages, words, strict=True):
        headings = [_plain(one) for one in re.findall("<h2>(.*?)</h2>", page)]
        assert said in headings
    assert ("ماذا تطلبون؟" in pages[0]) is (code == "rural-track")
    with override("ar"):
        assert str(RequestForm(sheet).fields["letter"].label) == words[0]
