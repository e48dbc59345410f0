"""A whole request on a telephone with a poor line, in a real browser: 50 kilobits a second, 500 ms.

    python -m tools.bench.journey http://localhost:8000/council [PHOTO]

With a photo, each document is that photo: its steps then last as long as a photographed page takes to arrive.
A step lasts from the press to the `load` event of the page it opens, or, for a document, until the page says that it
is there. Bytes are what the browser received (headers
and bodies as they came over the line) and what it sent (headers and forms, without the documents themselves);
fetched once, kept as any browser keeps them. TLS is not counted: the benchmark speaks HTTP on the loopback.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.pictures import chromium

KILOBITS, LATENCY_MS = 50, 500
#: Bytes that a multipart form adds around its document.
ENVELOPE = 400
#: The documents that the sheet asks for; another one may be joined and is not.
ASKED = "input[type=file]:not([name^=other])"


@dataclass
class Journey:
    """What a resident waited for and paid for."""

    seconds: dict[str, float] = field(default_factory=dict)
    received: float = 0.0
    sent: float = 0.0

    @property
    def slowest(self) -> float:
        return max(self.seconds.values())

    @property
    def kilobytes(self) -> float:
        return (self.received + self.sent) / 1024


def count_bytes(wire: Any, journey: Journey) -> None:
    """Count what crosses the line, as the browser's own network log tells it."""

    def finished(event: dict[str, Any]) -> None:
        journey.received += event["encodedDataLength"]

    def headers(event: dict[str, Any]) -> None:
        journey.sent += sum(len(name) + len(str(value)) + 4 for name, value in event["headers"].items())

    def begun(event: dict[str, Any]) -> None:
        request = event["request"]
        typed = request.get("headers", {}).get("Content-Type", "")
        journey.sent += ENVELOPE if typed.startswith("multipart/") else len(request.get("postData", ""))
        if "redirectResponse" in event:
            journey.received += event["redirectResponse"]["encodedDataLength"]

    wire.send("Network.enable")
    wire.on("Network.loadingFinished", finished)
    wire.on("Network.requestWillBeSentExtraInfo", headers)
    wire.on("Network.requestWillBeSent", begun)
    line = KILOBITS * 1000 / 8
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY_MS, "downloadThroughput": line, "uploadThroughput": line},
    )


def fill_in(page: Any) -> None:
    """What is asked for a loan of equipment, and who asks."""
    page.check("#id_q_equipment_0")
    page.fill("#id_q_from", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 30 * 86400)))
    page.fill("#id_q_days", "2")
    page.fill("#id_q_place", "دوار النخلة")
    page.fill("#id_q_purpose", "حفل مدرسي")
    page.check("#id_kind_0")
    page.fill("#id_name", "فاطمة بنت أحمد العيدي")
    page.fill("#id_phone", "0600000005")


def travel(base: str, page: Any, journey: Journey, document: Path) -> None:
    """The pages in their order, from the council's home to the receipt."""

    def step(name: str, act: Callable[[], object]) -> None:
        begun = time.perf_counter()
        with page.expect_event("load", timeout=120_000):
            act()
        journey.seconds[name] = time.perf_counter() - begun

    step("home", lambda: page.goto(f"{base}/", wait_until="commit", timeout=120_000))
    step("services", lambda: page.click("main a[href$='/services/']", no_wait_after=True))
    step("sheet", lambda: page.click("main a[href$='/services/equipment-loan/']", no_wait_after=True))
    step("form", lambda: page.click("main a[href$='/equipment-loan/request/']", no_wait_after=True))
    fill_in(page)
    step("send the form", lambda: page.click("main form button.button", no_wait_after=True))
    for asked in page.eval_on_selector_all(ASKED, "all => all.map(one => one.name)"):
        page.set_input_files(f"input[name={asked}]", document)
        made = f"[data-to]:has(input[name={asked}]) [data-upload-note]:text-matches('[0-9]')"
        page.wait_for_selector(made, timeout=60_000)
        begun = time.perf_counter()
        page.click(f"[data-to]:has(input[name={asked}]) button", no_wait_after=True)
        page.locator(f"input[name={asked}]").wait_for(state="hidden", timeout=120_000)
        journey.seconds[asked] = time.perf_counter() - begun
    step("check", lambda: page.click("main form > .actions button", no_wait_after=True))
    step("receipt", lambda: page.click("main form button.button", no_wait_after=True))
    if not page.url.endswith("/receipt/"):
        raise RuntimeError(f"no receipt at {page.url}")


def go(base: str, photo: Path | None = None) -> Journey:
    """Make the journey once, with a document that weighs nothing or with this photo.

    Raises OSError without a browser, playwright's errors when a page is not as expected.
    """
    from PIL import Image
    from playwright.sync_api import sync_playwright

    journey = Journey()
    if not Path(chromium()).exists():
        raise OSError("no Chromium: set TADBIR_CHROMIUM")
    with sync_playwright() as started, tempfile.TemporaryDirectory() as folder:
        document = photo or Path(folder) / "document.png"
        if not photo:
            Image.effect_noise((24, 24), 60).save(document)
        browser = started.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ar-MA", is_mobile=True)
            page = context.new_page()
            count_bytes(context.new_cdp_session(page), journey)
            travel(base, page, journey, document)
        finally:
            browser.close()
    return journey


if __name__ == "__main__":
    made = go(sys.argv[1].rstrip("/"), Path(sys.argv[2]) if sys.argv[2:] else None)
    for name, seconds in made.seconds.items():
        print(f"{name:16}{seconds:6.1f} s")
    print(f"received {made.received / 1024:.1f} KB, sent {made.sent / 1024:.1f} KB")
