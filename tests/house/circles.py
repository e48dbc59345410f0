"""Circles of imports inside an app: each of its modules is a unit, a folder with all it holds another."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path


def imports_of(source: str, package: str) -> Iterator[str]:
    """The dotted names that a module imports, inside functions too, and for the type checker alone."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: 1 - node.level or None] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{one.name}" for one in node.names)


def graph(app: Path) -> dict[str, set[str]]:
    """Which unit of an app imports which. The app's own `__init__` is none: it gathers what it gives to others."""
    root = f"{app.parent.name}.{app.name}"
    units = {path.stem for path in app.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    units.discard("__init__")
    found: dict[str, set[str]] = {unit: set() for unit in units}
    for path in sorted(app.rglob("*.py")):
        unit = path.relative_to(app).parts[0].removesuffix(".py")
        if unit not in units or "migrations" in path.parts:
            continue
        package = ".".join([root, *path.relative_to(app).parts[:-1]])
        for name in imports_of(path.read_text("utf-8"), package):
            if name.startswith(f"{root}.") and (other := name.split(".")[2]) in units and other != unit:
                found[unit].add(other)
    return found


def circles(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """The circles, each from a unit back to itself, the shortest through each pair of neighbours."""
    found = []
    for start in sorted(edges):
        for first in sorted(edges[start]):
            way = _way(edges, first, start)
            if way and min(way) == start:
                found.append([start, *way])
    return found


def _way(edges: Mapping[str, set[str]], here: str, goal: str) -> list[str]:
    """The shortest way from one unit to another; empty where there is none."""
    ways, seen = [[here]], {here}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way
        for following in sorted(edges.get(way[-1], set()) - seen):
            seen.add(following)
            ways.append([*way, following])
    return []
