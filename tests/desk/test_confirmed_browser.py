"""In a real browser: the tick of a signatory who was overtaken is off, and no script of the page brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tadbir.councils.scope import council_scope
from tadbir.desk.papers import answer_being_prepared
from tadbir.services.actions import file_request
from tests.at_once import ask_opinion, draft_outcome
from tests.desk.office_desk import address
from tests.desk.test_office_browser import desk
from tests.factories import Office, adopted_loan, loan_filing, make_office
from tests.ui.conftest import chromium  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def served(transactional_db: None) -> Iterator[Office]:
    """A council at the real date: the server runs in a thread of its own, where no time is simulated."""
    made = make_office()
    with council_scope(made.council):
        yield made


def test_a_tick_does_not_survive_what_it_confirmed(chromium: Any, live_server: Any, served: Office) -> None:
    dossier = file_request(loan_filing(adopted_loan(served))).dossier
    ask_opinion(dossier, served.officer, served.other_unit, "ما رأيكم؟")
    draft_outcome(dossier, served.officer, "refused", "تعذر ذلك.", "محجوزة.")
    draft = answer_being_prepared(dossier)
    assert draft
    context = desk(chromium, live_server, served.president, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address(served.council, "office-signing-letter", draft.pk))
    page.check("[name=read]")
    draft_outcome(dossier, served.head, "partial", "نعيركم خيمتين.", "الباقي محجوز.")
    with page.expect_navigation():
        page.click("form:has([name=read]) button")
    assert "نعيركم خيمتين." in page.content()
    assert not page.is_checked("[name=read]")
    page.reload()
    assert not page.is_checked("[name=read]")
    context.close()
