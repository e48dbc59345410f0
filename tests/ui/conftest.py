"""A real browser on a real server, for what only a browser can show."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = os.environ.get("TADBIR_CHROMIUM") or "/usr/bin/chromium"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Chromium, driven by Playwright; skipped with a reason where there is none."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium: set TADBIR_CHROMIUM")
    from playwright.sync_api import sync_playwright

    # Playwright's own loop makes Django believe that it runs inside asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def phone(chromium: Any) -> Iterator[Any]:
    """A page on a phone 360 pixels wide; anything said in its console as an error is kept in `page.said`."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="ar-MA")
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
