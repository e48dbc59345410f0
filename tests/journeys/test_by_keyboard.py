"""A request through the whole office with the keyboard alone, with script and without: from a blurred paper to the
president's answer to an appeal."""

from __future__ import annotations

from typing import Any

import pytest

from tadbir.councils.models import Person
from tadbir.services import actions
from tests.desk.office_desk import address
from tests.desk.test_office_browser import WIDE, desk, served  # noqa: F401
from tests.factories import Office, loan_filing
from tests.services.test_public_browser import Keyboard
from tests.ui.conftest import chromium  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _kinds(dossier: Any) -> list[str]:
    return list(dossier.facts.order_by("pk").values_list("kind", flat=True))


class Seat:
    """One agent at his keyboard."""

    def __init__(self, chromium: Any, live_server: Any, person: Person, script: bool) -> None:
        self.context = desk(chromium, live_server, person, java_script_enabled=script, viewport=WIDE)
        self.page = self.context.new_page()
        self.hand = Keyboard(self.page)

    def verb(self, code: str) -> None:
        """Open one verb of the dossier's page; Enter opens what a click opens."""
        self.hand.press(f"#do-{code} summary")
        assert self.page.locator(f"#do-{code} details").get_attribute("open") is not None

    def send(self, code: str) -> None:
        self.hand.follow(f"#do-{code} form .button")


@pytest.mark.parametrize("script", [True, False])
def test_from_a_blurred_paper_to_the_answer_to_an_appeal(
    chromium: Any, live_server: Any, served: Office, script: bool
) -> None:
    from tadbir.procedures.queries import current_sheet

    sheet = current_sheet("equipment-loan")
    assert sheet is not None
    dossier = actions.file_request(loan_filing(sheet)).dossier
    where = address(served.council, "office-dossier", dossier.number)
    officer = Seat(chromium, live_server, served.officer, script)
    officer.page.goto(address(served.council, "office-home"))
    officer.hand.follow(f"a[href='{where}']")
    officer.verb("ask-replacement")
    officer.hand.write("#ask-replacement_reason", "الصورة غير واضحة")
    officer.send("ask-replacement")
    assert "replacement_asked" not in _kinds(dossier)  # it is asked by a letter, once that is signed
    _sign(officer)
    assert _kinds(dossier)[-1] == "replacement_asked"
    assert officer.page.locator(".clock.suspended").count() >= 1
    clerk = Seat(chromium, live_server, served.clerk, script)
    clerk.page.goto(where)
    clerk.verb("supply")
    clerk.hand.press("#supply_requirement", "ArrowDown")  # nothing is chosen beforehand; what was asked for comes first
    clerk.hand.choose("#supply_document", "وثيقة.png")
    clerk.send("supply")
    assert _kinds(dossier)[-1] == "replacement_received"
    _answer(officer, where)
    assert _kinds(dossier)[-1] == "notified"
    clerk.page.goto(where)
    clerk.verb("appeal")
    clerk.hand.press("#appeal_how_0", "ArrowDown")  # in a group of choices, arrows go from one to the next
    clerk.hand.write("#appeal_reason", "الآلية كانت متوفرة")
    clerk.send("appeal")
    assert _kinds(dossier)[-1] == "appeal_filed"
    _answer(officer, where)
    assert _kinds(dossier)[-1] == "appeal_answered"
    for one in (officer, clerk):
        one.context.close()


def _sign(officer: Seat) -> None:
    """Print the letter that was just written, and record that it was signed in ink."""
    officer.hand.to("a[href$='/print/']")
    with officer.page.expect_download():
        officer.page.keyboard.press("Enter")
    officer.hand.press("main form [name=signatory]", "ArrowDown")  # nobody is named beforehand
    officer.hand.press("main form:has([name=signatory]) [name=seen]", "Space")
    officer.hand.follow("main form:has([name=signatory]) .button")


def _answer(officer: Seat, where: str) -> None:
    """Write a refusal, record the signature in ink, keep the scan, notify."""
    page, hand = officer.page, officer.hand
    page.goto(where)
    hand.follow("a.button[href$='/answer/']")
    hand.follow("a[href='?sense=refused']")
    hand.write("#id_reasons_ar", "الخيام محجوزة في التاريخ المطلوب")
    hand.follow("form.card .button")
    _sign(officer)
    assert "/notify/" in page.url
    hand.press("div.card > details summary")
    hand.choose("div.card > details input[type=file]", "موقعة.png")
    hand.press("div.card > details [name=seen]", "Space")
    hand.follow("div.card > details form .button")
    assert page.locator(".notice.warn, .warn").count() >= 1, "the scan bears no code: it is said, and one is awaited"
    assert page.locator("div.card > details input[type=file]").count() == 1
    hand.write("section.card form [name=proof]", "توقيع صاحب الطلب")
    hand.follow("section.card form .button")
