"""Reads the forms of a page as a browser would, so that a benchmark fills in what is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form: where it goes, how, what it already holds."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    has_file: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(words.get("action", ""), words.get("method", "get").lower())
            self.forms.append(self.open)
        if self.open is None:
            return
        name = words.get("name", "")
        self.open.names |= {name} - {""}
        if tag == "input":
            self._input(name, words)
        elif tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area = name
            self.open.fields[name] = ""
        elif tag == "option" and self.select and ("selected" in words or not self.open.fields.get(self.select)):
            self.open.fields[self.select] = words.get("value", "")

    def _input(self, name: str, words: dict[str, str]) -> None:
        kind = words.get("type", "text")
        if self.open is None or not name or kind in {"submit", "image", "reset", "button"}:
            return
        if kind == "file":
            self.open.has_file = True
        elif kind == "radio":
            # As a reader who takes what is marked, else the first choice.
            if "checked" in words or name not in self.open.fields:
                self.open.fields[name] = words.get("value", "on")
        elif kind != "checkbox" or "checked" in words:
            self.open.fields[name] = words.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.area:
            self.open.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def forms_of(page: bytes) -> list[Form]:
    """The forms of a page in order."""
    reader = _Reader()
    reader.feed(page.decode())
    return reader.forms
