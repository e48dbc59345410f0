"""A shared telephone that is closed, in a real browser: nothing of the person comes back, and no line is no closing."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tadbir.councils.scope import council_scope
from tadbir.desk.codes import follow_code
from tadbir.dossiers.models import Dossier
from tadbir.services import actions
from tests import at_once
from tests.factories import Office, loan_filing
from tests.services.test_photos import office_sheet
from tests.services.test_public_browser import served  # noqa: F401
from tests.services.test_typed_browser import COUNCIL, NEXT, fill_in, page  # noqa: F401
from tests.ui.conftest import chromium  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_nothing_of_a_closed_visit_comes_back_by_the_back_button(page: Any, live_server: Any, served: Office) -> None:
    page.goto(f"{live_server.url}{COUNCIL}services/equipment-loan/request/")
    fill_in(page)
    page.click(NEXT)
    page.wait_for_url(lambda url: not url.endswith("equipment-loan/request/"))
    with page.expect_navigation():
        page.click("[formaction$='/close/'], form[action$='/close/'] button")
    for _step in range(3):
        page.go_back()
        assert "دوار النخلة" not in page.content()
        if page.url.endswith("equipment-loan/request/"):
            break
    assert page.input_value("#id_q_place") == "", "what was typed in the first page is gone too"


def test_a_code_that_was_noted_comes_back_neither_by_back_nor_by_reload(
    page: Any, live_server: Any, served: Office
) -> None:
    if not page.scripted:
        pytest.skip("without script the browser asks before it sends again, and is refused (test_public_close)")
    page.goto(f"{live_server.url}{COUNCIL}services/equipment-loan/request/")
    fill_in(page)
    page.click("main [name=close]")
    page.wait_for_selector("main input[name=noted]", state="attached")
    code = page.text_content("main .number").strip()
    page.click("main form button")
    page.wait_for_url("**/services/")
    for again in (page.go_back, page.reload, page.go_back, page.reload):
        again()
        assert code not in page.content()
        assert "دوار النخلة" not in page.content()
        box = page.locator("#id_q_place")
        assert box.count() == 0 or box.input_value() == ""


def test_a_new_code_that_was_not_noted_stays_after_reload_back_and_in_the_other_language(
    page: Any, live_server: Any, served: Office
) -> None:
    page.goto(f"{live_server.url}{COUNCIL}services/equipment-loan/request/")
    fill_in(page)
    page.click("main [name=close]")
    page.wait_for_selector("main input[name=noted]", state="attached")
    code = page.text_content("main .number").strip()
    page.reload()
    assert page.text_content("main .number").strip() == code
    page.goto(f"{live_server.url}{COUNCIL}services/")
    page.go_back()
    assert page.text_content("main .number").strip() == code
    page.click("header a.lang")
    page.wait_for_url("**/fr/**")
    assert page.text_content("main .number").strip() == code
    page.click("main form button")
    page.wait_for_url("**/services/")
    page.go_back()
    assert code not in page.content()


def test_closing_without_a_line_says_that_it_stays_open_and_closes_when_it_is_back(
    page: Any, live_server: Any, served: Office
) -> None:
    if not page.scripted:
        pytest.skip("without script the browser itself says that there is no line")
    page.goto(f"{live_server.url}{COUNCIL}services/equipment-loan/request/")
    fill_in(page)
    page.context.set_offline(True)
    page.click("main [name=close]")
    said = page.locator("main form [data-said]")
    expect(said).to_contain_text("لم يُغلق")
    said.locator("button").click()
    expect(page.locator("#id_q_place")).to_be_hidden()
    assert "دوار" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.context.set_offline(False)
    page.wait_for_selector("main input[name=noted]", state="attached")


def test_back_from_the_check_and_close_on_the_first_page_kills_the_address_in_the_history(
    page: Any, live_server: Any, served: Office
) -> None:
    """Next, Back, and “Close” on the first page, which may have come with a new key, filled or empty."""
    first = f"{live_server.url}{COUNCIL}services/equipment-loan/request/"
    page.goto(first)
    fill_in(page)
    page.click(NEXT)
    page.wait_for_url(lambda url: not url.endswith("equipment-loan/request/"))
    begun = page.url
    page.go_back()
    assert page.url == first
    page.click("main [name=close]")
    page.wait_for_selector("main input[name=noted]", state="attached")
    for code in page.locator("main .number bdi").all():
        assert code.evaluate("one => one.getClientRects().length") == 1, "the code stands on one line"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("main .number").count() == 1, "what comes back in the first page is the request that was begun"
    new = page.locator("main .number").first.inner_text().strip()
    page.click("main form button")
    for address in (begun, begun.replace("documents", "check")):
        assert page.goto(address).status == 410
        assert "دوار النخلة" not in page.content()
    page.goto(f"{live_server.url}{COUNCIL}request/{new}/")
    assert page.input_value("#id_q_place") == "دوار النخلة"


def answer_typed(page: Any, live_server: Any, served: Office) -> Dossier:
    """A request of which the council asked something, its page open with the answer typed and not sent."""
    with council_scope(served.council):
        dossier = actions.file_request(loan_filing(office_sheet())).dossier
        at_once.ask_information(dossier, served.officer, "كم عدد الخيام؟")
        code = follow_code(dossier)
    page.goto(f"{live_server.url}{COUNCIL}follow/")
    page.fill("#id_number", dossier.number)
    page.fill("#id_code", code)
    page.press("#id_code", "Enter")
    page.wait_for_selector("#id_text")
    page.fill("#id_text", "أربع خيام كبيرة")
    return dossier


def test_one_goes_on_writing_where_one_was_and_a_reload_loses_nothing(
    page: Any, live_server: Any, served: Office
) -> None:
    answer_typed(page, live_server, served)
    page.click("[formaction$='/close/']")
    page.wait_for_selector("[formaction$='?write']")
    page.click("[formaction$='?write']")
    page.wait_for_selector("#id_text")
    assert page.input_value("#id_text") == "أربع خيام كبيرة"
    assert page.evaluate("document.activeElement.id") == "id_text"
    if page.scripted:  # without script the browser asks whether it sends the page once more
        page.reload()
        expect(page.locator("#id_text")).to_have_value("أربع خيام كبيرة")
    page.click("#typed button:not([hidden]):not([formaction])")
    page.wait_for_url("**done=**")


def test_words_of_another_page_are_named_before_they_are_thrown_away(
    page: Any, live_server: Any, served: Office
) -> None:
    if not page.scripted:
        pytest.skip("what was never sent is kept by the script alone")
    dossier = answer_typed(page, live_server, served)
    page.goto(f"{live_server.url}{COUNCIL}follow/{dossier.number}/receipt/")
    closes = "[formaction$='/close/'], form[action$='/close/'] button"
    page.click(closes)
    said = page.locator("main [data-said]")
    expect(said).to_contain_text("كتبتموه في صفحة أخرى")
    assert said.locator("a").get_attribute("href").endswith(f"/follow/{dossier.number}/")
    said.locator("a").click()
    page.wait_for_selector("#id_text")
    assert "أربع خيام كبيرة" in page.evaluate("JSON.stringify(sessionStorage)"), "nothing was thrown away yet"
    page.goto(f"{live_server.url}{COUNCIL}follow/{dossier.number}/receipt/")
    page.click(closes)
    expect(said).to_be_visible()
    with page.expect_navigation():
        page.click(closes)
    assert "خيام" not in page.evaluate("JSON.stringify(sessionStorage)")
    assert page.goto(f"{live_server.url}{COUNCIL}follow/{dossier.number}/").status == 403
