"""The numbers that a sentence names: of laws, which French writes with a hyphen, of dossiers and papers.

A browser would break «55-19» and «D-2026-00041» after a hyphen.
"""

import re

_NUMBER = re.compile(r"(?:[A-Z]{1,2}-[0-9]{4}-[0-9]{5}(?:/[0-9]+)?|[0-9]{1,3}-[0-9]{2,3}(?:-[0-9]{2,3})?)(?![\w-])")
_BEFORE = re.compile(r"n°\s?\Z")
#: Elements that hold text alone, or that keep their words on one line already.
_PLAIN = ('<bdi class="no"', "<title", "<option", "<textarea", "<script", "<style")


def _stands(page: str, start: int) -> bool:
    """Whether a number begins here in the words of the page: not in a longer one, a tag, or what is typed."""
    tag = page.rfind("<", 0, start)
    return (
        not re.match(r"[\w-]", page[start - 1]) and page.find(">", tag, start) > 0 and not page.startswith(_PLAIN, tag)
    )


def unbroken(page: str) -> str:
    """A page in which each number stays on one line; nothing else of it changes."""
    parts, last = list[str](), 0
    for found in _NUMBER.finditer(page):
        if _stands(page, found.start()):
            before = _BEFORE.search(page, max(last, found.start() - 3), found.start())
            start = before.start() if before else found.start()
            parts += [page[last:start], '<span class="no">', page[start : found.end()], "</span>"]
            last = found.end()
    return "".join((*parts, page[last:]))
