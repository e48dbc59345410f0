"""Every kind of link has its words, on the page of the register and in its filter: none is shown by its code."""

import ast

from django.utils.translation import override

from tadbir.councils.actions import correcting
from tadbir.ledgers.words import LINKS
from tadbir.register import proving, subjects
from tests.house.reading import files

#: Functions that leave a link, and the place of its kind among what they are given.
LEAVING = {"append": 0, "leave": 0, "Link": 0}


def kinds_written() -> set[str]:
    """Those that the code names where it leaves a link."""
    found = set()
    for path in files("tadbir", ".py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            kind = node.args[LEAVING[name]] if name in LEAVING else None
            has_fields = len(node.args) > 1 or bool(node.keywords)
            if isinstance(kind, ast.Constant) and isinstance(kind.value, str) and has_fields:
                found.add(kind.value)
    return found


def kinds_declared() -> set[str]:
    """Those that name a row, and those by which a proof begins or takes over."""
    begun = {kind for proof in proving.declared() for kind in proof.begins}
    stands = {f"{proof.noun}_stands" for proof in proving.declared() if isinstance(proof, proving.Told)}
    return set(subjects.kinds()) | begun | stands


def corrected() -> set[str]:
    """Those of what is put right: one for each noun."""
    nouns = set()
    for path in files("tadbir", ".py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "put_right":
                noun = node.args[1] if len(node.args) > 2 else None
                if isinstance(noun, ast.Constant):
                    nouns.add(noun.value)
    assert "<noun>_corrected" in str(correcting.put_right.__doc__)
    return {f"{noun}_corrected" for noun in nouns}


def test_every_kind_of_link_has_words() -> None:
    written, declared, put_right = kinds_written(), kinds_declared(), corrected()
    assert {"act_sealed", "council_founded", "role_given"} <= written
    assert {"sheet_stands", "change_stands", "print_stands"} <= declared
    assert "unit_corrected" in put_right
    assert sorted((written | declared | put_right) - set(LINKS)) == []


def test_the_words_are_in_both_languages_and_differ() -> None:
    for language in ("ar", "fr"):
        with override(language):
            said = {kind: str(words) for kind, words in LINKS.items()}
            assert {kind for kind, words in said.items() if "_" in words or not words} == set()
            assert len(set(said.values())) == len(said)
