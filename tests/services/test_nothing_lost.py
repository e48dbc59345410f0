"""Nothing typed or chosen is lost: whatever button is pressed, in whatever language, however often a page is loaded."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tadbir.dossiers.models import Dossier
from tadbir.services.models import Draft, DraftDocument
from tests import at_once
from tests.factories import PNG, Office, adopted_loan
from tests.services.residents import LOAN, Resident, text
from tests.services.test_several_files import sheet_of_paper

START = "services/equipment-loan/request/"


def chosen(code: str, content: bytes = PNG, name: str = "") -> dict[str, Any]:
    return {f"{code}-document": SimpleUploadedFile(name or f"{code}.png", content)}


def kept() -> dict[str, str]:
    return dict(DraftDocument.objects.values_list("requirement", "name"))


def test_step_one_may_be_loaded_again_and_read_in_the_other_language(resident: Resident) -> None:
    sent = resident.post(START, LOAN | {"name": ""})
    place = sent["Location"]
    for address in (place, place, place.replace("/oued-ed-dahab/", "/oued-ed-dahab/fr/")):
        page = resident.get(address)
        assert page.status_code == 422
        assert "دوار النخلة" in page.content.decode()
        assert 'href="#id_name"' in page.content.decode()
    assert Draft.objects.count() == 1


def test_the_first_page_sent_twice_is_one_draft(resident: Resident) -> None:
    """The back button, or a line that was cut: the documents that were sent meanwhile belong to the same draft."""
    page = resident.get(START)
    assert "no-store" not in page["Cache-Control"]  # a browser that comes back to it still has what was typed
    key = re.findall(r'name="key" value="([0-9a-f]{32})"', page.content.decode())[0]
    first = resident.post(START, LOAN | {"key": key})
    draft = first["Location"].split("/")[3]
    resident.attach(draft, "liability")
    assert resident.post(START, LOAN | {"key": key})["Location"] == first["Location"]
    otherwise = resident.post(START, LOAN | {"key": key, "q_place": "دوار الواحة"})
    assert otherwise.status_code == 422
    html = otherwise.content.decode()
    assert 'value="دوار الواحة"' in html
    assert f'action="/oued-ed-dahab/request/{draft}/"' in html
    assert Draft.objects.get().answers["q_place"] == "دوار النخلة"
    assert resident.post(f"request/{draft}/", LOAN | {"q_place": "دوار الواحة"}).status_code == 302
    assert Draft.objects.get().answers["q_place"] == "دوار الواحة"
    assert set(kept()) == {"liability"}
    assert resident.send(draft).status_code == 302
    assert resident.post(START, LOAN | {"key": key})["Location"].endswith("/receipt/")
    for none in ("", "x", "A" * 32):
        resident.post(START, LOAN | {"key": none})
    assert Draft.objects.count() == 4  # what is no key of ours names nothing
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("french", [False, True])
def test_the_language_is_changed_with_what_was_typed(office: Office, french: bool) -> None:
    adopted_loan(office)
    resident = Resident(office, french=french)
    other, before = ("ar", "/fr/") if french else ("fr", "/")
    page = resident.get(START).content.decode()
    assert f'form="typed" name="in" value="{other}"' in page  # the link is a button that takes the form along
    half = {"in": other, "q_place": "دوار النخلة", "subject": "خيام"}
    moved = resident.post(START, half)
    assert moved.status_code == 302
    assert ("/fr/" in moved["Location"]) is not french
    there = resident.get(moved["Location"])
    assert there.status_code == 200  # nothing is called wrong: "next" was not pressed
    assert 'value="دوار النخلة"' in there.content.decode()
    draft = moved["Location"].rstrip("/").rpartition("/")[2]
    back = resident.post(f"request/{draft}/", LOAN | {"in": "fr" if french else "ar", "q_place": "دوار الواحة"})
    assert back["Location"].startswith(f"/oued-ed-dahab{before}request/")
    assert Draft.objects.get().answers["q_place"] == "دوار الواحة"


def test_an_empty_form_in_the_other_language_makes_no_draft(resident: Resident) -> None:
    subject = resident.get(START).content.decode().partition('name="subject" value="')[2].partition('"')[0]
    moved = resident.post(START, {"in": "fr", "subject": subject})
    assert moved["Location"] == "/oued-ed-dahab/fr/services/equipment-loan/request/"
    assert Draft.objects.count() == 0


def test_a_chosen_document_is_kept_by_whatever_button(resident: Resident) -> None:
    draft = resident.begin()
    documents = f"request/{draft}/documents/"
    assert resident.post(documents, chosen("liability"))["Location"].endswith("/check/")  # "next"
    assert kept() == {"liability": "liability.png"}
    pressed = f"{documents}signed-request/"
    assert resident.post(pressed, chosen("signed-request") | chosen("other")).status_code == 302
    assert set(kept()) == {"liability", "signed-request", "other"}
    removed = resident.post(f"{documents}other/remove/", chosen("liability", name="second.png"))
    assert removed.status_code == 302
    assert kept() == {"liability": "second.png", "signed-request": "signed-request.png"}
    moved = resident.post(documents, chosen("other") | {"in": "fr"})
    assert moved["Location"] == f"/oued-ed-dahab/fr/{documents}"
    assert "other" in kept()


def test_what_is_refused_beside_it_does_not_lose_a_good_document(resident: Resident, settings: Any) -> None:
    draft = resident.begin()
    documents, heavy = f"request/{draft}/documents/", PNG + b"\0" * settings.UPLOAD_LIMIT
    for content, said in ((b"MZ program", "JPEG"), (heavy, "8")):
        DraftDocument.objects.all().delete()
        answer = resident.post(documents, chosen("signed-request", content) | chosen("liability"))
        assert answer.status_code == 422
        assert said in text(answer)
        assert 'href="#id_signed-request-document"' in answer.content.decode()
        assert set(kept()) == {"liability"}  # what came after the heavy one was read


def test_the_limit_is_said_before_anything_is_chosen(resident: Resident) -> None:
    draft = resident.begin()
    page = resident.get(f"request/{draft}/documents/")
    assert "HEIC" in text(page)
    assert 'data-limit="8388608"' in page.content.decode()


def test_more_than_any_form_may_weigh_leads_back_to_the_draft(resident: Resident, settings: Any) -> None:
    draft = resident.begin()
    resident.attach(draft, "liability")
    documents = f"request/{draft}/documents/signed-request/"
    settings.BODY_LIMIT = 1000
    refused = resident.post(documents, chosen("signed-request", PNG + b"\0" * 2000))
    assert refused.status_code == 413
    place = f"/oued-ed-dahab/{documents}"
    assert f'href="{place}"' in refused.content.decode()
    page = resident.client.get(place, follow=True)
    assert page.status_code == 200
    assert "photo.png" in text(page)
    assert "دوار النخلة" in text(resident.get(f"request/{draft}/check/"))


@pytest.fixture
def asked(resident: Resident, office: Office) -> str:
    """A dossier that waits for a document and for an answer."""
    _draft, number, _code = resident.file("signed-request", "liability")
    dossier = Dossier.objects.get()
    at_once.ask_information(dossier, office.officer, "كم عدد الخيام؟")
    at_once.ask_replacement(dossier, office.officer, "liability", "غير مقروءة")
    return number


def test_sending_a_document_keeps_the_answer_that_is_being_written(resident: Resident, asked: str) -> None:
    page = resident.get(f"follow/{asked}/").content.decode()
    asked_in = page[page.index("data-each") :].partition("</form>")[0]
    assert all(f'name="{name}"' in asked_in for name in ("text", "liability-document"))  # one form takes both along
    sent = resident.post(
        f"follow/{asked}/documents/liability/", chosen("liability", sheet_of_paper(90)) | {"text": "عشر خيام"}
    )
    assert sent.status_code == 200
    assert "عشر خيام" in sent.content.decode()
    dossier = Dossier.objects.get()
    assert dossier.facts.filter(kind="replacement_received").exists()
    assert not dossier.facts.filter(kind="information_received").exists()
    refused = resident.post(f"follow/{asked}/documents/liability/", {"text": "عشر خيام"})
    assert (refused.status_code, "عشر خيام" in refused.content.decode()) == (422, True)


def test_answering_keeps_the_document_that_was_chosen(resident: Resident, asked: str) -> None:
    sent = resident.post(f"follow/{asked}/answer/", chosen("liability", sheet_of_paper(90)) | {"text": "عشر خيام"})
    assert sent.status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.facts.filter(kind="replacement_received").exists()
    assert dossier.facts.filter(kind="information_received").exists()


def test_an_empty_answer_is_refused_and_the_document_is_kept(resident: Resident, asked: str) -> None:
    sent = resident.post(f"follow/{asked}/answer/", chosen("liability", sheet_of_paper(90)) | {"text": ""})
    assert sent.status_code == 422
    assert 'href="#id_text"' in sent.content.decode()
    assert Dossier.objects.get().facts.filter(kind="replacement_received").exists()


def test_an_answer_sent_again_after_a_lost_line_is_one_and_another_is_shown_beside_it(
    resident: Resident, asked: str
) -> None:
    page = resident.get(f"follow/{asked}/").content.decode()
    question = page.split('name="asked" value="')[1].partition('"')[0]
    facts = Dossier.objects.get().facts
    places = set()
    for words in ("عشر خيام", " عشر خيام "):
        sent = resident.post(f"follow/{asked}/answer/", {"asked": question, "text": words})
        assert sent.status_code == 302
        places.add(sent["Location"])
    assert len(places) == 1, "the same receipt"
    other = resident.post(f"follow/{asked}/answer/", {"asked": question, "text": "بل عشرون خيمة"})
    assert other.status_code == 422
    assert all(words in text(other) for words in ("عشر خيام", "بل عشرون خيمة"))
    assert facts.filter(kind="information_received").count() == 1
    assert facts.get(kind="information_received").words["answer"].strip() == "عشر خيام"
