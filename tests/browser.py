"""A browser that reads before it sends: a form carries what its page displayed (`councils.shown`)."""

import re
from html import unescape
from typing import Any

from django.test import Client

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_SHOWN = re.compile(r'<input[^>]*\bname="shown"[^>]*\bvalue="([^"]*)"')


def shown_on(html: str, path: str, own: bool = True) -> str | None:
    """What the form that is sent to `path` carries on a page; `own`: the page stands at that very path."""
    for attributes, inner in _FORM.findall(html):
        action = re.search(r'action="([^"]*)"', attributes)
        target = unescape(action[1]).split("?")[0] if action else ""
        if (target == path or (own and not target)) and (found := _SHOWN.search(inner)):
            return unescape(found[1])
    return None


_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)


def skipped_headings(html: str) -> list[str]:
    """The headings of a page that stand more than one level under the one before: who listens to it loses his way."""
    found = [(int(level), words) for level, words in _HEADING.findall(html)]
    above = [1, *(level for level, _words in found)]
    return [words for before, (level, words) in zip(above, found, strict=False) if level > before + 1]


class Browser(Client):
    """A client that opens the page of a form just before it sends it, unless the test says what was shown."""

    def read(self, path: str) -> str | None:
        """What the form sent to `path` would carry, were its page opened now: the page itself, or one above it."""
        place, own = path.split("?")[0], True
        query = path[len(place) :]
        while place.count("/") > 2:
            page = super().get(place + (query if own else ""))
            kind = page.get("Content-Type", "")
            html = page.content.decode() if page.status_code == 200 and kind.startswith("text/html") else ""
            if (found := shown_on(html, path.split("?")[0], own)) is not None:
                return found
            place, own = place.rstrip("/").rpartition("/")[0] + "/", False
        return None

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        plain = (data is None or isinstance(data, dict)) and "content_type" not in kwargs
        if plain and "shown" not in (data or {}) and (found := self.read(path)) is not None:
            data = {**(data or {}), "shown": found}
        return super().post(path, data, *args, **kwargs)
