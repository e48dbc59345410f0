"""The screen that erases: among the verbs of those who may, sure by the number typed, and what the pages say after."""

from typing import Any

import pytest
from django.test import Client

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.councils.scope import council_scope
from tadbir.desk.codes import follow_code
from tadbir.dossiers.models import Dossier
from tests.conftest import at
from tests.desk.erased import FRIEND, LATER, MAIL, NAME, PHONE, SUBJECT, bureau, lived
from tests.desk.office_desk import address, sign_in
from tests.factories import Office

__all__ = ["bureau"]  # the fixture of this file

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {"key": "k1", "ground": "person", "reason": "طلب كتابي رقم 12"}


def do(office: Office, client: Client, dossier: Dossier, **typed: str) -> Any:
    return client.post(address(office.council, "office-do", dossier.number, "erase"), WORDS | typed)


def page(office: Office, client: Client, dossier: Dossier) -> str:
    answer = client.get(address(office.council, "office-dossier", dossier.number))
    assert answer.status_code == 200
    return str(answer.content.decode())


def status(client: Client, link: str) -> int:
    """What a link gives; a file that it opens is closed."""
    answer = client.get(link)
    answer.close()
    return int(answer.status_code)


def test_the_screen_asks_for_the_number_and_erases_once(bureau: Office) -> None:
    dossier = lived(bureau)
    with simulated(at(LATER)):
        client = sign_in(bureau.director)
        assert "do-erase" in page(bureau, client, dossier)
        asked = client.get(address(bureau.council, "office-do", dossier.number, "erase")).content.decode()
        assert (NAME in asked, "ما يُمسح نهائيا" in asked) == (True, True)
        sure = do(bureau, client, dossier)
        assert sure.status_code == 422
        assert WORDS["reason"] in sure.content.decode()
        wrong = do(bureau, client, dossier, number="D-2026-99999")
        assert wrong.status_code == 422
        assert 'aria-invalid="true"' in wrong.content.decode()
        assert do(bureau, client, dossier, reason=" ").status_code == 422
        assert do(bureau, client, dossier, reason=f"طلب {NAME}", number=dossier.number).status_code == 422
        assert Dossier.objects.get(pk=dossier.pk).subject == SUBJECT  # nothing went yet
        rank = dossier.number.rpartition("-")[2].lstrip("0").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        done = do(bureau, client, dossier, number=f" {rank} ")  # as it is read everywhere
        assert done.status_code == 302
        assert Dossier.objects.get(pk=dossier.pk).erased_at is not None
        said = page(bureau, client, dossier)
        assert WORDS["reason"] in said
        assert not [word for word in (NAME, PHONE, MAIL, FRIEND, SUBJECT) if word in said]
        assert 'id="do-' not in said  # no verb is left
        assert do(bureau, client, dossier, number=dossier.number).status_code == 409


def test_others_neither_see_nor_send_it(bureau: Office) -> None:
    dossier = lived(bureau)
    with simulated(at(LATER)):
        for person in (bureau.officer, bureau.head, bureau.clerk):
            client = sign_in(person)
            assert "do-erase" not in page(bureau, client, dossier)
            assert do(bureau, client, dossier, number=dossier.number).status_code == 403
        assert Dossier.objects.get(pk=dossier.pk).erased_at is None


def test_while_the_person_may_contest_the_page_says_until_when(bureau: Office) -> None:
    dossier = lived(bureau)
    client = sign_in(bureau.director)
    said = page(bureau, client, dossier)
    assert 'id="do-erase"' not in said
    assert do(bureau, client, dossier, number=dossier.number).status_code == 409
    assert Dossier.objects.get(pk=dossier.pk).erased_at is None


def test_what_was_erased_cannot_be_fetched_by_anybody(bureau: Office) -> None:
    dossier = lived(bureau)
    paper, document = Act.objects.get(kind="outcome"), dossier.documents.order_by("pk")[0]
    council, director = bureau.council, sign_in(bureau.director)
    person = Client()
    with simulated(at(LATER)):
        opened = person.post(f"/{council.slug}/follow/", {"number": dossier.number, "code": follow_code(dossier)})
        assert opened.status_code == 302
        office = [
            address(council, "office-paper", dossier.number, paper.number),
            address(council, "office-document", dossier.number, document.pk),
        ]
        public = [
            f"/{council.slug}/follow/{dossier.number}/papers/{paper.number}/",
            f"/{council.slug}/follow/{dossier.number}/files/{document.pk}/",
            f"/{council.slug}/follow/{dossier.number}/receipt/",
        ]
        before = [status(director, link) for link in office] + [status(person, link) for link in public]
        assert before == [200] * 5
        assert do(bureau, director, dossier, number=dossier.number).status_code == 302
        after = [status(director, link) for link in office] + [status(person, link) for link in public]
        assert after == [410] * 5
        mine = person.get(f"/{council.slug}/follow/{dossier.number}/")
        assert mine.status_code == 200
        assert NAME not in mine.content.decode()
        found = director.get(address(council, "office-search"), {"q": NAME}).content.decode()
        assert dossier.number not in found.replace(NAME, "")
        listed = director.get(address(council, "office-search")).content.decode()
        assert dossier.number in listed
        with council_scope(council):
            assert Dossier.objects.count() == 1
