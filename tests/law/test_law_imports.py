"""No module of the law needs, directly or not, one that needs it: also counting imports inside functions."""

import ast
from importlib import resources
from pathlib import Path

FOLDER = Path(str(resources.files("tadbir.law")))


def _needs(module, names):
    """The modules of the law that a module imports, wherever the import stands."""
    for node in ast.walk(ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.level == 1 and node.module:
                yield node.module.split(".")[0]
            elif node.level == 1 or node.module == "tadbir.law":
                yield from (alias.name for alias in node.names if alias.name in names)
            elif (node.module or "").startswith("tadbir.law."):
                yield node.module.split(".")[2]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[2] for alias in node.names if alias.name.startswith("tadbir.law."))


def _circle(graph):
    done = set()

    def walk(module, path):
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return None
        for other in graph[module]:
            if found := walk(other, [*path, module]):
                return found
        done.add(module)
        return None

    return next((found for module in graph if (found := walk(module, []))), None)


def test_no_circle():
    names = {file.stem for file in FOLDER.glob("*.py")} - {"__init__"}
    graph = {name: sorted(set(_needs(name, names))) for name in sorted(names)}
    assert len(graph) > 30
    assert "checks" in graph["permissions"]
    assert "overlaid" in graph["book"]
    assert _circle(graph) is None


def test_a_circle_would_be_found():
    assert _circle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ["b", "c", "b"]
