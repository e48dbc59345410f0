"""A section says what it is about: it holds a heading, whatever the page shows, or names what heads it.

Who listens to a page goes from heading to heading; a section without one is a wall. What needs no heading is a `div`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.house.reading import ROOT, files, shown

_TOKEN = re.compile(
    r"{%\s*(?P<tag>\w+)(?P<rest>[^%]*)%}|(?P<heading><h[1-6]\b)|(?P<open><section\b)|(?P<close></section>)"
)
_NAMED = re.compile(r"<section\b[^>]*\baria-label(ledby)?=")
_INCLUDED = re.compile(r"""^\s*["']([^"']+)["']""")
#: Tags of which a page shows one branch, or none; the others show what they hold.
CHOICES = {"if": "endif", "for": "endfor", "ifchanged": "endifchanged"}
BRANCHES = {"elif", "else", "empty"}

Tokens = list[re.Match[str]]


def _template(name: str) -> str:
    found = list((ROOT / "tadbir").glob(f"*/templates/{name}"))
    return found[0].read_text("utf-8") if found else ""


def _plain(html: str) -> str:
    """The template without its comments, which show nothing."""
    return re.sub(r"{#.*?#}", lambda one: " " * len(one[0]), html)


def _headed(tokens: Tokens) -> bool:
    """Whether a heading is shown whichever branches the page takes; reads up to the end of the block it is in."""
    return _read(tokens, 0)[0]


def _read(tokens: Tokens, at: int) -> tuple[bool, int]:
    """Whether this branch shows a heading, and where it ends."""
    found = False
    while at < len(tokens):
        token = tokens[at]
        tag = token["tag"]
        if tag in CHOICES:
            shows, at = _choice(tokens, at)
            found = found or shows
            continue
        if tag in BRANCHES or tag in CHOICES.values():
            return found, at
        if token["heading"]:
            found = True
        elif tag == "include" and (named := _INCLUDED.match(token["rest"])):
            found = found or _headed(list(_TOKEN.finditer(_plain(_template(named[1])))))
        at += 1
    return found, at


def _choice(tokens: Tokens, at: int) -> tuple[bool, int]:
    """Whether every branch of this choice shows a heading (one that may show nothing does not), and what follows it."""
    shown_in, complete = [], False
    while at < len(tokens) and tokens[at]["tag"] not in CHOICES.values():
        complete = complete or tokens[at]["tag"] in ("else", "empty")
        shows, at = _read(tokens, at + 1)
        shown_in.append(shows)
    return complete and all(shown_in), at + 1


def without_heading(html: str) -> Iterator[tuple[int, str]]:
    """Sections of a template that a page may show without a heading of theirs."""
    html = _plain(html)
    for opening in re.finditer(r"<section\b", html):
        if _NAMED.match(html, opening.start()):
            continue
        end, depth = len(html), 0
        for one in re.finditer(r"<section\b|</section>", html[opening.start() :]):
            depth += 1 if one[0] != "</section>" else -1
            if depth == 0:
                end = opening.start() + one.start()
                break
        if not _headed(list(_TOKEN.finditer(html, opening.start(), end))):
            yield html[: opening.start()].count("\n") + 1, html[opening.start() : opening.start() + 60]


def test_every_section_has_its_heading() -> None:
    pages = list(files("tadbir", ".html"))
    assert sum("<section" in path.read_text("utf-8") for path in pages) > 30
    found = [line for path in pages for line in shown(path, without_heading(path.read_text("utf-8")))]
    assert found == [], "give it a heading that says what it is, or make it a div"


def test_what_is_found_and_what_is_not() -> None:
    good = (
        "<section><h2>x</h2></section>",
        "<section>{% if a %}<h1>x</h1>{% elif b %}<h2>y</h2>{% else %}<h2>z</h2>{% endif %}</section>",
        "<section>{% with a=b %}<p>x</p><h2>{% if a %}x{% endif %}</h2>{% endwith %}</section>",
        '<section>{% include "desk/letter_text.html" %}</section>',
        '<section aria-labelledby="x"><p id="x">x</p></section>',
        '<section{% else %}<form{% endif %} class="x" aria-labelledby="x"><p id="x">x</p></section>',
        "{# <section> #}<div></div>",
        "<section><h2>x</h2><section><h3>y</h3></section></section>",
    )
    bad = (
        "<section><p>x</p></section>",
        "<section>{% if a %}<h2>x</h2>{% endif %}<p>y</p></section>",
        "<section>{% if a %}<h2>x</h2>{% elif b %}<h2>y</h2>{% endif %}</section>",
        "<section>{% if a %}<h2>x</h2>{% else %}<p>y</p>{% endif %}</section>",
        "<section>{% for a in b %}<h2>x</h2>{% endfor %}</section>",
        '<section>{% include "desk/letter_block.html" %}</section>',
        "<section>{# <h2>x</h2> #}</section>",
        "<section><p>x</p></section><h2>y</h2>",
        "<section><h2>x</h2><section><p>y</p></section></section>",
    )
    assert [html for html in good if list(without_heading(html))] == []
    assert [html for html in bad if len(list(without_heading(html))) != 1] == []
