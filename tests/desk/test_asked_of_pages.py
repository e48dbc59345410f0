"""What the pages of one letter ask of the database: the facts of a dossier are read once, and what is asked does not
grow with the letters, the documents and the dossiers that wait beside it."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadbir.acts.models import Draft
from tadbir.dossiers.models import Dossier
from tadbir.services import actions
from tests import at_once as desk
from tests.browser import Browser
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

#: The most that one of these pages asks: who is asking, what he may do, the letter, its dossier, the others.
MOST = {"office-signing-letter": 26, "office-answer-sign": 27, "office-answer": 15}


def asked(client: Browser, page: str) -> list[str]:
    client.get(page)  # what is read once and kept is read
    with CaptureQueriesContext(connection) as found:
        assert client.get(page).status_code == 200
    return [query["sql"] for query in found]


def facts_read(questions: list[str]) -> int:
    """How many times the facts of the dossier were read whole."""
    return sum('FROM "dossiers_fact"' in one and '"dossiers_fact"."happened_at"' in one for one in questions)


def filed(office: Office) -> Dossier:
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def test_the_pages_of_a_letter_ask_the_same_with_one_row_and_with_twenty(office: Office) -> None:
    dossier = filed(office)
    draft = desk.draft_outcome(dossier, office.officer, "refused", "تعذرت الاستجابة.", "السبب قائم")
    pages: dict[str, tuple[Any, str]] = {
        "office-signing-letter": (
            sign_in(office.president),
            address(office.council, "office-signing-letter", draft.pk),
        ),
        "office-answer-sign": (sign_in(office.officer), address(office.council, "office-answer-sign", dossier.number)),
        "office-answer": (sign_in(office.officer), address(office.council, "office-answer", dossier.number)),
    }
    actions.ask_information(dossier, office.officer, "كم عدد الخيام؟")
    actions.receive_document(dossier, "other", "ورقة", None, by=office.clerk, source="counter")
    few = {name: asked(*one) for name, one in pages.items()}
    for name, questions in few.items():
        assert facts_read(questions) == 1, name
        assert len(questions) <= MOST[name], (name, questions)
    for _more in range(19):
        other = filed(office)
        desk.draft_outcome(other, office.officer, "granted", "نعم")
        actions.receive_document(dossier, "other", "ورقة", None, by=office.clerk, source="counter")
    many = {name: asked(*one) for name, one in pages.items()}
    assert {name: len(one) for name, one in many.items()} == {name: len(one) for name, one in few.items()}


def test_the_trays_of_what_is_handed_over_ask_the_same_with_one_row_and_with_twenty(office: Office) -> None:
    counts = []
    for more in (1, 19):
        for _one in range(more):
            dossier = filed(office)
            letter = actions.misdirected(dossier, office.head, "جماعة النخلة", "الرخصة من اختصاص الجماعة")
            assert isinstance(letter, Draft)
            desk.sign_outcome(letter, dossier, office.officer, office.president, means="wet_ink")
        officer = sign_in(office.officer)
        tray = address(office.council, "office-tray", "notify")
        assert officer.get(tray).content.decode().count("/office/dossiers/D-") >= more
        counts.append(len(asked(officer, tray)))
    assert counts[0] == counts[1] <= 12
