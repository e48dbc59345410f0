"""A class that the styles know is one that a page, a script or a form gives to something."""

from __future__ import annotations

import ast
import re

from django.forms.utils import ErrorList

from tests.house.reading import files

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"\{[^{}]*\}")
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_ATTRIBUTE = re.compile(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\}|\{)*)"', re.DOTALL)
_WORD = re.compile(r"[A-Za-z_][\w-]*")


def styled(sheet: str) -> set[str]:
    """The classes that the selectors of a sheet name."""
    sheet = _COMMENT.sub("", sheet)
    selectors = _RULE.sub(" ", re.sub(r"url\([^)]*\)|\"[^\"]*\"", "", sheet))
    return set(_CLASS.findall(selectors))


def given(html: str) -> set[str]:
    """The words of every class attribute of a template, of its tags too: one may choose between two classes."""
    return {word for attribute in _ATTRIBUTE.findall(html) for word in _WORD.findall(attribute)}


def literals(code: str) -> set[str]:
    """The words of every text in a Python module."""
    texts = (node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    return {word for text in texts if isinstance(text, str) for word in _WORD.findall(text)}


def test_every_class_of_the_styles_is_used() -> None:
    sheets = [path.read_text("utf-8") for path in files("tadbir", ".css")]
    pages = [path.read_text("utf-8") for path in files("tadbir", ".html")]
    sheets += [style for page in pages for style in re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)]
    known = {name for sheet in sheets for name in styled(sheet)}
    used = {name for page in pages for name in given(page)}
    used |= {name for path in files("tadbir", ".py") for name in literals(path.read_text("utf-8"))}
    used |= {name for path in files("tadbir", ".js") for name in _WORD.findall(path.read_text("utf-8"))}
    used.add(ErrorList().error_class)  # Django's own list of errors, which draws itself
    assert len(known) > 60
    assert sorted(known - used) == []


def test_what_is_styled_and_what_is_given_is_seen() -> None:
    sheet = '@layer a { .one .two-b:hover > p, .three { color: red; content: ".no" } /* .not */ }'
    assert styled(sheet) == {"one", "two-b", "three"}
    page = '<p class="one {% if x == "y" %}two-b{% else %}three{% endif %}"><b class="four">class="five</b>'
    assert {"one", "two-b", "three", "four"} <= given(page)
    assert literals("html = f\"<p class='six {seven}'>\"  # eight") == {"p", "class", "six"}


def test_the_words_of_a_button_keep_their_spaces() -> None:
    """A row of boxes takes away the spaces around «n° 55-19», or between the two languages of the verifier."""
    rules = re.findall(
        r"^ *\.button \{([^}]*)\}", "\n".join(one.read_text("utf-8") for one in files("tadbir", ".css")), re.M
    )
    assert len(rules) == 1
    assert "display: inline-block" in rules[0]


def test_the_pairs_of_a_list_of_values_stand_apart() -> None:
    """A label and its value share one line of `.kv` where a `div` holds both; without one they are a heap."""
    loose = re.compile(r"<dt\b(?:(?!</?div\b|</dl>).)*</dd>(?!\s*</div>)", re.DOTALL)
    found = [str(path) for path in files("tadbir", ".html") if loose.search(path.read_text("utf-8"))]
    assert found == []
    assert loose.search('<dl class="kv"><dt>a</dt><dd>b</dd></dl>')
    assert not loose.search('<dl class="kv"><div><dt>a</dt><dd>b</dd></div></dl>')
