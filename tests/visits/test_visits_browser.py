"""A domain that is only declared, and a session that nobody declared, in a browser: no fault, nothing too wide."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tadbir.desk.codes import follow_code
from tadbir.dossiers import actions as dossiers
from tests.at_once import taken
from tests.desk.office_desk import address
from tests.desk.test_office_browser import NARROW, WIDE, desk
from tests.factories import Office
from tests.services.test_public_browser import served  # noqa: F401
from tests.ui.conftest import chromium  # noqa: F401
from tests.visits import actions
from tests.visits.house import asked
from tools.pictures import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("french", [False, True])
def test_no_page_has_a_fault(chromium: Any, live_server: Any, served: Office, french: bool) -> None:
    visit, answered = asked(served), asked(served)
    taken(actions.confirm_visit(answered, served.head, answered.opened_on))
    session = dossiers.open_dossier(number="S-2026-00001", kind="session", unit=served.unit)
    dossiers.record(session, "scheduled", by=served.director, data={"date": "2027-01-11", "type": "ordinary"})
    wrong: dict[str, Any] = {}
    for width in (NARROW, WIDE):
        context = desk(chromium, live_server, served.director, viewport=width)
        page = context.new_page()

        def look(name: str, page: Any = page, width: Any = width) -> None:
            found = violations(page)
            if page.evaluate("document.documentElement.scrollWidth") > width["width"]:
                found = [*found, "too wide"]
            if found:
                wrong[f"{name} {width['width']} {french}"] = found
            if folder := os.environ.get("TADBIR_LOOK"):
                page.screenshot(path=Path(folder) / f"{name}-{width['width']}-{french}.png", full_page=True)

        for name, where, *args in (
            ("session", "office-dossier", session.number),
            ("visit", "office-dossier", visit.number),
            ("answered", "office-dossier", answered.number),
            ("home", "office-home"),
            ("visits", "office-visits"),
            ("public", "visits"),
            ("list", "office-search"),
        ):
            page.goto(address(served.council, where, *args, french=french))
            look(name)
        page.goto(address(served.council, "follow", french=french))
        page.fill("#id_number", answered.number)
        page.fill("#id_code", follow_code(answered))
        page.locator("main form button").first.click()
        page.wait_for_url(f"**/follow/{answered.number}/")
        look("followed")
        context.close()
    assert wrong == {}
