"""The numbers that a sentence names: of laws, which French writes with a hyphen, of dossiers and papers.

A browser would break «55-19» and «D-2026-00041» after a hyphen. And the point between two small facts («L-2026-00025 · 23
novembre 2026»): it is drawn on the space before it, which a browser takes away at the end of a line, so that no line
begins or ends with a point. Who copies the words, prints the page or reads it without style has the point itself.
"""

import re

_NUMBER = re.compile(r"(?:[A-Z]{1,2}-[0-9]{4}-[0-9]{5}(?:/[0-9]+)?|[0-9]{1,3}-[0-9]{2,3}(?:-[0-9]{2,3})?)(?![\w-])")
_BEFORE = re.compile(r"n°\s?\Z")
_POINT = re.compile(r"\s+·\s+")
#: What stands for it: public.css draws the space, and gives the rest no width.
_BETWEEN = '<span class="dot"><i> ·</i> </span>'
#: Elements that hold text alone, or that keep their words on one line already.
_PLAIN = ('<bdi class="no"', "<title", "<option", "<textarea", "<script", "<style")


def _in_words(page: str, start: int) -> bool:
    """Whether this place is in the words of the page: not in a tag, or in what is typed."""
    tag = page.rfind("<", 0, start)
    return page.find(">", tag, start) > 0 and not page.startswith(_PLAIN, tag)


def _stands(page: str, start: int) -> bool:
    """Whether a number begins here in the words of the page, and not in a longer one."""
    return not re.match(r"[\w-]", page[start - 1]) and _in_words(page, start)


def unbroken(page: str) -> str:
    """A page in which each number stays on one line, and each point between two facts; nothing else of it changes."""
    page = _POINT.sub(lambda found: _BETWEEN if _in_words(page, found.start()) else found[0], page)
    parts, last = list[str](), 0
    for found in _NUMBER.finditer(page):
        if _stands(page, found.start()):
            before = _BEFORE.search(page, max(last, found.start() - 3), found.start())
            start = before.start() if before else found.start()
            parts += [page[last:start], '<span class="no">', page[start : found.end()], "</span>"]
            last = found.end()
    return "".join((*parts, page[last:]))
