"""What a list names is named alike wherever it is read: the columns of a table, the purposes of a reading."""

from __future__ import annotations

import ast
import re

import pytest
from django.utils import translation

from tadbir.ledgers.words import PURPOSES
from tests.house.reading import files, name

_HEAD = re.compile(r'<th scope="col"[^>]*>(.*?)</th>', re.DOTALL)
_CELL = re.compile(r'data-label="(.*?)"')


_LINES = re.compile(r'{% lines \w[\w.]* "([^"]+)" %}')


def drawn_within(html: str, pages: dict[str, str]) -> str:
    """A page with the template of its lines in their place."""
    return _LINES.sub(lambda found: pages[found[1]], html)


def strange_labels(html: str) -> set[str]:
    """Names of columns that cells bear on a phone, and no head of the table bears on a desk."""
    heads, cells = ({one.replace("'", '"') for one in found.findall(html)} for found in (_HEAD, _CELL))
    return cells - heads


def test_a_cell_names_its_column_as_the_head_of_the_table_does() -> None:
    pages = {name(path).partition("/templates/")[2]: path.read_text("utf-8") for path in files("tadbir", ".html")}
    lines = {found for html in pages.values() for found in _LINES.findall(html)}
    assert "desk/row.html" in lines
    whole = {page: drawn_within(html, pages) for page, html in pages.items() if page not in lines}
    found = {page: labels for page, html in whole.items() if (labels := strange_labels(html))}
    assert found == {}
    table = '<th scope="col">{% translate "Read by" %}</th><td data-label="{% translate \'Who\' %}">'
    assert strange_labels(table) == {'{% translate "Who" %}'}
    rows = '<th scope="col">{% translate "Read by" %}</th>{% lines page.items "row.html" %}'
    assert strange_labels(drawn_within(rows, {"row.html": table})) == {'{% translate "Who" %}'}


def purposes(code: str) -> set[str]:
    """What the code writes in the access log as the purpose of a reading, before its colon."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
            "note_reading",
            "log_access",
        ):
            last = node.args[-1]
            text = last.values[0] if isinstance(last, ast.JoinedStr) else last
            if isinstance(text, ast.Constant):
                found.add(str(text.value).partition(":")[0])
    return found


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_purpose_of_a_reading_has_its_words(language: str) -> None:
    used = {one for path in files("tadbir", ".py") for one in purposes(path.read_text("utf-8"))}
    assert used == set(PURPOSES)
    assert purposes("note_reading(request, found, f'document:{pk}')") == {"document"}
    with translation.override(language):
        said = {str(words) for words in PURPOSES.values()}
    with translation.override("en"):
        assert not said & {str(words) for words in PURPOSES.values()}
    assert len(said) == len(PURPOSES)
