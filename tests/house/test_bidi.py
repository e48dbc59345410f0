"""Values that follow each other in one line each stand in their own direction: a number and a day keep their places.

«طلب معلومات: N-2026-00001 · 29 نونبر 2026» is read with the day inside the number where nothing sets them apart.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib

from tests.house.reading import files

#: What sets a value apart, and what makes words of the reader's language of it.
APART = re.compile(
    r"\|(bdi|apart|day|by_day|moment|tr|label|[a-z]+_name|in_reader_language|days|filesize_words)\b|\|named:|\|signature_words"
)
#: Values that are words of the reader's language by themselves.
WORDS = re.compile(
    r"(\.get_\w+_display|label|[._]name|^name|_words|link_about|\.detail|^detail|paper\.signed|[._](ar|fr)|\.home|\.title|\.words|forloop\.\w+|\.errors)$|^title$"
)
#: Elements that begin a line of their own.
BLOCK = re.compile(
    r"</?(p|li|[uo]l|div|h[1-6]|t[dhr]|d[dlt]|br|option|select|title|section|small|label|summary|caption|table|textarea"
    r"|form)\b[^>]*>"
)
_TRANSLATED = re.compile(
    r"{%-?\s*blocktranslate\b(?P<asked>[^%]*)%}(?P<text>.*?){%\s*endblocktranslate\s*%}", re.DOTALL
)
_LETTER = re.compile(r"[^\W\d_]")
#: What prints on paper has its own (acts.documents.bidi); the demonstration talks to a terminal.
ELSEWHERE = ("/papers/", "/demo/", "/documents/", "law/words.py")
SEPARATORS = re.compile(r" [·—] ?$| [·—] |^ ?[·—] ")


def lines(html: str) -> list[str]:
    """A template, line by line as it is read: words of translations are one W, elements are gone."""
    html = re.sub(r"{#.*?#}", "", html)
    html = _TRANSLATED.sub(" W ", html)
    html = re.sub(r"{%\s*(translate|tag|notice|colon|submit)\b[^%]*%}", " W ", html)
    html = re.sub(r"{% block title %}", "<title>", html)
    html = re.sub(r"{%\s*(else|elif)\b[^%]*%}", "<br>", html)  # never both on one page
    html = re.sub(r"{%[^%]*%}", "", html)
    html = re.sub(r'"[^"<>]*{{[^"<>]*"', '""', html)
    return [re.sub(r"<[^>]*>", "", line) for line in BLOCK.split(html)[::2]]


def joined(html: str) -> list[str]:
    """Pairs of values with no word between them, where one is not set apart."""
    found = []
    for line in lines(html):
        parts = re.split(r"{{(.*?)}}", line)
        values, between = parts[1::2], parts[2:-1:2]
        for first, gap, second in zip(values, between, values[1:], strict=False):
            if gap.strip(" ") and "\n" not in gap and not _LETTER.search(gap):
                bare = [one for one in (first, second) if not APART.search(one) and not WORDS.search(one.strip())]
                found += [f"{first.strip()}{gap}{second.strip()}"] if bare else []
    return found


def test_values_that_stand_side_by_side_on_a_page_are_set_apart() -> None:
    found = [f"{path}: {pair}" for path in files("tadbir", ".html") for pair in joined(path.read_text("utf-8"))]
    assert found == []


def test_what_stands_side_by_side_is_seen() -> None:
    assert joined("<p>{{ a.number }} · {{ b|day }}</p>") == ["a.number · b|day"]
    assert joined("<p>{{ a.number|bdi }} · {{ b|day }}</p><p>{{ c }}</p>") == []
    assert joined("<p>{{ a }} {% translate 'and' %} {{ b }}</p>") == []
    assert joined("<p>{% if a %}<a>{{ a }}</a>{% endif %} ({{ b|bdi }})</p>") == ["a (b|bdi"]


def texts_joined(code: str) -> list[int]:
    """Lines of code that put values beside each other by hand."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.JoinedStr):
            texts = [str(part.value) for part in node.values if isinstance(part, ast.Constant)]
            found += [node.lineno for text in texts[:1] if any(SEPARATORS.search(text) for text in texts)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            mark = node.func.value
            text = mark.value if isinstance(mark, ast.Constant) and isinstance(mark.value, str) else ""
            found += [node.lineno] if "·" in text or "—" in text else []
    return found


def test_values_are_put_side_by_side_by_one_function() -> None:
    paths = [path for path in files("tadbir", ".py") if not any(part in str(path) for part in ELSEWHERE)]
    found = [f"{path}:{line}" for path in paths for line in texts_joined(path.read_text("utf-8"))]
    assert found == [], "law.words.beside puts each in its own direction"
    assert texts_joined('f"{a} · {b}"') == texts_joined('" — ".join(x)') == [1]
    assert texts_joined('beside(a, b) + f"{a}: {b}" + ", ".join(x)') == []


_VALUE = r"(?:%\(\w+\)s|\{\w+\})"
_PAIR = re.compile(rf"{_VALUE}(?P<between>[^\u0621-\u064aA-Za-zÀ-ÿ%{{]*){_VALUE}")


def test_values_that_follow_each_other_in_a_sentence_stand_between_marks() -> None:
    found = []
    for path in sorted(Path("tadbir").glob("**/locale/*/LC_MESSAGES/*.po")):
        for entry in polib.pofile(str(path)):
            if all(re.search("/(operations|commands|demo)/", where) for where, _line in entry.occurrences):
                continue  # said to a terminal, where paths and commands are copied as they stand
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                found += [text for pair in _PAIR.finditer(text) if "\u2069" not in pair["between"]]
    assert found == [], "each value between U+2068 and U+2069"


def test_one_filter_shows_a_value_in_its_own_direction() -> None:
    by_hand = re.compile(r"<bdi>{{[^}]*}}</bdi>")
    found = [f"{path}: {one}" for path in files("tadbir", ".html") for one in by_hand.findall(path.read_text("utf-8"))]
    assert found == [], "the filter bdi keeps a number on one line too"
