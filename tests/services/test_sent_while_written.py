"""What the person sends while a letter is written or signed: an old page is stopped and says what came, whoever signs
reads it, and the tray keeps it until somebody who was shown it did something."""

import re

import pytest

from tadbir.acts.models import Draft
from tadbir.desk import papers
from tadbir.dossiers.models import Dossier, Fact
from tests import at_once as desk
from tests.browser import Browser
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, Office, adopted_loan
from tests.services.residents import Resident, text
from tests.services.test_adding import tray
from tests.services.test_remedy_documents import SENT, refused, send
from tests.services.test_remedy_words import MORE, add

TYPED = {"sense": "granted", "body_ar": "قررنا الاستجابة لطلبكم.", "body_fr": ""}


@pytest.fixture
def resident(office: Office) -> Resident:
    adopted_loan(office)
    return Resident(office)


def token(browser: Browser, page: str) -> str:
    found = browser.read(page)
    assert found
    return found


def signing(office: Office, *, french: bool = True) -> str:
    letter = Draft.objects.filter(kind__in=papers.KINDS, act__isnull=True).get()
    return address(office.council, "office-signing-letter", letter.pk, french=french)


def test_the_writer_is_stopped_by_what_was_added_to_the_remedy_and_reads_it(resident: Resident) -> None:
    number, office = refused(resident), resident.office
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    officer = sign_in(office.officer)
    page = address(office.council, "office-answer", number, french=True) + "?sense=granted"
    read = token(officer, page)
    add(resident, number, MORE)
    refused_page = officer.post(page, TYPED | {"shown": read})
    said = text(refused_page)
    assert (refused_page.status_code, Draft.objects.filter(kind=papers.APPEAL_ANSWER).exists()) == (409, False)
    assert re.search(r"<ins[^>]*>Ajout", refused_page.content.decode())
    assert "le demandeur" in said
    assert all(words in said for words in (MORE, TYPED["body_ar"])), "what came is there, and what he typed"
    assert number in tray(resident), "nobody did anything"
    assert officer.post(page, TYPED).status_code == 302


def test_the_signer_reads_the_remedy_and_what_was_added_before_he_signs(resident: Resident) -> None:
    number, office = refused(resident), resident.office
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    desk.draft_outcome(Dossier.objects.get(), office.officer, "refused", "نص الجواب", "سبب")
    president, page = sign_in(office.president), signing(office)
    assert SENT["text"] in text(president.get(page))
    read = token(president, page)
    add(resident, number, MORE)
    stopped = president.post(page, {"shown": read, "read": "on"})
    assert (stopped.status_code, Fact.objects.filter(kind="answer_signed").exists()) == (409, False)
    assert "le demandeur" in text(stopped)
    assert MORE in text(president.get(page))
    assert number in tray(resident)
    read = token(president, page)
    assert send(resident, number, "appeal_filed").status_code == 302
    assert president.post(page, {"shown": read, "read": "on"}).status_code == 409, "a document of the remedy too"
    signed = president.post(page, {"shown": token(president, page), "read": "on"})
    assert signed.status_code == 302, text(signed)[-1500:]
    assert number not in tray(resident), "whoever signed was shown it"


def test_the_answer_to_a_question_and_an_early_remedy_stop_an_old_page(resident: Resident) -> None:
    _draft, number, _code = resident.file(*BOTH)
    office = resident.office
    desk.ask_information(Dossier.objects.get(), office.officer, "كم عدد الخيام؟")
    officer = sign_in(office.officer)
    page = address(office.council, "office-answer", number, french=True) + "?sense=granted"
    read = token(officer, page)
    resident.post(f"follow/{number}/answer/", {"text": "عشر خيام"})
    stopped = officer.post(page, TYPED | {"shown": read})
    assert (stopped.status_code, "عشر خيام" in text(stopped)) == (409, True)
    assert officer.post(page, TYPED).status_code == 302
    president, page = sign_in(office.president), signing(office)
    read = token(president, page)
    resident.post(f"follow/{number}/remedies/grievance_filed/", SENT)
    assert Fact.objects.filter(kind="grievance_filed").exists()
    assert president.post(page, {"shown": read, "read": "on"}).status_code == 409
    assert all(words in text(president.get(page)) for words in ("عشر خيام", SENT["text"]))


def test_a_notification_does_not_empty_the_tray(resident: Resident) -> None:
    number, office = refused(resident), resident.office
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    act = desk.sign_outcome(
        desk.draft_outcome(Dossier.objects.get(), office.officer, "granted", "نص الجواب"),
        Dossier.objects.get(),
        office.president,
        office.president,
        means="session",
    )
    add(resident, number, MORE)
    assert number in tray(resident)
    desk.notify_outcome(
        act, Dossier.objects.get(), office.officer, how="in_hand", on=act.date, proof="توقيع على النسخة"
    )
    assert number in tray(resident), "its page shows the letter alone"
    answer = desk.draft_outcome(Dossier.objects.get(), office.officer, "granted", "نص الجواب")
    desk.sign_outcome(answer, Dossier.objects.get(), office.president, office.president, means="session")
    assert number not in tray(resident)
