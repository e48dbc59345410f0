"""Every wording is queued somewhere, and everything that is queued has a wording: found by reading the calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from django.conf import settings

from tadbir.desk.queries.wordings import PLACES
from tadbir.law import FACTS, REGIMES
from tadbir.notify.wordings import catalogue
from tests.house.reading import files

#: What puts a notice into the queue, and where its code stands among what it is given.
QUEUES = {"queue": 0, "tell": 1, "tell_agent": 1}
Functions = list[ast.FunctionDef]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _constants(node: ast.expr | None) -> list[str]:
    """The texts that an expression may be: itself, the values of a table, one of two."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Dict):
        return [text for value in node.values for text in _constants(value)]
    return [*_constants(node.body), *_constants(node.orelse)] if isinstance(node, ast.IfExp) else []


def _assigned(function: ast.FunctionDef, said: ast.expr) -> ast.expr:
    """What a name was given in the same function; what is no such name as it is."""
    given = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    named = {one.id: node.value for node in given for one in node.targets if isinstance(one, ast.Name)}
    return named.get(said.id, said) if isinstance(said, ast.Name) else said


def queued(code: str) -> Iterator[str]:
    """The codes that a module queues: written in the call, in a table of the module, or by who calls its function."""
    tree = ast.parse(code)
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        if function.name in QUEUES:
            continue  # it hands on what it is given; its callers are read
        for call in [node for node in ast.walk(function) if isinstance(node, ast.Call) and _name(node) in QUEUES]:
            said = call.args[QUEUES[_name(call)]]
            said = _assigned(function, said)
            if isinstance(said, ast.Subscript) and isinstance(said.value, ast.Name):
                found = _constants(tables.get(said.value.id))
            elif "told" in {
                one.attr for one in ast.walk(said) if isinstance(one, ast.Attribute)
            }:  # as the regimes say it
                found = [fact.told for regime in REGIMES.values() for fact in regime.facts.values() if fact.told]
                if isinstance(said, ast.BoolOp):  # or under the name of the fact
                    found += [kind for kind in FACTS if kind in catalogue()]
            elif isinstance(said, ast.Name):
                place = [one.arg for one in function.args.args].index(said.id)
                found = [text for one in calls if _name(one) == function.name for text in _constants(one.args[place])]
            else:
                found = _constants(said)
            yield from found or [f"? line {call.lineno}"]


def test_wordings_and_what_is_queued_are_the_same() -> None:
    found = {
        code
        for folder in ("tadbir", *domains_of_the_tests())
        for path in files(folder, ".py")
        for code in queued(path.read_text("utf-8"))
    }
    assert sorted(found - set(catalogue())) == [], "queued, and no wording"
    assert sorted(set(catalogue()) - found) == [], "a wording that nothing queues"


def domains_of_the_tests() -> list[str]:
    """The folders of the domains that only the tests install."""
    return [app.replace(".", "/") for app in settings.INSTALLED_APPS if app.startswith("tests.")]


def test_the_calls_are_read() -> None:
    module = """
TOLD = {"a": "one", "b": "two"}
def step(kind):
    tell(who, TOLD[kind], dossier)
def ask(dossier, kind):
    tell(who, kind, dossier)
    notify.queue("three", channel="mail")
def caller():
    ask(dossier, "four")
    return ask(dossier, "five" if x else "six")
def tell(who, code, dossier):
    queue(code)
def lost():
    queue(other())
"""
    assert sorted(queued(module)) == ["? line 14", "five", "four", "one", "six", "three", "two"]


def test_every_place_of_a_notice_says_what_stands_there() -> None:
    needed = {name for words in catalogue().values() for name in words["needs"]}
    assert needed - set(PLACES) == set()
