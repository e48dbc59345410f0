"""What an app names besides its imports: templates, tag libraries, addresses.

Nothing is run: templates and modules are read as text, so that a house that breaks the rule can be shown as a sample.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: Addresses of the library of sign-in: the site gives them their place, the names are the library's.
NOT_OURS = ("account_", "mfa_", "usersessions_")
_TAG = re.compile(r"\{%\s*(extends|include|load|url)\s+(.*?)\s*%\}", re.DOTALL)
_QUOTED = re.compile(r"""^(["'])(.+?)\1""")
_TEMPLATE = re.compile(r"[\w./-]+\.html")
#: Calls whose first argument names an address, and those that name one by a word.
_NAMES_ADDRESS = {"reverse", "reverse_lazy", "redirect", "resolve_url", "Item"}
_NAMES_ADDRESS_BY = {("Item", "address"), ("Matter", "counter")}


@dataclass(frozen=True)
class Named:
    """One thing that a file names: `what` it is (template, library, address), and how it is called."""

    app: str
    place: str
    what: str
    name: str


@dataclass
class House:
    """Whose each template, tag library and address is. A name may belong to two apps: both are kept."""

    template: dict[str, set[str]] = field(default_factory=dict)
    library: dict[str, set[str]] = field(default_factory=dict)
    address: dict[str, set[str]] = field(default_factory=dict)

    def owners(self, one: Named) -> set[str]:
        """The apps that have something of this name; nobody for what comes from a library outside."""
        return dict(getattr(self, one.what)).get(one.name, set())


def _apps(package: Path) -> list[Path]:
    return [path for path in sorted(package.iterdir()) if (path / "__init__.py").is_file()]


def read_house(package: Path) -> House:
    """Whose is what, in a package of apps."""
    house = House()
    for app in _apps(package):
        for path in (app / "templates").rglob("*.html"):
            house.template.setdefault(path.relative_to(app / "templates").as_posix(), set()).add(app.name)
        for path in (app / "templatetags").glob("[!_]*.py"):
            house.library.setdefault(path.stem, set()).add(app.name)
        for path in app.rglob("*urls.py"):
            for name in addresses(path.read_text("utf-8")):
                if not name.startswith(NOT_OURS):
                    house.address.setdefault(name, set()).add(app.name)
    return house


def addresses(source: str) -> list[str]:
    """The names that a module of addresses gives."""
    return [
        keyword.value.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("path", "re_path")
        for keyword in node.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str)
    ]


def in_template(source: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind and name of what a template names; what it reads from a variable is no name."""
    for found in _TAG.finditer(source):
        line, tag, rest = source[: found.start()].count("\n") + 1, found[1], found[2]
        if tag == "load":
            words = rest.split()
            for library in words[words.index("from") + 1 :] if "from" in words else words:
                yield line, "library", library
        elif quoted := _QUOTED.match(rest):
            yield line, "address" if tag == "url" else "template", quoted[2]


def in_module(source: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind and name of what a module names: any text that is the name of a template, and addresses asked for."""
    tree = ast.parse(source)
    constants = dict(_constants(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _TEMPLATE.fullmatch(node.value):
            yield node.lineno, "template", node.value
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            asked = node.args[:1] if called in _NAMES_ADDRESS else []
            asked += [keyword.value for keyword in node.keywords if (called, keyword.arg) in _NAMES_ADDRESS_BY]
            for one in asked:
                name = constants.get(one.id) if isinstance(one, ast.Name) else getattr(one, "value", None)
                if isinstance(name, str):
                    yield node.lineno, "address", name


def _constants(tree: ast.Module) -> Iterator[tuple[str, object]]:
    """The texts that a module gives a name."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value.value


def read_names(package: Path) -> Iterator[Named]:
    """Everything that the templates and modules of a package name."""
    for app in _apps(package):
        for path in sorted(app.rglob("*")):
            if path.suffix not in (".html", ".py") or not path.is_file():
                continue
            read = in_template if path.suffix == ".html" else in_module
            for line, what, name in read(path.read_text("utf-8")):
                yield Named(app.name, f"{path.relative_to(package.parent).as_posix()}:{line}", what, name)
