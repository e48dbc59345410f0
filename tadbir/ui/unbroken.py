"""The numbers that a sentence names: of laws, which French writes with a hyphen, of dossiers and papers, of days.

A browser would break «55-19», «D-2026-00041» and «2026-12-01» after a hyphen, and so «puis-je».

And the point between two small facts («L-2026-00025 · 23 novembre 2026»): it is drawn on the space before it, which a
browser takes away at the end of a line, so that no line begins or ends with a point. Who copies the words, prints the
page or reads it without style has the point itself.
"""

import re
from collections.abc import Callable

from django.utils.translation import get_language

_NUMBER = re.compile(
    r"(?:[A-Z]{1,2}-[0-9]{4}-[0-9]{5}(?:/[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,3}-[0-9]{2,3}(?:-[0-9]{2,3})?)(?![\w-])"
)
_BEFORE = re.compile(r"n°\s?\Z")
#: What French joins to the verb of a question or an order: «puis-je», «écrivez-leur».
_JOINED = re.compile(r"(?:-t)?-(?:je|ce|il|elle|on|nous|vous|ils|elles|le|la|les|lui|leur)(?![\w-])")
_VERB = re.compile(r"[A-Za-zÀ-ÿ]+\Z")
_POINT = re.compile(r"\s+·\s+")
#: What stands for it: public.css draws the space, and gives the rest no width.
_BETWEEN = '<i class="dot"><i> ·</i> </i>'
#: Elements that hold text alone, or that keep their words on one line already.
_PLAIN = ('<bdi class="no"', "<title", "<option", "<textarea", "<script", "<style")


def colon() -> str:
    """The colon after what a page puts in: French has a space before it that does not break."""
    return "\u00a0:" if get_language() == "fr" else ":"


def _in_words(page: str, start: int) -> bool:
    """Whether this place is in the words of the page: not in a tag, or in what is typed."""
    tag = page.rfind("<", 0, start)
    return page.find(">", tag, start) > 0 and not page.startswith(_PLAIN, tag)


def _number(page: str, last: int, found: re.Match[str]) -> int | None:
    """Where a number begins with its «n°», None inside a longer word."""
    if re.match(r"[\w-]", page[found.start() - 1]):
        return None
    before = _BEFORE.search(page, max(last, found.start() - 3), found.start())
    return before.start() if before else found.start()


def _question(page: str, last: int, found: re.Match[str]) -> int | None:
    """Where the verb begins that this pronoun is joined to."""
    before = _VERB.search(page, max(last, found.start() - 20), found.start())
    return before.start() if before else None


def _kept(page: str, wanted: re.Pattern[str], begins: Callable[[str, int, re.Match[str]], int | None]) -> str:
    """The page with each of what is wanted on one line."""
    parts, last = list[str](), 0
    for found in wanted.finditer(page):
        start = begins(page, last, found) if _in_words(page, found.start()) else None
        if start is not None:
            parts += [page[last:start], '<span class="no">', page[start : found.end()], "</span>"]
            last = found.end()
    return "".join((*parts, page[last:]))


def unbroken(page: str) -> str:
    """A page in which each number stays on one line, and each point between two facts; nothing else of it changes."""
    page = _POINT.sub(lambda found: _BETWEEN if _in_words(page, found.start()) else found[0], page)
    return _kept(_kept(page, _NUMBER, _number), _JOINED, _question)
