"""What is said once stays said once: a second list of months or digits, a second counter of tries, is found here."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.reading import files, name

#: What stands in one module only.
ONE_PLACE = {
    "months": "tadbir/law/words.py",
    "Eastern digits": "tadbir/reading/letters.py",
    "counting tries": "tadbir/councils/limits.py",
    "flushing a folder": "tadbir/database/filesystem.py",
    "these years": "tadbir/councils/clock.py",
}
MONTHS = {"janvier", "février", "mars", "juillet", "octobre", "يناير", "فبراير", "مارس", "يوليوز", "أكتوبر"}
FEW_DIGITS = ("٠١٢", "۰۱۲")


def said(code: str) -> Iterator[str]:
    """Which of these a module says."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Tuple | ast.List | ast.Dict | ast.Set):
            inside = node.values if isinstance(node, ast.Dict) else node.elts
            texts = {one.value for one in inside if isinstance(one, ast.Constant) and isinstance(one.value, str)}
            if len(texts & MONTHS) > 1:
                yield "months"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if any(digits in node.value for digits in FEW_DIGITS):
                yield "Eastern digits"
        elif isinstance(node, ast.Attribute) and node.attr == "O_RDONLY":
            yield "flushing a folder"
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "cache.incr":
            yield "counting tries"
        elif isinstance(node, ast.BinOp) and ast.unparse(node).endswith("- today().year"):
            yield "these years"


def test_what_is_said_once_stays_so() -> None:
    found = {(what, name(path)) for path in files("tadbir", ".py") for what in said(path.read_text("utf-8"))}
    assert sorted(found) == sorted(ONE_PLACE.items())


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("M = ('janvier', 'février')", "months"),
        ("M = {1: 'يناير', 2: 'فبراير'}", "months"),
        ("T = str.maketrans('٠١٢٣٤٥٦٧٨٩', '0123456789')", "Eastern digits"),
        ("cache.incr(slot)", "counting tries"),
        ("os.open(folder, os.O_RDONLY)", "flushing a folder"),
        ("far = abs(day.year - today().year) > 1", "these years"),
    ],
)
def test_a_second_one_is_seen(code: str, what: str) -> None:
    assert list(said(code)) == [what]
    assert list(said("text = 'le 3 janvier'; os.O_WRONLY; cache.get(slot); x = today().year - 1")) == []
