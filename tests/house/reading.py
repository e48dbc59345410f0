"""What the house tests read, and how they find what breaks a rule.

Each finder works on text, so that a test can show it a bad sample beside a good one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {"__pycache__", "migrations", ".venv", "build"}

Finding = tuple[int, str]


def files(folder: str, *suffixes: str) -> Iterator[Path]:
    """Files of the repository below a folder with one of these endings."""
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in suffixes and path.is_file() and not SKIPPED & set(path.relative_to(ROOT).parts):
            yield path


def name(path: Path) -> str:
    """A path as it is written in the lists of these tests."""
    return path.relative_to(ROOT).as_posix()


def shown(path: Path, findings: Iterator[Finding]) -> list[str]:
    return [f"{name(path)}:{line}: {what}" for line, what in findings]


# --- size --------------------------------------------------------------------------------------------------


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: a good docstring must never be cut to please a limit."""
    total = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    return total


def long_functions(source: str, limit: int) -> Iterator[Finding]:
    """Functions with more lines than the limit."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines_of(node) > limit:
            yield node.lineno, f"{node.name}: {lines_of(node)} lines"


# --- who writes, who reads the clock, who counts days -------------------------------------------------------

MANAGERS = {"objects", "everywhere"}
ALWAYS_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES_ON_A_QUERY = {"create", "update", "delete"}
QUERY = MANAGERS | {"filter", "exclude", "select_for_update"}


def chain(node: ast.expr) -> set[str]:
    """The attribute names an expression goes through: a.objects.filter() -> {objects, filter}."""
    names: set[str] = set()
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            names.add(node.attr)
            node = node.value
        else:
            node = node.func
    return names


def writes(source: str) -> Iterator[Finding]:
    """Calls that write to the database through a manager or a query."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        verb = node.func.attr
        if verb in ALWAYS_WRITES or (verb in WRITES_ON_A_QUERY and chain(node.func.value) & QUERY):
            yield node.lineno, f".{verb}()"


def reaches_into_tables(source: str) -> Iterator[Finding]:
    """What a view must not do: touch a manager, save or delete."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield node.lineno, f".{node.attr}"
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"save", "delete", *ALWAYS_WRITES}
        ):
            yield node.lineno, f".{node.func.attr}()"


CLOCKS = {"timezone": {"now", "localdate", "localtime"}, "date": {"today"}, "datetime": {"now", "today", "utcnow"}}


def reads_a_clock(source: str) -> Iterator[Finding]:
    """timezone.now(), date.today(), datetime.now() and kin, however deep the module path."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value
        last = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
        if node.func.attr in CLOCKS.get(last, set()):
            yield node.lineno, f"{last}.{node.func.attr}()"


def counts_days(source: str) -> Iterator[Finding]:
    """timedelta over days or weeks, ordinals, relativedelta: dates that only the law may compute."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        words = {keyword.arg for keyword in node.keywords}
        nothing = [getattr(argument, "value", None) for argument in node.args] == [0]
        if called == "timedelta" and ((node.args and not nothing) or words & {"days", "weeks"}):
            yield node.lineno, "timedelta(days=…)"
        elif called in {"relativedelta", "toordinal", "fromordinal"}:
            yield node.lineno, f"{called}()"


# --- pages -------------------------------------------------------------------------------------------------

SIDE = "(?:left|right)"
PHYSICAL = re.compile(
    rf"(?<![\w-])(?:{SIDE}|(?:margin|padding|border|inset|scroll-margin|scroll-padding)-{SIDE}(?:-\w+)?"
    rf"|border-(?:top|bottom)-{SIDE}-radius)\s*:"
    rf"|(?<![\w-])(?:text-align|float|clear)\s*:\s*{SIDE}\b"
)
FOUR_SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-width)\s*:\s*([^;{}]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
VALUE = re.compile(r"(?:[\w-]*\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+)")


def blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def physical_css(source: str) -> Iterator[Finding]:
    """CSS that names a side of the screen instead of the start or end of the line."""
    text = COMMENT.sub(blank, source)
    for found in PHYSICAL.finditer(text):
        yield text[: found.start()].count("\n") + 1, found[0].strip()
    for found in FOUR_SIDES.finditer(text):
        values = VALUE.findall(found[1].replace("!important", ""))
        if len(values) == 4 and values[1] != values[3]:
            yield text[: found.start()].count("\n") + 1, found[0].strip()


IN_PAGE = {
    "style attribute": re.compile(r"<[a-zA-Z][^>]*\sstyle\s*=", re.DOTALL),
    "event attribute": re.compile(r"<[a-zA-Z][^>]*\son[a-z]+\s*=", re.DOTALL),
    "javascript: address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "script inside the page": re.compile(
        r"<script(?![^>]*\bsrc\s*=)(?![^>]*\btype\s*=\s*[\"']application/(?:ld\+)?json)", re.IGNORECASE
    ),
}
TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)


def inline(source: str) -> Iterator[Finding]:
    """What a strict content policy refuses in a template."""
    text = TEMPLATE_COMMENT.sub(blank, source)
    for what, pattern in IN_PAGE.items():
        for found in pattern.finditer(text):
            yield text[: found.start()].count("\n") + 1, what
