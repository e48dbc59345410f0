"""What was chosen among the answers of a question, in words, where only its name and its code are left."""

from functools import cache

from tadbir.procedures.catalogue import catalogue
from tadbir.procedures.sheet import Choice

#: How the names of the fields of a sheet begin.
QUESTION = "q_"


@cache
def _offered() -> dict[tuple[str, str], Choice]:
    """Every answer that the shipped sheets offer, by its question; none that two sheets word otherwise."""
    found = dict[tuple[str, str], set[Choice]]()
    for sheet in catalogue().values():
        for question in sheet.get("questions", ()):
            for one in question.get("choices", ()):
                choice = Choice(one["code"], one["ar"], one["fr"])
                found.setdefault((QUESTION + question["code"], choice.code), set()).add(choice)
    return {key: next(iter(words)) for key, words in found.items() if len(words) == 1}


def words_of(name: str, value: str) -> str:
    """The answer as its page called it; empty where no shipped sheet offers it."""
    choice = _offered().get((name, value))
    return choice.label if choice else ""
