"""A document of several sheets: one file after the other, each listed, removable, and told apart by the clerk."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tadbir.dossiers.models import Document, Dossier
from tadbir.services.actions import drafts
from tadbir.services.models import DraftDocument
from tadbir.services.public import documents as pages
from tadbir.services.queries import residents
from tadbir.services.requests import DOCUMENTS_AT_MOST, asked_by
from tests.desk.office_desk import address, sign_in
from tests.factories import Office
from tests.services.residents import Resident, text

SLOT = "signed-request"


def sheet_of_paper(width: int) -> bytes:
    """A photo that no other one is."""
    kept = io.BytesIO()
    Image.new("RGB", (width, 8), "white").save(kept, "PNG")
    return kept.getvalue()


def attach(resident: Resident, draft: str, rank: int) -> int:
    code = SLOT if rank == 1 else f"{SLOT}__{rank}"
    return int(resident.attach(draft, code, sheet_of_paper(8 + rank), f"sheet{rank}.png").status_code)


def test_each_sheet_is_listed_and_filed_under_its_document(resident: Resident, office: Office) -> None:
    draft = resident.begin()
    page = resident.get(f"request/{draft}/documents/")
    assert "30" in text(page), "how many files a request takes is said before one is chosen"
    assert f"{SLOT}__2" not in page.content.decode(), "one more is offered once there is a first"
    assert [attach(resident, draft, rank) for rank in (1, 2, 3)] == [302, 302, 302]
    page = resident.get(f"request/{draft}/documents/")
    assert all(f"sheet{rank}.png" in text(page) for rank in (1, 2, 3))
    assert f'name="{SLOT}__4-document"' in page.content.decode()
    checked = text(resident.get(f"request/{draft}/check/"))
    assert all(f"sheet{rank}.png" in checked for rank in (1, 2, 3))
    assert resident.attach(draft, "liability").status_code == 302
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    kept = Document.objects.filter(dossier=dossier).order_by("pk").values_list("requirement", "name")
    assert list(kept)[:3] == [(SLOT, "sheet1.png"), (SLOT, "sheet2.png"), (SLOT, "sheet3.png")]
    followed = text(resident.get(f"follow/{dossier.number}/"))
    assert all(f"sheet{rank}.png" in followed for rank in (1, 2, 3))
    desk = text(sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)))
    assert "(2)" in desk, "the clerk tells one sheet from the other"
    assert "(3)" in desk


def test_one_sheet_is_removed_and_the_others_stay(resident: Resident) -> None:
    draft = resident.begin()
    for rank in (1, 2, 3):
        attach(resident, draft, rank)
    assert resident.post(f"request/{draft}/documents/{SLOT}/remove/").status_code == 302
    page = text(resident.get(f"request/{draft}/documents/"))
    assert "sheet1.png" not in page
    assert "sheet2.png" in page
    assert not [
        one for one in residents.attached_to(drafts.Draft.objects.get(), "") if one.code == SLOT and one.required
    ]
    assert attach(resident, draft, 1) == 302, "its place is free again"
    assert DraftDocument.objects.count() == 3


def test_a_sheet_sent_again_is_kept_once_and_a_strange_place_is_refused(resident: Resident) -> None:
    draft = resident.begin()
    attach(resident, draft, 1)
    again = resident.attach(draft, f"{SLOT}__2", sheet_of_paper(9), "sheet1.png")
    assert again.status_code == 302
    assert DraftDocument.objects.count() == 1
    for strange in (f"{SLOT}__1", f"{SLOT}__31", f"{SLOT}__2__2", "no-such__2"):
        assert resident.attach(draft, strange, sheet_of_paper(30)).status_code == 422, strange
    assert DraftDocument.objects.count() == 1


@pytest.mark.parametrize("french", [False, True])
def test_the_same_photo_of_another_sheet_is_said_and_another_one_replaces(resident: Resident, french: bool) -> None:
    resident.french = french
    said = "rien n’a été ajouté ni remplacé" if french else "لم يُضف شيء ولم يُعوض"
    draft = resident.begin()
    for rank in (1, 2):
        assert attach(resident, draft, rank) == 302
    for code in (f"{SLOT}__2", f"{SLOT}__3"):  # in the place of the second sheet, and beside both
        again = resident.attach(draft, code, sheet_of_paper(9), "copy.png")
        assert again.status_code == 302
        page = text(resident.get(again["Location"]))
        assert (said in page, "copy.png" in page, "sheet2.png" in page) == (True, False, True), code
    assert said not in text(resident.get(f"request/{draft}/documents/"))
    file = SimpleUploadedFile("copy.png", sheet_of_paper(9))
    onward = resident.post(f"request/{draft}/documents/", {f"{SLOT}__3-document": file})
    assert said in text(resident.get(onward["Location"])), "“Next” says it too before it goes on"
    other = resident.attach(draft, f"{SLOT}__2", sheet_of_paper(40), "right.png")
    page = text(resident.get(other["Location"]))
    assert (said in page, "right.png" in page, "sheet2.png" in page) == (False, True, False)
    strange = text(resident.get(f"request/{draft}/documents/?same=no-such&same={SLOT}__9"))
    assert said not in strange


def test_the_last_place_is_taken_and_replaced_and_no_further_one_is(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (drafts, residents, pages):
        monkeypatch.setattr(module, "DOCUMENTS_AT_MOST", 2)
    draft = resident.begin()
    assert [attach(resident, draft, rank) for rank in (1, 2, 3)] == [302, 302, 422]
    assert resident.attach(draft, f"{SLOT}__2", sheet_of_paper(50), "better.png").status_code == 302
    page = resident.get(f"request/{draft}/documents/")
    assert "better.png" in text(page)
    assert f"{SLOT}__3" not in page.content.decode()


@pytest.mark.parametrize(
    ("code", "document"),
    [(SLOT, SLOT), (f"{SLOT}__2", SLOT), (f"{SLOT}__{DOCUMENTS_AT_MOST}", SLOT), ("a__b", "a__b"), ("a__1", "a__1")],
)
def test_the_document_of_a_file(code: str, document: str) -> None:
    assert asked_by(code) == document
