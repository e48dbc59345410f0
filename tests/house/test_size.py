"""Short modules, short functions. What is longer stands in a list with its reason; the list only shrinks."""

from __future__ import annotations

from tests.house.reading import ROOT, files, long_functions, name

SOFT, HARD, FUNCTION = 300, 500, 40

# Modules above 300 lines, each with the reason why cutting it would make it harder to read.
LONG_MODULES: dict[str, str] = {}

# Functions above 40 lines (docstring not counted): "path:function" with the reason.
LONG_FUNCTIONS: dict[str, str] = {}


def test_modules_are_short() -> None:
    lengths = {
        name(path): len(path.read_text("utf-8").splitlines())
        for folder in ("tadbir", "tools", "tests")
        for path in files(folder, ".py")
    }
    assert lengths, "nothing was read"
    too_long = {path: lines for path, lines in lengths.items() if lines > SOFT and path not in LONG_MODULES}
    assert too_long == {}, f"over {SOFT} lines; make it a folder of the same name"
    assert {path: lines for path, lines in lengths.items() if lines > HARD} == {}
    cured = [path for path in LONG_MODULES if lengths.get(path, 0) <= SOFT]
    assert cured == [], "short now: take it off the list"
    assert [path for path, why in LONG_MODULES.items() if not why] == [], "each exception has a reason"


def test_functions_are_short() -> None:
    found = {
        f"{name(path)}:{what.split(':')[0]}": what
        for folder in ("tadbir", "tools")
        for path in files(folder, ".py")
        for _, what in long_functions(path.read_text("utf-8"), FUNCTION)
    }
    assert {place: what for place, what in found.items() if place not in LONG_FUNCTIONS} == {}
    assert set(LONG_FUNCTIONS) - set(found) == set(), "short now: take it off the list"
    assert [place for place, why in LONG_FUNCTIONS.items() if not why] == [], "each exception has a reason"


def test_a_long_function_is_seen_and_its_docstring_is_free() -> None:
    body = "    x = 1\n" * 39
    assert list(long_functions(f"def f():\n{body}", FUNCTION)) == []
    assert list(long_functions(f'def f():\n    """One\n\n    two."""\n{body}', FUNCTION)) == []
    assert list(long_functions(f"def f():\n{body}    y = 2\n", FUNCTION)) == [(1, "f: 41 lines")]
    assert (ROOT / "tadbir").is_dir()
