"""The office in a real browser: a visitor served with the keyboard alone, and no fault of accessibility on any page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tadbir.councils.clock import today
from tadbir.councils.models import Account, Person
from tadbir.councils.scope import council_scope
from tadbir.dossiers.models import Dossier
from tadbir.ledgers.periods import Period
from tadbir.procedures.queries import current_sheet
from tadbir.services import actions
from tests import at_once
from tests.at_once import ask_opinion, draft_outcome, sign_outcome
from tests.desk.office_desk import address, ask_for_tents, sign_in
from tests.factories import Office, adopted_loan, loan_filing, make_office
from tests.services.test_public_browser import Keyboard
from tests.ui.conftest import chromium  # noqa: F401
from tools.pictures import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: Where one is in the menu, which is wider than a phone.
HERE_IS_IN_SIGHT = """() => {
  const one = document.querySelector('.side [aria-current]')?.getBoundingClientRect()
  return !one || (one.left >= 0 && one.right <= innerWidth)
}"""
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@pytest.fixture
def served(transactional_db: None) -> Iterator[Office]:
    """A council at the real date: the server runs in a thread of its own, where no time is simulated."""
    made = make_office()
    with council_scope(made.council):
        adopted_loan(made)
        yield made


def desk(chromium: Any, live_server: Any, person: Person, **options: Any) -> Any:
    """A browser at this agent's desk."""
    assert isinstance(person.account, Account)
    cookie = sign_in(person).cookies["sessionid"].value
    context = chromium.new_context(base_url=live_server.url, **options)
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context


def test_a_visitor_is_served_with_the_keyboard_alone(chromium: Any, live_server: Any, served: Office) -> None:
    context = desk(chromium, live_server, served.clerk, java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(address(served.council, "office-counter"))
    hand = Keyboard(page)
    page.keyboard.type("خيام")  # the field has the focus already
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.type("جمعية آفاق النخلة")
    hand.press("#id_kind_0", "Space")
    hand.write("#id_phone", "0612345678")
    ask_for_tents(hand)
    hand.press("#id_documents_0", "Space")
    hand.to("#id_documents_1")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # from any field, Enter sends; one document is missing
    assert page.locator(".notice.warn li").count() == 1
    hand.press("#id_documents_1", "Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    dossier = Dossier.objects.get()
    assert page.locator(".number").first.inner_text() == dossier.number
    assert dossier.facts.filter(kind="completed").exists()
    with page.expect_navigation():
        page.keyboard.press("Enter")  # the next visitor: the button has the focus
    assert page.url.endswith("/office/counter/")
    context.close()


def _everything(served: Office) -> list[str]:
    """Addresses of every kind of office page, with something on each."""
    sheet = current_sheet("equipment-loan")
    assert sheet is not None
    first = actions.file_request(loan_filing(sheet)).dossier
    second = actions.file_request(loan_filing(sheet, brought=("liability",))).dossier
    draft_outcome(first, served.officer, "refused", "تعذر ذلك.", "محجوزة.")
    third = actions.file_request(loan_filing(sheet)).dossier
    draft = draft_outcome(third, served.officer, "granted", "نعم.")
    act = sign_outcome(draft, third, served.officer, served.president, means="wet_ink", on=today())
    letter = actions.misdirected(second, served.officer, "جماعة النخلة", "الرخصة من اختصاص الجماعة")
    ask_opinion(second, served.officer, served.other_unit, "رأيكم؟")
    block, _paper = actions.print_block(served.clerk, served.unit, 10)
    (printed,) = at_once.print_register(served.director, "requests", Period(today().year, "year"))
    pages = (
        ("office-home", ()),
        ("office-late", ()),
        ("office-search", ()),
        ("office-tray", ("signature",)),
        ("office-dossier", (first.number,)),
        ("office-dossier", (second.number,)),
        ("office-do", (first.number, "correct")),
        ("office-do", (first.number, "withdraw")),
        ("office-signing", ()),
        ("office-unreached", ()),
        ("office-given-away", ()),
        ("office-moved", ()),
        ("office-rights", ()),
        ("office-answer", (first.number,)),
        ("office-answer-sign", (first.number,)),
        ("office-answer-notify", (third.number, act.number)),
        ("office-letter", (second.number, letter.pk)),
        ("office-letter-words", (second.number, letter.pk)),
        ("office-counter", ()),
        ("office-counter-file", ("equipment-loan",)),
        ("office-receipt", (second.number,)),
        ("office-blocks", ()),
        ("office-block", (block.code,)),
        ("office-opinions", ()),
        ("office-register", ()),
        ("office-readings", ()),
        ("office-people", ()),
        ("office-new-person", ()),
        ("office-person", (served.clerk.pk,)),
        ("office-units", ()),
        ("office-delegations", ()),
        ("office-sheets", ()),
        ("office-sheet", ("equipment-loan",)),
        ("office-sheet-correct", ("equipment-loan",)),
        ("office-sheet-compare", ("equipment-loan", 1, 1)),
        ("office-definitions", ()),
        ("office-definition", ("DEC-POST",)),
        ("office-wordings", ()),
        ("office-wording", ("duties",)),
        ("office-calendar", ()),
        ("office-registers", ()),
        ("office-register-print", (printed.act.number,)),
    )
    asked = f"{address(served.council, 'office-registers')}?register=acts&year={today().year}&part=year"
    return [*(address(served.council, name, *args) for name, args in pages), asked]


def test_no_page_of_the_office_has_a_fault_of_accessibility(chromium: Any, live_server: Any, served: Office) -> None:
    addresses = _everything(served)
    context = desk(chromium, live_server, served.director, viewport=NARROW)
    page = context.new_page()
    wrong = {}
    for where in addresses:
        answer = page.goto(where)
        assert answer.status in (200, 409), where  # 409: nothing of this dossier can be struck out, and why
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = violations(page)
        if found:
            wrong[where] = found
        if not page.evaluate(HERE_IS_IN_SIGHT):
            wrong[where + " menu"] = "where one is in the menu is off the screen"
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wrong[where + " wide"] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wrong == {}
