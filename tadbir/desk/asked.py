"""What a person asked for, in words: the same for the office and for himself."""

from typing import Any

from django.utils.translation import gettext as _

from tadbir.dossiers.models import Dossier
from tadbir.ui.dates import as_date, day_words


def answers_in_words(dossier: Dossier) -> list[tuple[str, Any]]:
    """The answers to the questions of the sheet; nothing once they were erased."""
    found: list[tuple[str, Any]] = []
    known = {question.code: question for question in dossier.sheet.parsed.questions} if dossier.sheet else {}
    for code, text in dossier.answers.items():
        question = known.get(code)
        choices = {choice.code: choice.label for choice in question.choices} if question else {}
        day = as_date(text) if question and question.type == "date" else None
        words = day_words(day) if day else choices.get(str(text), text)
        found.append((question.label if question else _("Letter"), words))
    return found
