"""Finds the translatable texts of Python files and templates, and those that are badly written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

# For each gettext function: the positions of (context, message, plural); -1 where it has none.
SHAPES = {
    "gettext": (-1, 0, -1),
    "gettext_lazy": (-1, 0, -1),
    "gettext_noop": (-1, 0, -1),
    "ngettext": (-1, 0, 1),
    "ngettext_lazy": (-1, 0, 1),
    "pgettext": (0, 1, -1),
    "pgettext_lazy": (0, 1, -1),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEXT = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
TEMPLATE_CALL = re.compile(
    rf"(?<![\w.])(?P<name>_|n?p?gettext)\s*\(\s*(?P<texts>{TEXT}(?:\s*,\s*{TEXT})*)\s*(?:,\s*count\s*)?\)"
)
UNNAMED = re.compile(r"%[-+#0]*\d*(?:\.\d+)?[sdrifgxc]|\{\d*(?:[!:][^}]*)?\}")
NAMED = re.compile(r"%\((\w+)\)[-+#0 ]*\d*(?:\.\d+)?[a-zA-Z]|\{([A-Za-z_]\w*)(?:[!:][^}]*)?\}")

#: Texts of Python's own argparse, which looks them up in our catalogue as they are.
ARGPARSE = {"the following arguments are required: %s", "unrecognized arguments: %s"}

Key = tuple[str | None, str]


@dataclass
class Message:
    """One text to translate: its context, its English words, its plural, and the files that show it."""

    context: str | None
    text: str
    plural: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return (self.context, self.text)


@dataclass(frozen=True)
class Problem:
    """Something to mend, where it is, in words."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def placeholders(text: str) -> set[str]:
    """The names between %( ) or { } that a text expects."""
    return {percent or brace for percent, brace in NAMED.findall(text.replace("%%", ""))}


def unnamed(text: str) -> bool:
    """Whether the text holds a placeholder without a name, which a translator cannot move."""
    return text not in ARGPARSE and bool(UNNAMED.search(text.replace("%%", "")))


def aliases(tree: ast.AST) -> dict[str, str]:
    """Local names of the gettext functions imported from Django, e.g. {"_": "gettext_lazy"}."""
    names = {"_": "gettext"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names.update({item.asname or item.name: item.name for item in node.names if item.name in SHAPES})
    return names


def called(node: ast.Call, names: dict[str, str]) -> str | None:
    """The gettext function a call reaches, or None."""
    if isinstance(node.func, ast.Name):
        return names.get(node.func.id)
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.attr if node.func.value.id == "translation" and node.func.attr in SHAPES else None
    return None


def built(node: ast.expr) -> bool:
    """Whether an argument is put together while running (f-string, %, format, +): never translatable."""
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.BinOp):
        return any(isinstance(part, ast.Constant | ast.JoinedStr | ast.BinOp) for part in (node.left, node.right))
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def from_python(source: str, path: str) -> Iterator[Message | Problem]:
    """Messages and problems of a Python file. A variable passes: its text is marked where it is written."""
    tree = ast.parse(source, path)
    names = aliases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not (name := called(node, names)):
            continue
        texts: list[str | None] = []
        for position in SHAPES[name]:
            argument = node.args[position] if 0 <= position < len(node.args) else None
            if argument is not None and built(argument):
                yield Problem(f"{path}:{node.lineno}", "text built inside a translation call; use a named placeholder")
            literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            texts.append(argument.value if literal else None)  # type: ignore[union-attr]
        context, text, plural = texts
        if text:
            yield Message(context, text, plural, {path})


def from_template(source: str, path: str) -> Iterator[Message | Problem]:
    """Messages and problems of one template, read with Django's own template lexer."""
    try:
        flat = templatize(source, origin=path)
    except SyntaxError as error:
        yield Problem(path, f"template that cannot be read: {error}")
        return
    for call in TEMPLATE_CALL.finditer(flat):
        texts = [ast.literal_eval(found) for found in re.findall(TEXT, call["texts"])]
        context, message, plural = SHAPES["gettext" if call["name"] == "_" else call["name"]]
        if len(texts) <= max(message, plural) or not texts[message]:
            continue
        yield Message(
            texts[context] if context >= 0 else None, texts[message], texts[plural] if plural >= 0 else None, {path}
        )


def files_of(app: Path, apps: set[Path]) -> Iterator[Path]:
    """Python files and templates of an app, without those of the apps inside it, tests and migrations."""
    for path in sorted(app.rglob("*")):
        inside = any(other != app and other in path.parents and app in other.parents for other in apps)
        parts = set(path.relative_to(app).parts)
        if inside or parts & {"migrations", "__pycache__", "static", "locale"} or not path.is_file():
            continue
        if path.suffix == ".py" or (path.suffix in {".html", ".txt", ".xml"} and "templates" in parts):
            yield path


def extract(app: Path, apps: set[Path], root: Path) -> tuple[dict[Key, Message], list[Problem]]:
    """All messages of an app by key, and what must be mended in its sources."""
    messages: dict[Key, Message] = {}
    problems: list[Problem] = []
    for path in files_of(app, apps):
        shown = path.relative_to(root).as_posix()
        reader = from_python if path.suffix == ".py" else from_template
        for found in reader(path.read_text(encoding="utf-8"), shown):
            if isinstance(found, Problem):
                problems.append(found)
                continue
            if unnamed(found.text) or unnamed(found.plural or ""):
                problems.append(Problem(shown, f"placeholder without a name in {found.text!r}"))
            kept = messages.setdefault(found.key, found)
            kept.files |= found.files
            if found.plural and kept.plural and found.plural != kept.plural:
                problems.append(Problem(shown, f"two plurals for {found.text!r}"))
            kept.plural = kept.plural or found.plural
    return messages, problems
