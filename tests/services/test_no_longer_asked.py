"""A file put in for a document that the request asks for no more is shown, removable, and never sent unseen."""

from collections.abc import Iterable

import pytest

from tadbir.dossiers.models import Document, Dossier
from tadbir.procedures.models import Sheet
from tadbir.services.models import Draft
from tadbir.services.queries import residents
from tests.factories import Office, adopted
from tests.services.residents import Resident, text
from tests.services.test_petition_sent import TWELVE
from tests.services.test_several_files import sheet_of_paper

COPIES, STATUTES = "identity-copies", "statutes"
#: Whoever asked first, the document that is asked of that kind alone, and who he says he is afterwards.
CHANGES = [("person", COPIES, "association"), ("association", STATUTES, "person")]


@pytest.fixture
def sheet(office: Office) -> Sheet:
    """The sheet of petitions, adopted."""
    return adopted(office, "petition")


def changed_kind(resident: Resident, before: str, documents: Iterable[str], after: str) -> str:
    """A petition whose files are put in, and whose person then says that he is of another kind."""
    draft = resident.begin("petition", TWELVE | {"kind": before})
    for rank, code in enumerate(["petition-form", *documents]):
        assert resident.attach(draft, code, sheet_of_paper(20 + rank), f"{code}.png").status_code == 302
    page = resident.get(f"request/{draft}/")
    shown = residents.answers_shown(Draft.objects.get()).token
    assert page.status_code == 200
    answer = resident.post(f"request/{draft}/", TWELVE | {"kind": after, "shown": shown})
    assert answer.status_code == 302, text(answer)
    assert Draft.objects.get().answers["kind"] == after
    return draft


@pytest.mark.parametrize("french", [False, True])
@pytest.mark.parametrize(("before", "code", "after"), CHANGES)
def test_it_is_shown_under_its_name_and_sent_only_as_it_was_listed(
    office: Office, sheet: Sheet, before: str, code: str, after: str, french: bool
) -> None:
    resident = Resident(office, french=french)
    draft = changed_kind(resident, before, [code, f"{code}__2"], after)
    told = "ne vous est pas demandée" if french else "غير مطلوبة منكم حسب"
    document = sheet.parsed.document(code)
    assert document
    label = " ".join((document.fr if french else document.ar).split())
    page = resident.get(f"request/{draft}/documents/")
    assert text(page).count(told) == 2
    assert label in text(page)
    assert f"documents/{code}/remove/" in page.content.decode()
    assert f'name="{code}-document"' not in page.content.decode(), "nothing more of it is asked for"
    check = text(resident.get(f"request/{draft}/check/"))
    assert (check.count(told), f"{code}.png" in check, f"{code}__2.png" in check) == (2, True, True)
    assert resident.send(draft).status_code == 302
    kept = Document.objects.filter(dossier=Dossier.objects.get()).order_by("pk").values_list("requirement", "name")
    assert list(kept)[1:] == [(code, f"{code}.png"), (code, f"{code}__2.png")]


@pytest.mark.parametrize(("before", "code", "after"), CHANGES)
def test_once_removed_it_is_not_sent_and_a_review_that_listed_it_is_shown_again(
    office: Office, sheet: Sheet, before: str, code: str, after: str
) -> None:
    resident = Resident(office)
    draft = changed_kind(resident, before, [code], after)
    found = Draft.objects.get()
    read = residents.draft_shown(found, residents.pieces_of(found)).token
    assert resident.post(f"request/{draft}/documents/{code}/remove/").status_code == 302
    assert resident.post(f"request/{draft}/check/", {"shown": read}).status_code == 409, "it was read with that file"
    assert not Dossier.objects.exists()
    for page in ("documents", "check"):
        assert f"{code}.png" not in text(resident.get(f"request/{draft}/{page}/"))
    assert resident.send(draft).status_code == 302
    assert [one.requirement for one in Document.objects.all()] == ["petition-form"]


def test_what_is_asked_again_is_no_stranger(office: Office, sheet: Sheet) -> None:
    resident = Resident(office)
    draft = changed_kind(resident, "association", [STATUTES], "association")
    assert "غير مطلوبة منكم" not in text(resident.get(f"request/{draft}/documents/"))
    assert "غير مطلوبة منكم" not in text(resident.get(f"request/{draft}/check/"))


@pytest.mark.parametrize("kind", ["person", "association", "firm", ""])
def test_the_pages_list_every_file_that_is_sent(office: Office, sheet: Sheet, kind: str) -> None:
    resident = Resident(office)
    code_of_draft = resident.begin("petition", TWELVE)
    draft = Draft.objects.get()
    codes = [document.code for document in sheet.parsed.documents] + ["other", "other__2", "petition-form__2"]
    for rank, code in enumerate(codes):
        resident.attach(code_of_draft, code, sheet_of_paper(20 + rank), f"{code}.png")
    draft.answers = TWELVE | {"kind": kind}
    listed = sorted(row.name for row in residents.attached_to(draft, "أخرى") if row.is_there)
    assert listed == sorted(piece.name for piece in residents.pieces_of(draft))
    assert len(listed) == len(codes)
