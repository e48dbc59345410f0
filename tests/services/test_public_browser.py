"""A request from beginning to end in a real browser: 360 pixels, no script, the keyboard alone, in both languages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from tadbir.councils.scope import council_scope
from tadbir.dossiers.models import Dossier
from tadbir.services import actions
from tests import at_once
from tests.factories import Office, adopted_loan, make_office
from tests.ui.conftest import chromium, phone  # noqa: F401
from tools.pictures import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
START = {"ar": "/oued-ed-dahab/", "fr": "/oued-ed-dahab/fr/"}
NARROW = {"width": 360, "height": 740}


@pytest.fixture
def served(transactional_db: None) -> Iterator[Office]:
    """A council at the real date: the server runs in a thread of its own, where no time is simulated."""
    made = make_office()
    with council_scope(made.council):
        adopted_loan(made)
        yield made


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def to(self, selector: str) -> None:
        """Press Tab until the focus is there."""
        for _press in range(90):
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")

    def press(self, selector: str, key: str = "Enter") -> None:
        self.to(selector)
        self.page.keyboard.press(key)

    def follow(self, selector: str) -> None:
        """Press a link or a button that opens a page."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, selector: str, text: str) -> None:
        self.to(selector)
        self.page.keyboard.type(text)

    def choose(self, selector: str, name: str) -> None:
        """Choose a photo in the browser's own window, pressing again if a busy machine let the first key fall."""
        from playwright.sync_api import TimeoutError

        for last in (False, False, True):
            self.to(selector)
            try:
                with self.page.expect_file_chooser(timeout=10_000) as chooser:
                    self.page.keyboard.press("Space")
                break
            except TimeoutError:
                if last:
                    raise
        buffer = io.BytesIO()
        Image.new("RGB", (60, 40), "white").save(buffer, "PNG")
        file = {"name": name, "mimeType": "image/png", "buffer": buffer.getvalue()}
        chooser.value.set_files(file)


def _fill_in(hand: Keyboard) -> None:
    hand.press("#id_q_equipment_0", "Space")
    hand.write("#id_q_from", "12122026")  # the same day whichever comes first
    hand.write("#id_q_days", "3")
    hand.write("#id_q_place", "دوار النخلة")
    hand.write("#id_q_purpose", "حفل مدرسي")
    hand.press("#id_kind_0", "Space")


def _narrow(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_a_whole_request_without_script_or_mouse(chromium: Any, live_server: Any, served: Office, lang: str) -> None:
    context = chromium.new_context(viewport=NARROW, java_script_enabled=False)
    page = context.new_page()
    hand = Keyboard(page)
    page.goto(live_server.url + START[lang])
    hand.follow(".doors li:nth-child(1) a")
    hand.follow("a[href$='services/equipment-loan/']")
    hand.follow("main a.button")
    _fill_in(hand)
    hand.follow("main form button:not(.quiet)")  # the name is missing: everything else stays
    assert page.locator("[role=alert] a[href='#id_name']").count() == 1
    assert page.input_value("#id_q_place") == "دوار النخلة"
    _narrow(page)
    hand.write("#id_name", "جمعية آفاق النخلة")
    hand.follow("main form button:not(.quiet)")
    hand.choose("#id_signed-request-document", "طلب.png")
    hand.follow("#signed-request button")
    _narrow(page)
    hand.follow("main form > .actions button")
    hand.follow("main form button:not(.quiet)")
    number, code = page.locator("p.number").all_inner_texts()
    assert "«ملف في طور الإيداع»" in page.inner_text("main")
    _narrow(page)
    context.clear_cookies()
    page.goto(live_server.url + START[lang])
    hand.follow(".doors li:nth-child(2) a")
    hand.write("#id_number", number)
    hand.write("#id_code", code)
    hand.follow("main form button:not(.quiet)")
    hand.choose("#id_liability-document", "التزام.png")
    hand.follow("#todo-1 button")
    assert page.locator(".clock").count() == 1
    hand.follow("a[href$='receipt/']")
    assert "«ملف مودع»" in page.inner_text("main")
    hand.to("a[href*='/papers/']")
    with page.expect_download() as paper:
        page.keyboard.press("Enter")
    assert re.fullmatch(r"R-\d{4}-\d{5}\.pdf", paper.value.suggested_filename)
    context.close()
    dossier = Dossier.objects.get()
    assert dossier.documents.count() == 2
    assert dossier.language == lang


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_axe_finds_nothing_on_any_page(phone: Any, live_server: Any, served: Office, lang: str) -> None:
    start = live_server.url + START[lang]
    phone.goto(start + "services/equipment-loan/request/")
    phone.locator("main form button:not(.quiet)").first.click()
    phone.wait_for_selector("[role=alert]")
    found = {"errors": violations(phone)}
    phone.check("#id_q_equipment_0")
    phone.fill("#id_q_from", "2026-12-12")
    for name, text in (("q_days", "3"), ("q_place", "دوار"), ("q_purpose", "حفل"), ("name", "جمعية آفاق النخلة")):
        phone.fill(f"#id_{name}", text)
    phone.check("#id_kind_0")
    phone.locator("main form button:not(.quiet)").first.click()
    phone.wait_for_selector("#liability")
    found["documents"] = violations(phone)
    phone.locator("main form > .actions button:not(.quiet)").click()
    found["check"] = violations(phone)
    phone.locator("main form button:not(.quiet)").click()
    phone.wait_for_selector("p.number")
    found["receipt"] = violations(phone)
    number = phone.locator("p.number").first.inner_text()
    dossier = Dossier.objects.get(number=number)
    actions.receive_document(dossier, "signed-request", "a.png", None)
    actions.receive_document(dossier, "liability", "b.png", None)
    at_once.ask_information(dossier, served.officer, "كم عدد الخيام؟")
    paths = [
        "",
        "services/",
        "services/?q=zz",
        "services/equipment-loan/",
        "follow/",
        "decisions/",
        "about/",
        "legal/",
        "accessibility/",
        *(
            f"follow/{number}/{rest}"
            for rest in ("", "remedies/appeal_filed/", "remedies/grievance_filed/", "withdraw/")
        ),
    ]
    for path in paths:
        phone.goto(start + path)
        _narrow(phone)
        found[path] = violations(phone)
    assert {page: faults for page, faults in found.items() if faults} == {}
    assert [text for text in phone.said if "422" not in text] == []  # the one answer that was wrong on purpose
