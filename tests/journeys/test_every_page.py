"""Every page of a whole demonstration, opened on a phone: nothing broken, nothing untranslated, nothing too wide."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.crawl import NARROW, Crawl, nu_faults
from tests.operations.installation import Installation, Server
from tests.ui.conftest import chromium  # noqa: F401

pytestmark = pytest.mark.browser
PUBLIC = {"ar": "/oued-ed-dahab/", "fr": "/oued-ed-dahab/fr/"}
#: Who walks in the office: the first sees most, the others have pages that he has not.
QUALITIES = ("clerk", "officer", "head", "director", "president", "secretary", "information", "admin")
#: One dossier of each end and regime, with its code.
CODES = """
import json
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.dossiers.models import Dossier
from tadbir.desk.codes import follow_code
with council_scope(Council.objects.get(slug="oued-ed-dahab")):
    found = {(d.kind, d.closed_by_kind): (d.number, follow_code(d)) for d in Dossier.objects.order_by("-pk")}
print(json.dumps(sorted(found.values())))
"""


class House:
    """The demonstration being served, and who may enter."""

    def __init__(self, folder: Path, browser: Any) -> None:
        self.home, self.browser = Installation(folder), browser
        said = self.home.run("demo", "--folder", str(folder), "--no-serve").stdout
        links = re.findall(r"http://\S+(/oued-ed-dahab/account/demo/\S+)", said)
        self.signed_in: dict[str, Any] = {}
        self.links = dict(zip(QUALITIES, links, strict=True))
        self.server = Server(self.home, "--workers", "1")
        self.server.wait_ready()
        self.base = f"http://localhost:{self.server.port}"

    def reader(self, quality: str = "") -> Any:
        """A phone in the hands of somebody: signed in as the demonstration lets one."""
        known = self.signed_in.get(quality)
        context = self.browser.new_context(viewport={"width": NARROW, "height": 740}, storage_state=known)
        if quality and not known:
            page = context.new_page()
            page.goto(self.base + self.links[quality])
            page.locator("main form button").click()
            page.wait_for_url("**/office/**")
            page.close()
            self.signed_in[quality] = context.storage_state()  # a link of the demonstration signs in once
        return context

    def walk(self, language: str, html: Path | None, who: tuple[str, ...], dossiers: int) -> list[str]:
        """Everything wrong that these readers meet."""
        start, wrong = PUBLIC[language], []
        crawl = self._crawl(self.reader(), language, html)
        verifier = "/oued-ed-dahab/v" + ("?lang=fr" if language == "fr" else "")
        crawl.walk("/fr/" if language == "fr" else "/", start, f"{start}account/login/", verifier)
        wrong += crawl.wrong
        wrong += self._not_there(crawl, start)
        wrong += self._resident(language, html, dossiers)
        for quality in who:
            context = self.reader(quality)
            crawl = self._crawl(context, language, html)
            crawl.walk(f"{start}office/", f"{start}account/security/")
            assert (crawl.opened["office-dossier"] > 0) is (quality != "admin"), f"{quality}: {crawl.opened}"
            wrong += crawl.wrong
            context.close()
        return wrong

    def _crawl(self, context: Any, language: str, html: Path | None) -> Crawl:
        return Crawl(context, self.base, language, html)

    def _not_there(self, crawl: Crawl, start: str) -> list[str]:
        """The pages that say no: nothing there, not yours, a wrong code."""
        before, page = len(crawl.wrong), crawl.context.new_page()
        for path in ("nothing-here/", "follow/D-2026-00001/", "request/unknown/"):
            answer = page.goto(self.base + start + path)
            assert answer.status in (403, 404, 410), path
            crawl.look(page)
        page.goto(f"{self.base}{start}follow/")
        page.fill("#id_number", "D-2026-00001")
        page.fill("#id_code", "0000-0000")
        page.locator("main form button").first.click()
        page.wait_for_selector("[role=alert]")
        crawl.look(page)
        page.close()
        return crawl.wrong[before:]

    def _resident(self, language: str, html: Path | None, dossiers: int) -> list[str]:
        """The pages of dossiers opened with their codes; a browser keeps a few open at a time."""
        wrong: list[str] = []
        start, codes = PUBLIC[language], self.home.python(CODES)[:dossiers]
        assert codes
        for number, code in codes:
            context = self.reader()
            page = context.new_page()
            page.goto(f"{self.base}{start}follow/")
            page.fill("#id_number", number)
            page.fill("#id_code", code)
            page.locator("main form button").first.click()
            page.wait_for_url(f"**/follow/{number}/")
            page.close()
            crawl = self._crawl(context, language, html)
            crawl.only = ("dossier",)
            crawl.walk(f"{start}follow/{number}/")
            assert crawl.opened["dossier"] == 1
            wrong += crawl.wrong
            context.close()
        return wrong


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("every-page") / "demo", chromium)
    yield made
    made.server.stop()


def test_one_page_of_each_kind_has_no_fault(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick walk of every day: one page of each kind, in Arabic, as a resident and as the director."""
    monkeypatch.setattr("tests.journeys.crawl.OF_A_KIND", {})
    monkeypatch.setattr("tests.journeys.crawl.USUALLY", 1)
    monkeypatch.setattr("tests.journeys.crawl.TRIES", 2)
    assert house.walk("ar", None, ("director",), dossiers=2) == []


@pytest.mark.proof
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_page_has_a_fault(house: House, tmp_path: Path, language: str) -> None:
    """Every reader, both languages: axe, width, links, words; then the Nu checker on what was sent."""
    vnu = os.environ.get("TADBIR_VNU", "")
    wrong = house.walk(language, tmp_path, ("director", "clerk", "president", "admin"), dossiers=99)
    assert wrong == []
    assert len(list(tmp_path.iterdir())) > 100
    if not vnu:
        pytest.skip("the Nu checker was not run: set TADBIR_VNU (tools/vnu.sh); the rest was")
    assert nu_faults(vnu, tmp_path) == []


def test_the_walk_sees_faults(house: House, tmp_path: Path) -> None:
    """A page with English words, a dead link, a missing label, too wide, and HTML that is none."""
    context = house.reader()
    crawl = house._crawl(context, "fr", None)
    page = context.new_page()
    page.goto(f"{house.base}/oued-ed-dahab/fr/follow/")
    page.evaluate("""() => {
        document.querySelector('h1').textContent = 'Where is my dossier?';
        document.querySelector('main').insertAdjacentHTML('beforeend', '<a href="nowhere/">x</a><input>');
        const glued = '<h2>Répondre :</h2><button>Signer <bdi>ici</bdi></button>';
        document.querySelector('main').insertAdjacentHTML('beforeend', glued);
        document.querySelector('main > button').style.display = 'inline-flex';
        document.querySelector('footer').style.width = '900px';
    }""")
    crawl.look(page)
    dead = next(link for link in crawl._links(page) if link.endswith("/nowhere/"))
    crawl.walk(dead.removeprefix(house.base))
    context.close()
    found = " ".join(crawl.wrong)
    for fault in (
        "«Where is my dossier?»",
        "900 wide",
        "label",
        "nowhere/ answers 4",
        "«Répondre :»",
        "glued: «Signer",
    ):
        assert fault in found
    vnu = os.environ.get("TADBIR_VNU", "")
    if vnu:
        (tmp_path / "bad.html").write_text("<!doctype html><p><title>x</title><li role=row>", "utf-8")
        assert nu_faults(vnu, tmp_path)
