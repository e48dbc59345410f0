"""What was chosen among the answers of a question, in words, where only its name and its code are left."""

from collections.abc import Iterable
from functools import cache

from django.db import DatabaseError

from tadbir.councils.memory import read_once
from tadbir.councils.scope import NoCouncil
from tadbir.procedures.catalogue import catalogue
from tadbir.procedures.queries import open_sheets
from tadbir.procedures.sheet import Choice

#: How the names of the fields of a sheet begin.
QUESTION = "q_"


Words = dict[tuple[str, str], Choice]


def _told(offered: Iterable[tuple[str, Choice]]) -> Words:
    """Every answer by its question; none that two sheets word otherwise."""
    found = dict[tuple[str, str], set[Choice]]()
    for question, choice in offered:
        found.setdefault((QUESTION + question, choice.code), set()).add(choice)
    return {key: next(iter(words)) for key, words in found.items() if len(words) == 1}


@cache
def _shipped() -> Words:
    """Those of the sheets that Tadbir brings."""
    asked = [question for sheet in catalogue().values() for question in sheet.get("questions", ())]
    choices = [(question["code"], one) for question in asked for one in question.get("choices", ())]
    return _told((code, Choice(one["code"], one["ar"], one["fr"])) for code, one in choices)


@read_once
def _own() -> Words:
    """Those of the services of this council, which may ask and offer what no shipped sheet does."""
    asked = [question for sheet in open_sheets() for question in sheet.parsed.questions]
    return _told((question.code, one) for question in asked for one in question.choices)


def _here() -> Words:
    """Those of the council being served; none where no council is, or where its database does not answer: this is for
    the page of an error too."""
    try:
        return _own()
    except (NoCouncil, DatabaseError):
        return {}


def words_of(name: str, value: str) -> str:
    """The answer as its page called it; empty where neither this council nor any shipped sheet offers it."""
    choice = _here().get((name, value)) or _shipped().get((name, value)) if name.startswith(QUESTION) else None
    return choice.label if choice else ""
