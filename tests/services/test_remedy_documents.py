"""The documents of a remedy: each by its own request once it is filed, kept once, and refused where none waits."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tadbir.desk.codes import follow_code
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.ui.dates import size_words
from tests import at_once as desk
from tests.factories import BOTH, PNG
from tests.services.residents import Resident, text

SENT = {"key": "a" * 32, "text": "الخيام لم تكن محجوزة"}
REMEDIES = ["appeal_filed", "grievance_filed"]


def send(resident: Resident, number: str, filed: str, content: bytes = PNG, **more: Any) -> Any:
    file = SimpleUploadedFile("صورة.png", content)
    return resident.post(f"follow/{number}/remedies/{filed}/documents/", {"piece-document": file} | more)


def refused(resident: Resident) -> str:
    """A request whose refusal is notified: its number."""
    _draft, number, _code = resident.file(*BOTH)
    dossier, office = Dossier.objects.get(number=number), resident.office
    draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذر ذلك.", "الخيام محجوزة.")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
    desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
    return number


@pytest.mark.postgres
@pytest.mark.parametrize("filed", REMEDIES)
def test_each_document_is_kept_under_the_remedy_that_waits(resident: Resident, filed: str) -> None:
    number = refused(resident)
    address = f"follow/{number}/remedies/{filed}/"
    before = text(resident.get(address))
    assert size_words(settings.UPLOAD_LIMIT, "ar") in before, "the limit is said before"
    assert "أضيفوا وثائقكم" in before
    assert send(resident, number, filed).status_code == 422, "nothing waits yet"
    assert resident.post(address, SENT).status_code == 302
    assert f"{address}#piece" in resident.get(f"follow/{number}/").content.decode()
    for _click in range(2):
        assert send(resident, number, filed).status_code == 302
    kept = Document.objects.get(requirement="appeal")
    added = Fact.objects.get(kind="remedy_added")
    assert (kept.fact, kept.name) == (added, "صورة.png"), "each came on its own day, which the history says"
    assert added.data["asked"] == str(Fact.objects.get(kind=filed).pk)
    assert "صورة.png" in text(resident.get(address))
    assert "صورة.png" in text(resident.get(f"follow/{number}/")), "among what he sent"


def test_a_bad_file_is_refused_beside_its_field_and_the_remedy_stands(resident: Resident) -> None:
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    bad = send(resident, number, "appeal_filed", b"no picture")
    assert bad.status_code == 422
    assert "JPEG" in text(bad)
    assert resident.post(f"follow/{number}/remedies/appeal_filed/documents/").status_code == 422
    assert send(resident, number, "complaint_to_head").status_code == 404
    assert not Document.objects.filter(requirement="appeal").exists()
    assert Fact.objects.filter(kind="appeal_filed").count() == 1


def test_a_document_needs_the_code_and_the_token_of_the_page(resident: Resident) -> None:
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    assert send(Resident(resident.office), number, "appeal_filed").status_code == 403
    strict = Resident(resident.office, client=Client(enforce_csrf_checks=True))
    strict.client.cookies = resident.client.cookies
    assert send(strict, number, "appeal_filed").status_code == 403
    assert not Document.objects.filter(requirement="appeal").exists()
    page = strict.get(f"follow/{number}/remedies/appeal_filed/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert send(strict, number, "appeal_filed", csrfmiddlewaretoken=token).status_code == 302


def test_an_answered_remedy_takes_no_document(resident: Resident) -> None:
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/appeal_filed/", SENT)
    dossier, office = Dossier.objects.get(), resident.office
    desk.answer_appeal(dossier, office.officer, office.president, "refused", "السبب قائم")
    resident.post("follow/", {"number": number, "code": follow_code(dossier)})
    late = send(resident, number, "appeal_filed")
    assert late.status_code == 422
    assert "في انتظار الجواب" in text(late)
    assert not Document.objects.filter(requirement="appeal").exists()


def test_what_is_said_of_files_travels_only_with_a_field_of_files(resident: Resident) -> None:
    draft = resident.begin()
    pages = [resident.get(f"request/{draft}/{step}").content.decode() for step in ("", "documents/", "check/")]
    assert ["data-heavy" in page for page in pages] == [False, True, False]


@pytest.mark.parametrize("filed", REMEDIES)
def test_what_is_added_to_a_remedy_goes_along_into_the_other_language(resident: Resident, filed: str) -> None:
    number = refused(resident)
    resident.post(f"follow/{number}/remedies/{filed}/", SENT)
    own = f"/follow/{number}/remedies/{filed}/documents/"
    page = resident.get(f"follow/{number}/remedies/{filed}/").content.decode()
    assert f'form="typed" name="in" value="fr" formaction="/oued-ed-dahab/fr{own}"' in page
    french = Resident(resident.office, french=True)
    french.client = resident.client
    moved = send(french, number, filed, **{"in": "fr", "adds": "1", "text": "كلمات لم ترسل"})
    assert moved.status_code == 200
    assert ">كلمات لم ترسل</textarea>" in moved.content.decode().replace("\n", "")
    assert "صورة.png" in text(moved), "the file that was chosen is kept, as on the page of the request"
    assert Document.objects.filter(requirement="appeal").count() == 1
    assert not [one for one in Fact.objects.filter(kind="remedy_added") if one.words], "the words wait for their button"
    assert "n’a pas été enregistré" not in text(moved)
