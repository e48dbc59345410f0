"""The counter while documents are ticked: what is missing and which receipt that gives; the same without script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tadbir.dossiers.models import Dossier
from tadbir.procedures import actions as procedures
from tests.desk.office_desk import address, ask_for_tents
from tests.desk.test_office_browser import NARROW, WIDE, desk
from tests.factories import Office
from tests.services.test_public_browser import Keyboard, served  # noqa: F401
from tests.ui.conftest import chromium  # noqa: F401
from tools.pictures import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIVE = "[role=status][data-required]"
REQUEST, LIABILITY = "طلب ممضى يبين المعدات والمدة والمكان", "التزام بإرجاع المعدات وتحمل المسؤولية"


def _fill_in(hand: Keyboard) -> None:
    hand.write("#id_name", "جمعية آفاق النخلة")
    hand.press("#id_kind_0", "Space")
    ask_for_tents(hand)


def test_what_is_missing_is_said_at_each_tick_with_the_keyboard_alone(
    chromium: Any, live_server: Any, served: Office
) -> None:
    context = desk(chromium, live_server, served.clerk, viewport=NARROW)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.goto(address(served.council, "office-counter-file", "equipment-loan"))
    live, hand = page.locator(LIVE), Keyboard(page)
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live.locator("li")).to_have_text([REQUEST, LIABILITY])
    expect(live).to_contain_text("«ملف في طور الإيداع»")
    expect(live).to_contain_text("30 يوما كاملا")
    assert violations(page) == []
    _fill_in(hand)
    hand.press("#id_documents_0", "Space")
    expect(live.locator("li")).to_have_text([LIABILITY])
    hand.to("#id_documents_1")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # one is missing: the page asks before the receipt says so
    assert Dossier.objects.count() == 0
    expect(page.locator("[data-not-in-hand] li")).to_have_text([LIABILITY])
    expect(live.locator("li")).to_have_text([LIABILITY])
    hand.press("#id_documents_1", "Space")
    expect(live).to_have_text("كل الوثائق موجودة: سيُكتب في الوصل «ملف مودع».")
    expect(page.locator("[data-not-in-hand]")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert violations(page) == []
    page.keyboard.press("Space")  # unticked: it is said again
    expect(live.locator("li")).to_have_text([LIABILITY])
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Dossier.objects.get().facts.filter(kind="completed").exists()
    assert [text for text in page.said if "422" not in text] == []
    context.close()


def test_without_script_nothing_is_announced_and_the_page_asks_as_before(
    chromium: Any, live_server: Any, served: Office
) -> None:
    context = desk(chromium, live_server, served.clerk, java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(address(served.council, "office-counter-file", "equipment-loan"))
    assert page.locator(LIVE).inner_text() == ""
    assert page.locator(LIVE).bounding_box()["height"] == 0
    hand = Keyboard(page)
    _fill_in(hand)
    hand.to("#id_documents_0")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[data-not-in-hand] li")).to_have_text([REQUEST, LIABILITY])
    hand.press("[data-not-in-hand] button")
    page.wait_for_url("**/receipt/")
    assert Dossier.objects.get().facts.filter(kind="missing_listed").exists()
    context.close()


def test_a_draft_sheet_requires_nothing_and_says_nothing(chromium: Any, live_server: Any, served: Office) -> None:
    procedures.take_from_catalogue("school-transport", served.unit)
    context = desk(chromium, live_server, served.clerk, viewport=WIDE)
    page = context.new_page()
    page.goto(address(served.council, "office-counter-file", "school-transport"))
    assert page.locator("#id_name").count() == 1
    assert page.locator("[data-required]").count() == 0
    context.close()


def test_what_was_typed_is_there_again_behind_a_page_that_asks_for_more(
    chromium: Any, live_server: Any, served: Office
) -> None:
    context = desk(chromium, live_server, served.clerk, viewport=WIDE)
    page = context.new_page()
    page.goto(address(served.council, "office-counter-file", "equipment-loan"))
    _fill_in(Keyboard(page))
    with page.expect_navigation():
        page.locator("#id_name").press("Enter")
    expect(page.locator("[data-not-in-hand] li")).to_have_text([REQUEST, LIABILITY])
    page.go_back()
    expect(page.locator("#id_name")).to_have_value("جمعية آفاق النخلة")
    expect(page.locator("#id_q_place")).to_have_value("دوار النخلة")
    context.close()
