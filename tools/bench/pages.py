"""What the residents' pages weigh on the wire, with nothing in the browser's cache."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from tools.bench.client import Browser

#: Pages that anybody may open, under the council's address; the sheets and forms of its services are added.
PUBLIC = ("", "services/", "follow/", "decisions/", "about/", "accessibility/", "legal/", "account/login/")
URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
LOADED = {"stylesheet", "preload", "icon", "modulepreload", "manifest"}


@dataclass(frozen=True)
class Weight:
    """One page: bytes of HTML and CSS (the first view), bytes of everything it loads."""

    path: str
    first: int
    whole: int


class _Needs(HTMLParser):
    """What a page makes the browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.others: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = {name: value or "" for name, value in attrs}
        kinds = set(words.get("rel", "").lower().split())
        if tag == "link" and "stylesheet" in kinds:
            self.styles.append(words["href"])
        elif tag == "link" and kinds & LOADED:
            self.others.append(words["href"])
        elif tag in {"script", "img"} and words.get("src"):
            self.others.append(words["src"])
        elif tag == "a":
            self.links.append(words.get("href", ""))


def needs(page: bytes) -> _Needs:
    """Read a page as a browser does before it shows it."""
    found = _Needs()
    found.feed(page.decode())
    return found


def weigh(port: int, path: str) -> Weight:
    """One page with all that it needs; each file counts once, fonts and pictures of the style sheets too."""
    browser = Browser(port)
    answer = browser.get(path)
    page, first, whole = needs(answer.body), answer.wire, 0
    seen: set[str] = set()
    waiting = [(urljoin(path, one), True) for one in page.styles] + [(urljoin(path, one), False) for one in page.others]
    while waiting:
        address, is_style = waiting.pop()
        if address in seen or urlsplit(address).scheme:
            continue
        seen.add(address)
        file = browser.get(address)
        first, whole = first + file.wire * is_style, whole + file.wire * (not is_style)
        if is_style:
            waiting += [(urljoin(address, one), False) for one in URL.findall(file.body.decode())]
    return Weight(path, first, first + whole)


def public_pages(port: int, slug: str) -> Iterator[str]:
    """Every public page of a council, in both languages."""
    for prefix in (f"/{slug}/", f"/{slug}/fr/"):
        yield from (prefix + path for path in PUBLIC)
        services = f"{prefix}services/"
        links = {urlsplit(link).path for link in needs(Browser(port).get(services).body).links}
        sheets = sorted(link for link in links if re.fullmatch(re.escape(services) + r"[\w-]+/", link))
        for sheet in sheets:
            yield sheet
            if f"{sheet}request/" in {urlsplit(one).path for one in needs(Browser(port).get(sheet).body).links}:
                yield f"{sheet}request/"


def weights(port: int, slug: str) -> list[Weight]:
    """The weight of every public page, the heaviest first view first."""
    return sorted((weigh(port, path) for path in public_pages(port, slug)), key=lambda one: -one.first)
