"""Without script too, the button of the other language takes along what is typed, and records nothing."""

import re
from html import unescape

import pytest

from tadbir.desk import papers
from tadbir.desk.papers.letters import step_of
from tadbir.dossiers.models import Dossier
from tadbir.services import actions
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, Office, adopted_loan, loan_filing
from tests.services.residents import Resident

MINE = "نعتذر عن إعارة الخيام\nفي هذا التاريخ."


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete request."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def button(page: str) -> str:
    """Where the button of the other language sends the form; empty where its form goes."""
    found = re.search(r'<button class="lang" form="typed" name="in" value="(?:ar|fr)"(?: formaction="([^"]*)")?', page)
    assert found, "a link would lose what is typed"
    assert page.count('id="typed"') == 1
    return unescape(found[1] or "")


def typed_in(page: str, name: str) -> str:
    return unescape(page.partition(f'name="{name}"')[2].partition("</textarea>")[0].partition(">")[2].strip())


def test_the_letter_of_an_answer(office: Office, dossier: Dossier) -> None:
    client, page = sign_in(office.officer), address(office.council, "office-answer", dossier.number)
    assert button(client.get(page, {"sense": "refused"}).content.decode()) == ""
    typed = {"sense": "refused", "body_ar": MINE, "reasons_ar": "محجوزة", "in": "fr"}
    moved = client.post(f"{page}?sense=refused", typed)
    assert moved.status_code == 302
    assert moved["Location"] == address(office.council, "office-answer", dossier.number, french=True) + "?sense=refused"
    french = client.get(moved["Location"]).content.decode()
    assert 'lang="fr"' in french
    assert typed_in(french, "body_ar").split() == MINE.split()
    assert typed_in(french, "reasons_ar") == "محجوزة"
    assert papers.answer_being_prepared(dossier) is None, "nothing is kept by looking"


def test_the_words_of_a_letter_of_a_step(office: Office, dossier: Dossier) -> None:
    draft, client = actions.ask_information(dossier, office.officer, "أي يوم بالضبط؟"), sign_in(office.officer)
    page = address(office.council, "office-letter-words", dossier.number, draft.pk)
    there = button(client.get(page).content.decode())
    assert there == address(office.council, "office-letter-words", dossier.number, draft.pk, french=True)
    read = client.read(page)  # type: ignore[attr-defined]
    french = client.post(there, {"reason": MINE, "in": "fr", "shown": read})
    assert french.status_code == 200
    assert typed_in(french.content.decode(), "reason").split() == MINE.split()
    draft.refresh_from_db()
    step = step_of(draft)
    assert step
    assert step.words["reason"] == "أي يوم بالضبط؟", "nothing is kept by looking"
    at_once.actions.change_letter(draft, dossier, office.officer, {"reason": "أي ساعة بالضبط؟"}, shown=read)
    late = client.post(there, {"reason": MINE, "in": "fr", "shown": read})
    assert late.status_code == 409, "what another wrote meanwhile is shown, not written over"
    assert typed_in(late.content.decode(), "reason").split() == MINE.split()


def test_the_answer_of_a_person_on_the_page_of_his_dossier(office: Office) -> None:
    adopted_loan(office)
    resident = Resident(office)
    _draft, number, _code = resident.file(*BOTH)
    at_once.ask_information(Dossier.objects.get(), office.officer, "كم خيمة؟")
    there = button(resident.get(f"follow/{number}/").content.decode())
    assert there == resident.address(f"fr/follow/{number}/answer/")
    french = resident.post(there, {"text": MINE, "in": "fr"})
    assert french.status_code == 200
    said = french.content.decode()
    assert 'lang="fr"' in said
    assert typed_in(said, "text").split() == MINE.split()
    assert not Dossier.objects.get().facts.filter(kind="information_received").exists(), "nothing is sent by looking"
    back = resident.post(button(said), {"text": MINE, "in": "ar"}).content.decode()
    assert typed_in(back, "text").split() == MINE.split()
    assert resident.post(f"follow/{number}/answer/", {"text": MINE}).status_code == 302
    assert Dossier.objects.get().facts.filter(kind="information_received").exists()
