"""What only a browser can show: accessibility, keyboard, narrow screens, and a photo made lighter."""

from __future__ import annotations

import io
import random
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tools.pictures import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/ui/gallery", "/fr/ui/gallery", "/ui/gallery/office", "/fr/ui/gallery/office", "/ui/gallery/error/500"]


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(phone: Any, live_server: Any, path: str, scheme: str) -> None:
    phone.emulate_media(color_scheme=scheme)
    phone.goto(live_server.url + path)
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert [text for text in phone.said if "status of 500" not in text] == []


def test_axe_sees_a_fault(phone: Any, live_server: Any) -> None:
    phone.goto(live_server.url + "/ui/gallery")
    phone.evaluate("document.querySelector('label').remove()")
    assert violations(phone) != []


def test_the_policy_stops_a_style_that_is_not_ours(phone: Any, live_server: Any) -> None:
    phone.goto(live_server.url + "/ui/gallery")
    body = "getComputedStyle(document.body).backgroundColor"
    assert phone.evaluate(body) != "rgba(0, 0, 0, 0)"
    before = phone.evaluate(body)
    phone.evaluate("document.head.insertAdjacentHTML('beforeend', '<style>body{background:red}</style>')")
    assert phone.evaluate(body) == before
    assert phone.said


def test_the_keyboard_reaches_everything_and_shows_where_it_is(phone: Any, live_server: Any) -> None:
    phone.goto(live_server.url + "/fr/ui/gallery/error/404")
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.className") == "skip"
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.activeElement.id") == "main"
    seen, links = [], 0
    for _ in range(8):
        phone.keyboard.press("Tab")
        seen.append(phone.evaluate("document.activeElement.className"))
        if phone.evaluate("document.activeElement.tagName") == "A":
            assert phone.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            links += 1
    assert links
    assert any("button" in name for name in seen)


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(phone: Any, live_server: Any) -> None:
    phone.goto(live_server.url + "/ui/gallery")
    expect(phone.locator(".notice.bad[autofocus]")).to_be_focused()
    phone.evaluate("document.title = 'not loaded again'")
    phone.click(".notice.bad a[href='#id_kind_0']")
    assert phone.evaluate("location.hash") == "#id_kind_0"
    phone.wait_for_timeout(200)
    assert phone.title() == "not loaded again"
    assert phone.evaluate("document.querySelector('.button').getBoundingClientRect().height") >= 44


def photo() -> bytes:
    """A photo too heavy for a slow line."""
    noise = random.Random(1).randbytes(900 * 700 * 3)
    picture = Image.frombytes("RGB", (900, 700), noise).resize((2700, 2100), Image.Resampling.BICUBIC)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=95)
    return kept.getvalue()


def test_a_photo_is_made_lighter_and_sent_once(phone: Any, live_server: Any) -> None:
    got: list[Any] = []
    phone.on("request", lambda request: got.append(request) if request.method == "POST" else None)
    phone.goto(live_server.url + "/ui/gallery")
    heavy = photo()
    assert len(heavy) > 1_000_000
    phone.set_input_files("#id_p-document", {"name": "بطاقة.jpg", "mimeType": "image/jpeg", "buffer": heavy})
    expect(phone.locator("form[data-upload] [data-upload-note]")).to_contain_text("→", timeout=20_000)
    sent = phone.evaluate("document.querySelector('#id_p-document').files[0].size")
    assert sent < len(heavy) / 2
    form = phone.locator("form[data-upload]")
    form.locator("button").dblclick()
    expect(phone.locator("form[data-sent]")).to_have_count(0)
    assert len(got) == 1
    assert phone.said == []


def test_on_a_slow_line_the_weight_and_the_time_left_are_said(phone: Any, live_server: Any) -> None:
    phone.goto(live_server.url + "/ui/gallery")
    phone.set_input_files("#id_p-document", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    expect(phone.locator("form[data-upload] [data-upload-note]")).to_contain_text("→", timeout=20_000)
    wire = phone.context.new_cdp_session(phone)
    wire.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 20_000, "uploadThroughput": 20_000}
    wire.send("Network.emulateNetworkConditions", slow)
    phone.locator("form[data-upload] button").click()
    said = phone.locator("form[data-upload] [data-said]")
    expect(said).to_have_text(re.compile(r"جار إرسال \d+ كيلوبايت: الثواني المتبقية نحو \d+"))
    assert phone.locator("form[data-upload] progress").is_visible()
    expect(phone.locator("form[data-sent]")).to_have_count(0, timeout=30_000)
    assert phone.said == []


def test_a_file_of_another_kind_is_refused_before_it_leaves(phone: Any, live_server: Any) -> None:
    phone.goto(live_server.url + "/ui/gallery")
    for name, kind in (("a.gif", "image/gif"), ("a.docx", "application/octet-stream"), ("a.svg", "image/svg+xml")):
        phone.set_input_files("#id_p-document", {"name": name, "mimeType": kind, "buffer": b"GIF89a"})
        expect(phone.locator("form[data-upload] [data-upload-note]")).to_contain_text("لا يمكن أخذ هذا الملف")
        assert phone.input_value("#id_p-document") == ""
    for name, kind in (("a.HEIC", ""), ("a.pdf", "application/pdf"), ("a.jpg", "image/jpeg")):
        phone.set_input_files("#id_p-document", {"name": name, "mimeType": kind, "buffer": b"%PDF-1.4"})
        expect(phone.locator("form[data-upload] [data-upload-note]")).to_contain_text(re.compile(r"\d"))
        assert phone.input_value("#id_p-document") != ""


def test_a_cut_line_is_said_and_the_text_stays(phone: Any, live_server: Any) -> None:
    phone.goto(live_server.url + "/ui/gallery")
    phone.context.set_offline(True)
    phone.fill("#id_a-name", "سعيد المثالي")
    phone.locator("#forms .button").first.click()
    phone.wait_for_selector("#forms [data-said]")
    assert "لا يوجد اتصال" in phone.inner_text("#forms [data-said]")
    assert phone.input_value("#id_a-name") == "سعيد المثالي"


def test_without_script_the_page_is_whole(chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/ui/gallery")
    page.locator("summary").first.click()
    assert page.locator(".why ol").first.is_visible()
    page.set_input_files("#id_p-document", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    with page.expect_request(lambda request: request.method == "POST"):
        page.locator("form[data-upload] button").click()
    context.close()
