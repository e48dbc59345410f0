"""Somebody who opens every page: follows each link once, and says of each page what is wrong with it."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import polib
from django.urls import Resolver404, resolve, set_script_prefix

from tests.operations.installation import ROOT
from tools.pictures import violations

NARROW = 360
#: How many pages of one kind are opened in the browser; of the others, only the link is tried.
OF_A_KIND = {"office-dossier": 8, "dossier": 8, "service-sheet": 4, "office-sheet": 4, "office-counter-file": 4}
USUALLY = 2
#: How many links of one kind are tried; a paper is drawn the first time somebody asks for it, which takes a moment.
TRIES = 40
#: Links that do something else than show a page: they leave, or change the language of a page seen anyway.
SKIPPED = ("/account/logout/",)
TEXTS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lang = one => one.closest('[lang]').lang;
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    if (!node.parentElement.closest('script, style')) found.push([lang(node.parentElement), node.data]);
  for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (one.hasAttribute(name)) found.push([lang(one), one.getAttribute(name)]);
  found.push([document.documentElement.lang, document.title.split(' · ')[0]]);
  return found;
}"""

#: Headings that announce something and stop («Répondre :»), and words whose spaces a row of boxes takes away.
CUT = """() => {
  const PART = ':scope > :is(.no, .dot, bdi, time)', said = one => (one.innerText || '').trim(), found = [];
  for (const one of document.querySelectorAll('h1, h2, h3, summary, legend, dt, th, button'))
    if (/[:·—،,]$/.test(said(one))) found.push(`stops short: «${said(one)}»`);
  for (const one of document.querySelectorAll('a, button, p, li, label, summary, dt, dd, td')) {
    if (!/flex|grid/.test(getComputedStyle(one).display) || !one.querySelector(PART)) continue;
    if ([...one.childNodes].some(part => part.nodeType === 3 && part.data.trim())) found.push(`glued: «${said(one)}»`);
  }
  return found;
}"""


def plain(text: str) -> str:
    """Words without line breaks and double spaces."""
    return " ".join(text.split())


@cache
def strange(language: str) -> frozenset[str]:
    """Texts that may not stand on a page in this language: our English, and our words of the other language."""
    wrong: set[str] = set()
    right: set[str] = set()
    for path in sorted(Path(ROOT, "tadbir").glob("*/locale/*/LC_MESSAGES/django.po")):
        own = path.parts[-3] == language
        for entry in polib.pofile(str(path)):
            if "%" in entry.msgid or entry.msgid_plural:
                continue
            wrong |= {plain(entry.msgid)} | (set() if own else {plain(entry.msgstr)})
            right |= {plain(entry.msgstr)} if own else set()
    return frozenset(wrong - right - {""})


def kind_of(address: str) -> str:
    """The name of the view behind an address, or the address itself where there is none."""
    path = urlsplit(address).path
    inner = re.sub(r"^/(?:oued-ed-dahab|aousserd)(?=/)", "", path)
    set_script_prefix("/")
    try:
        return str(resolve(re.sub(r"^/fr(?=/)", "", inner)).view_name)
    except Resolver404:
        return inner


@dataclass
class Crawl:
    """One walk through the house by one reader, in one language."""

    context: Any
    base: str
    language: str
    html: Path | None = None
    only: tuple[str, ...] = ()  # beginnings of the kinds that are opened; links to others are still tried
    seen: set[str] = field(default_factory=set)
    opened: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def walk(self, *starts: str) -> None:
        """Open the starts and everything they lead to."""
        page = self.context.new_page()
        waiting = [self.base + start for start in starts]
        while waiting:
            address = waiting.pop(0)
            if address in self.seen:
                continue
            self.seen.add(address)
            kind = kind_of(address)
            wanted = not self.only or kind.startswith(self.only)
            if wanted and self.opened[kind] < OF_A_KIND.get(kind, USUALLY):
                waiting += self._open(page, address, kind)
            elif self.tried[kind] < TRIES:
                self.tried[kind] += 1
                answer = self.context.request.get(address)
                if answer.status >= 400:
                    self.wrong.append(f"{address} answers {answer.status}")
        page.close()

    def _open(self, page: Any, address: str, kind: str) -> list[str]:
        answer = self.context.request.get(address, max_redirects=8)
        if answer.status >= 400:
            self.wrong.append(f"{address} answers {answer.status}")
            return []
        if "text/html" not in answer.headers.get("content-type", ""):
            self.opened[kind] += 1
            return []
        page.goto(address)
        if (landed := kind_of(page.url)) != kind:  # a door that leads elsewhere: that page has its own turn
            return [urldefrag(page.url)[0]] if landed != kind else []
        self.opened[kind] += 1
        self.look(page)
        return self._links(page)

    def look(self, page: Any) -> None:
        """Say what is wrong with the page that is open."""
        where = page.url.removeprefix(self.base)
        if self.html:
            name = re.sub(r"[^\w-]+", "-", f"{where}-{len(list(self.html.iterdir()))}").strip("-")
            # The page as it was sent: what the browser made of it hides faults.
            body = page.evaluate("fetch(location.href).then(answer => answer.text())")
            (self.html / f"{name}.html").write_text(body, "utf-8")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW:
            self.wrong.append(f"{where} is {width} wide")
        self.wrong += [f"{where} {fault}" for fault in violations(page)]
        self.wrong += [f"{where} {fault}" for fault in page.evaluate(CUT)]
        for lang, text in page.evaluate(TEXTS):
            if lang in ("ar", "fr") and plain(text) in strange(lang):
                self.wrong.append(f"{where} says «{plain(text)}» in a text marked {lang}")

    def _links(self, page: Any) -> list[str]:
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map(one => one.href)")
        found = []
        for link in links:
            address = urldefrag(link)[0]
            path = urlsplit(address).path
            if not address.startswith(self.base + "/") or path.endswith(SKIPPED) or address in self.seen:
                continue
            french = "/fr/" in path or "lang=fr" in address
            if french == (self.language == "fr"):
                found.append(address)
        return list(dict.fromkeys(found))


def nu_faults(vnu: str, folder: Path) -> list[str]:
    """What the Nu HTML checker finds in the pages of a folder; nothing is filtered."""
    import subprocess

    done = subprocess.run(
        ["java", "-jar", vnu, "--format", "json", "--skip-non-html", str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    found = json.loads(done.stderr)["messages"]
    return [f"{Path(one['url']).name}: {one['message']} | {one.get('extract', '').strip()[:160]}" for one in found]
