"""Nothing typed or chosen is lost in a real browser: with script and without, on a phone and on a desk."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tadbir.councils.scope import council_scope
from tadbir.dossiers.models import Dossier
from tadbir.services import actions
from tadbir.services.models import Draft, DraftDocument
from tests import at_once
from tests.factories import Office, loan_filing
from tests.services.test_photos import office_sheet
from tests.services.test_public_browser import served  # noqa: F401
from tests.ui.conftest import chromium  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNCIL = "/oued-ed-dahab/"
SIZES = {"phone": (360, 740), "desk": (1280, 900)}
NEXT = "main form > .actions button"


@pytest.fixture(params=[(True, "phone"), (False, "phone"), (True, "desk")], ids=["script", "no-script", "desk"])
def page(request: pytest.FixtureRequest, chromium: Any) -> Any:
    script, size = request.param
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
    found = context.new_page()
    found.scripted = script
    yield found
    context.close()


def photo(name: str, weight: int = 0, kind: str = "image/png") -> dict[str, Any]:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(buffer, "PNG")
    return {"name": name, "mimeType": kind, "buffer": buffer.getvalue() + b"\0" * weight}


def fill_in(page: Any) -> None:
    page.check("#id_q_equipment_0")
    page.fill("#id_q_from", "2027-12-12")
    for name, text in (("q_days", "3"), ("q_place", "دوار النخلة"), ("q_purpose", "حفل مدرسي")):
        page.fill(f"#id_{name}", text)
    page.check("#id_kind_0")


def in_language(page: Any, lang: str) -> None:
    page.click("header .lang")
    page.wait_for_selector(f"html[lang={lang}]")


def test_step_one_keeps_what_is_typed(page: Any, live_server: Any, served: Office) -> None:
    page.goto(f"{live_server.url}{COUNCIL}services/equipment-loan/request/")
    fill_in(page)
    in_language(page, "fr")
    assert page.input_value("#id_q_place") == "دوار النخلة"
    assert page.locator("[role=alert]").count() == 0
    page.press("#id_q_place", "Enter")  # "next", not the other language
    page.wait_for_selector("[role=alert] a[href='#id_name']")
    assert page.get_attribute("html", "lang") == "fr"
    page.reload()
    assert page.input_value("#id_q_place") == "دوار النخلة"
    in_language(page, "ar")
    page.fill("#id_name", "جمعية آفاق النخلة")
    page.click(NEXT)
    page.wait_for_selector("#liability")
    page.go_back()
    page.go_back()
    page.wait_for_selector("#id_q_place")
    assert page.input_value("#id_q_place") == "دوار النخلة"
    with council_scope(served.council):
        assert Draft.objects.count() == 1


def test_back_and_reload_after_an_error_send_nothing_again(page: Any, live_server: Any, served: Office) -> None:
    if not page.scripted:
        pytest.skip("without script the browser itself asks before it sends again")
    page.goto(f"{live_server.url}{COUNCIL}follow/")
    methods: list[str] = []
    page.on("request", lambda one: methods.append(one.method) if one.is_navigation_request() else None)
    for again in (page.reload, lambda: (page.goto(f"{live_server.url}{COUNCIL}"), page.go_back())):
        page.fill("main input[name=number]", "D-2026-00041")
        page.fill("main input[name=code]", "1234")
        page.press("main input[name=code]", "Enter")
        page.wait_for_selector("[role=alert]")
        page.wait_for_load_state("load")  # the script has run
        assert methods[-1] == "POST"
        methods.clear()
        again()
        expect(page.locator("main input[name=number]")).to_be_visible()
        assert "POST" not in methods


def test_the_script_keeps_what_was_not_sent(page: Any, live_server: Any, served: Office) -> None:
    if not page.scripted:
        pytest.skip("what was never sent is kept by the script alone")
    page.goto(f"{live_server.url}{COUNCIL}services/equipment-loan/request/")
    fill_in(page)
    page.reload()
    assert page.input_value("#id_q_place") == "دوار النخلة"
    assert page.is_checked("#id_kind_0")
    assert page.locator("main form [data-said]").count() == 1
    page.goto(f"{live_server.url}{COUNCIL}services/")
    page.goto(f"{live_server.url}{COUNCIL}services/equipment-loan/request/")
    assert page.input_value("#id_q_purpose") == "", "whoever comes from elsewhere is asked first"
    page.click("main form .notice button >> nth=0")
    assert page.input_value("#id_q_purpose") == "حفل مدرسي"
    page.fill("#id_name", "جمعية آفاق النخلة")
    page.click(NEXT)
    page.wait_for_selector("#liability")
    page.goto(f"{live_server.url}{COUNCIL}services/equipment-loan/request/")
    assert page.input_value("#id_q_purpose") == ""  # it was sent: the next request begins empty


@pytest.mark.parametrize("how", ["close", "throw"])
def test_what_was_typed_and_not_sent_is_not_shown_to_the_next_person(
    page: Any, live_server: Any, served: Office, how: str
) -> None:
    if not page.scripted:
        pytest.skip("what was never sent is kept by the script alone")
    first = f"{live_server.url}{COUNCIL}services/equipment-loan/request/"
    page.goto(first)
    fill_in(page)
    in_tab = "JSON.stringify(sessionStorage)"
    assert "دوار النخلة" in page.evaluate(in_tab)
    if how == "close":
        page.click("main [name=close]")
        page.wait_for_selector("main input[name=noted]", state="attached")
    else:
        page.goto(f"{live_server.url}{COUNCIL}")
        page.goto(first)
        assert "دوار النخلة" not in page.content()
        page.click("main form .notice button >> nth=1")
    assert "دوار" not in page.evaluate(in_tab)
    page.goto(first)
    assert page.input_value("#id_q_place") == ""
    assert page.locator("main form .notice button").count() == 0


def begun(office: Office) -> str:
    with council_scope(office.council):
        from tests.factories import ANSWERS

        typed = {f"q_{code}": text for code, text in ANSWERS.items()} | {"q_from": "2027-12-12"}
        rest = {"subject": "خيام", "kind": "association", "name": "جمعية آفاق النخلة"}
        _draft, code = actions.start_draft(office_sheet(), "ar", typed | rest)
        return code


def kept(office: Office) -> set[str]:
    with council_scope(office.council):
        return set(DraftDocument.objects.values_list("requirement", flat=True))


def test_next_keeps_every_chosen_document(page: Any, live_server: Any, served: Office) -> None:
    page.goto(f"{live_server.url}{COUNCIL}request/{begun(served)}/documents/")
    sent: list[int] = []
    page.on("request", lambda one: sent.append(1) if one.method == "POST" else None)
    page.set_input_files("#id_liability-document", photo("a.png"))
    page.set_input_files("#id_other-document", photo("b.png", 9))
    page.set_input_files("#id_signed-request-document", photo("c.png", 7))
    page.click(NEXT)
    page.wait_for_url("**/check/")
    assert kept(served) == {"liability", "other", "signed-request"}
    assert len(sent) == (3 if page.scripted else 1)  # each by its own request


def test_a_refused_document_leaves_the_others_chosen(page: Any, live_server: Any, served: Office) -> None:
    page.goto(f"{live_server.url}{COUNCIL}request/{begun(served)}/documents/")
    half = {"name": "a.png", "mimeType": "image/png", "buffer": b"MZ program"}
    page.set_input_files("#id_signed-request-document", half)
    page.set_input_files("#id_liability-document", photo("b.png"))
    page.click(NEXT)
    page.wait_for_selector("[role=alert] a[href='#id_signed-request-document']")
    if page.scripted:
        assert page.evaluate("document.getElementById('id_liability-document').files.length") == 1
        page.click(NEXT)  # one was refused: said once more
        page.wait_for_selector("[data-said]:visible")
        page.click(NEXT)
        page.wait_for_url("**/check/")
    assert kept(served) == {"liability"}
    if not page.scripted:
        page.reload()  # the address of the refusal is that of its page
    assert page.locator("main h1").count() == 1


def test_what_cannot_be_taken_never_leaves(page: Any, live_server: Any, served: Office) -> None:
    address = f"{live_server.url}{COUNCIL}request/{begun(served)}/documents/"
    page.goto(address)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    heavy = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + b"\0" * 11_000_000}
    page.set_input_files("#id_liability-document", heavy)
    note = page.locator("#liability [data-upload-note]")
    if page.scripted:
        expect(note).to_contain_text("11,0")
        assert page.evaluate("document.getElementById('id_liability-document').files.length") == 0
        page.set_input_files("#id_liability-document", {**heavy, "name": "a.docx", "mimeType": "application/msword"})
        expect(note).to_contain_text("HEIC")
        assert sent == []
        return
    page.click("#liability button")
    page.wait_for_selector("[role=alert] a[href='#id_liability-document']")
    very = {**heavy, "buffer": b"%PDF-1.7" + b"\0" * 26_000_000}
    page.set_input_files("#id_liability-document", very)
    page.click("#liability button")
    page.wait_for_selector(".error")
    page.click("main p > a[href*='/request/']")
    page.wait_for_selector("#liability")
    assert "/documents/" in page.url


def test_the_answer_is_kept_while_a_document_is_sent(page: Any, live_server: Any, served: Office) -> None:
    with council_scope(served.council):
        dossier = actions.file_request(loan_filing(office_sheet())).dossier
        at_once.ask_information(dossier, served.officer, "كم عدد الخيام؟")
        at_once.ask_replacement(dossier, served.officer, "liability", "غير مقروءة")
        from tadbir.desk.codes import follow_code

        number, code = dossier.number, follow_code(dossier)
    page.goto(f"{live_server.url}{COUNCIL}follow/")
    page.fill("#id_number", number)
    page.fill("#id_code", code)
    page.click("main form button")
    page.wait_for_selector("#id_text")
    page.fill("#id_text", "عشر خيام")
    page.set_input_files("#id_liability-document", photo("b.png"))
    page.click("[data-to]:has(#id_liability-document) button")
    page.wait_for_selector("#id_liability-document", state="hidden")  # one more sheet is folded away
    assert page.input_value("#id_text") == "عشر خيام"
    if page.scripted:
        page.reload()
        assert page.input_value("#id_text") == "عشر خيام"
    page.click("li:has(#id_text) > .actions button")
    page.wait_for_selector("#id_text", state="hidden")  # what may be added to it is folded away
    with council_scope(served.council):
        kinds = set(Dossier.objects.get().facts.values_list("kind", flat=True))
    assert {"replacement_received", "information_received"} <= kinds


def test_a_refused_document_is_not_forgotten_at_the_next_press(page: Any, live_server: Any, served: Office) -> None:
    """One that is no document, refused on the device with script and by the council without: said again, once."""
    page.goto(f"{live_server.url}{COUNCIL}request/{begun(served)}/documents/")
    no_photo = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"}
    page.set_input_files("#id_liability-document", no_photo)
    if not page.scripted:
        page.click(NEXT)
    page.click(NEXT)
    page.wait_for_selector("[data-said]:visible" if page.scripted else "[role=alert] li")
    said = page.text_content("main")
    assert ("رُفضت وثيقة ولن تُرسل" if page.scripted else "رُفضت هذه الوثائق") in said
    assert page.url.endswith("/documents/")
    page.click(NEXT)
    page.wait_for_url("**/check/")
    assert kept(served) == set()


IN_SIGHT = "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; }"


def test_whoever_sends_from_far_below_sees_what_is_said(page: Any, live_server: Any, served: Office) -> None:
    """A file that the council refuses, a file that is none, a line that is cut: said where the reader is."""
    page.goto(f"{live_server.url}{COUNCIL}request/{begun(served)}/documents/")
    half = {"name": "a.png", "mimeType": "image/png", "buffer": b"MZ program"}
    page.set_input_files("#id_other-document", half)
    page.click("[data-to]:has(#id_other-document) .actions button, #other button")
    page.wait_for_selector("[role=alert] a[href='#id_other-document']")
    assert page.locator("[role=alert]:has(a[href='#id_other-document'])").evaluate(IN_SIGHT)
    if not page.scripted:
        return
    page.set_input_files("#id_other-document", {"name": "n.txt", "mimeType": "text/plain", "buffer": b"hello"})
    for _twice in "12":  # nothing else goes with this button: it never goes without
        page.click("#other button")
        assert page.locator("#id_other-document").evaluate(IN_SIGHT)
    page.context.set_offline(True)
    page.set_input_files("#id_liability-document", photo("b.png"))
    page.click("#liability button")
    expect(page.locator("[data-said]")).to_contain_text("لا يوجد اتصال")
    assert page.locator("[data-said]").evaluate(IN_SIGHT)
    assert page.locator("#liability [data-said]").count() == 1, "beside the button that was pressed"
    assert page.input_value("#id_liability-document"), "it is still chosen"
