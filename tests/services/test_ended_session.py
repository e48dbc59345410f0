"""The session ended while somebody wrote: what the page says it keeps is kept, and what did not arrive is said."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from tadbir.councils.clock import simulated
from tadbir.councils.scope import council_scope
from tadbir.desk.codes import follow_code
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Fact
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.factories import BOTH, PNG, Office, loan_filing
from tests.services.residents import Resident, text
from tests.services.test_photos import office_sheet
from tests.services.test_public_browser import served  # noqa: F401
from tests.services.test_remedies import GRIEVANCE, refused
from tests.services.test_typed_browser import COUNCIL, in_language, page  # noqa: F401
from tests.ui.conftest import chromium  # noqa: F401

WORDS = "الخيام لم تكن محجوزة"


def test_the_page_that_asks_for_the_code_keeps_the_text_in_the_other_language(resident: Resident) -> None:
    number, code = refused(resident)
    address = f"follow/{number}/{GRIEVANCE}"
    stranger = Resident(resident.office)
    shut = stranger.post(address, {"key": "a" * 32, "text": WORDS})
    assert "«" not in text(shut)
    other = f"/{resident.office.council.slug}/fr/{address}"
    assert f'formaction="{other}"' in shut.content.decode()
    for more in ({"again-code": ""}, {"again-code": code}):
        moved = stranger.post(other, {"key": "a" * 32, "text": WORDS, "in": "fr", **more})
        assert (moved.status_code, WORDS in moved.content.decode()) == (403, True)
        assert "Ce que vous avez écrit est gardé" in text(moved)
        assert 'role="alert"' not in moved.content.decode(), "the language is no wrong code"
    assert not Fact.objects.filter(kind="grievance_filed").exists()
    sent = stranger.post(other, {"key": "a" * 32, "text": WORDS, "again-code": code})
    assert sent.status_code == 302
    assert Fact.objects.get(kind="grievance_filed").words["text"] == WORDS


def test_a_page_that_was_read_comes_back_after_its_code(resident: Resident) -> None:
    number, code = refused(resident)
    stranger, address = Resident(resident.office), f"follow/{number}/{GRIEVANCE}"
    asked = stranger.get(address)
    assert (asked.status_code, 'name="again-read"' in asked.content.decode()) == (403, True)
    assert stranger.post(address, {"again-read": "1", "again-code": "1234"}).status_code == 403
    opened = stranger.post(address, {"again-read": "1", "again-code": code})
    assert opened["Location"] == stranger.full(address)
    assert stranger.get(address).status_code == 200
    again = stranger.post(address, {"again-read": "1", "again-code": code})
    assert again.status_code == 302, "opened in another tab meanwhile: it is read, nothing is sent"
    assert not Fact.objects.filter(kind="grievance_filed").exists()


def test_a_file_that_did_not_arrive_is_named_and_asked_again_where_it_goes(resident: Resident) -> None:
    _draft, number, code = resident.file("signed-request")
    stranger, address = Resident(resident.office), f"follow/{number}/documents/liability/"
    shut = stranger.post(address, {"liability-document": SimpleUploadedFile("التزام.png", PNG)})
    assert "هذا الملف لم يصل" in text(shut)
    assert "التزام.png" in text(shut)
    wrong = stranger.post(address, {"again-lost": "التزام.png", "again-code": "1234 5678"})
    assert "التزام.png" in text(wrong), "still said after a wrong code"
    back = stranger.post(address, {"again-lost": "التزام.png", "again-code": code})
    assert back.status_code == 422
    assert 'href="#id_liability-document"' in back.content.decode(), "beside its field"
    sent = stranger.post(address, {"liability-document": SimpleUploadedFile("التزام.png", PNG)})
    assert sent.status_code == 302


def test_the_other_language_brings_what_was_typed_and_files_nothing(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    with simulated(at("2027-02-03 09:00")):
        record_lapses(date(2027, 2, 3))
        resident.post("follow/", {"number": number, "code": code})
        address = f"follow/{number}/remedies/appeal_filed/"
        ready = resident.get(address).content.decode()
        assert "لم أتوصل بأي جواب" in ready
        there = resident.full(address).replace("/follow/", "/fr/follow/")
        assert f'formaction="{there}"' in ready
        typed = resident.post(there, {"in": "fr", "key": "c" * 32, "text": WORDS})
        assert typed.status_code == 200
        assert WORDS in typed.content.decode()
        assert 'value="' + "c" * 32 in typed.content.decode(), "one key: sent from both pages it is one"
        assert "data-ready" not in typed.content.decode()
        untouched = resident.post(there, {"in": "fr", "key": "c" * 32, "text": "لم أتوصل بأي جواب داخل الأجل."})
        assert "Je n’ai reçu aucune réponse" in text(untouched)
        assert not Fact.objects.filter(kind="appeal_filed").exists()


def test_the_button_of_another_language_does_nothing_where_no_page_has_it(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    # the page where a person answers has it by now: taking a request back, which types nothing, has not
    page = resident.post(f"follow/{number}/withdraw/", {"in": "fr", "text": "عشر خيام"})
    assert (page.status_code, "عشر خيام" in page.content.decode()) == (403, True)
    assert not Fact.objects.filter(kind="withdrawn").exists()


def contested(office: Office) -> tuple[str, str]:
    with council_scope(office.council):
        dossier = actions.file_request(loan_filing(office_sheet())).dossier
        draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "الخيام محجوزة.")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=act.date, proof="توقيع على النسخة")
        return dossier.number, follow_code(dossier)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_language_and_reload_keep_the_text_of_an_ended_session(page: Any, live_server: Any, served: Office) -> None:
    number, code = contested(served)
    address = f"{live_server.url}{COUNCIL}follow/{number}/{GRIEVANCE}"
    page.goto(address)
    page.fill("#again", code)
    page.press("#again", "Enter")
    page.wait_for_selector("#id_text")
    page.fill("#id_text", WORDS)
    page.click("header .lang")
    page.wait_for_selector("html[lang=fr] #id_text")
    assert page.input_value("#id_text") == WORDS
    page.context.clear_cookies()
    page.click("#typed .actions button")
    page.wait_for_selector("#again")
    in_language(page, "ar")
    page.wait_for_selector("#again")
    page.reload()
    page.wait_for_selector("#again")
    if page.scripted:  # gone from the page and come back: the device still has it
        page.goto(f"{live_server.url}{COUNCIL}")
        page.goto(address)
        page.fill("#again", code)
        page.press("#again", "Enter")
        page.wait_for_selector("#id_text")
        expect(page.locator("#id_text")).to_have_value(WORDS)
        page.click("#typed .actions button")
    else:
        page.fill("#again", code)
        page.press("#again", "Enter")
    page.wait_for_selector("#done")
    with council_scope(served.council):
        assert Fact.objects.get(kind="grievance_filed").words["text"] == WORDS
