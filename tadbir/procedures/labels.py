"""What each part of a sheet is called where two versions are compared: never by the key that a machine reads."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.councils.models import in_language
from tadbir.law.words import beside

#: The keys of a sheet, whatever table they stand in.
KEYS: Mapping[str, Any] = {
    "code": gettext_lazy("Short code"),
    "number": gettext_lazy("Number in the catalogue"),
    "regime": gettext_lazy("Law that it follows"),
    "ar": gettext_lazy("Text in Arabic"),
    "fr": gettext_lazy("Text in French"),
    "summary_ar": gettext_lazy("One sentence in Arabic"),
    "summary_fr": gettext_lazy("One sentence in French"),
    "audience": gettext_lazy("Who may ask"),
    "legal": gettext_lazy("Legal basis"),
    "documents": gettext_lazy("Document"),
    "questions": gettext_lazy("Question"),
    "conditions": gettext_lazy("Condition"),
    "choices": gettext_lazy("Choice"),
    "granted": gettext_lazy("Letter that grants"),
    "refused": gettext_lazy("Letter that refuses"),
    "cost_ar": gettext_lazy("Cost in Arabic"),
    "cost_fr": gettext_lazy("Cost in French"),
    "proposed_delay_days": gettext_lazy("Delay proposed, in days"),
    "delay_note_ar": gettext_lazy("Note on the delay, in Arabic"),
    "delay_note_fr": gettext_lazy("Note on the delay, in French"),
    "investment": gettext_lazy("It is for an investment"),
    "extendable": gettext_lazy("The delay may be extended"),
    "expertise_ar": gettext_lazy("Expertise or inquiry, in Arabic"),
    "expertise_fr": gettext_lazy("Expertise or inquiry, in French"),
    "silence_ar": gettext_lazy("Effect of silence, in Arabic"),
    "silence_fr": gettext_lazy("Effect of silence, in French"),
    "personal_data": gettext_lazy("Personal data that it asks for"),
    "retention_months": gettext_lazy("Months for which the data are kept"),
    "signpost_ar": gettext_lazy("Where to go instead, in Arabic"),
    "signpost_fr": gettext_lazy("Where to go instead, in French"),
    "keywords": gettext_lazy("Words to search it by"),
    "article": gettext_lazy("Article"),
    "confidence": gettext_lazy("How sure the article is"),
    "obtained_by": gettext_lazy("Who obtains it"),
    "issuer_ar": gettext_lazy("Who issues it, in Arabic"),
    "issuer_fr": gettext_lazy("Who issues it, in French"),
    "basis": gettext_lazy("What it is asked on, in Arabic"),
    "basis_fr": gettext_lazy("What it is asked on, in French"),
    "basis_confidence": gettext_lazy("How sure that ground is"),
    "optional": gettext_lazy("May be left out"),
    "essential": gettext_lazy("Without it there is no request"),
    "only": gettext_lazy("Asked only of"),
    "help_ar": gettext_lazy("Help in Arabic"),
    "help_fr": gettext_lazy("Help in French"),
    "type": gettext_lazy("Kind of answer"),
    "required": gettext_lazy("The answer is needed"),
    "max_length": gettext_lazy("Letters at most"),
    "min": gettext_lazy("The least"),
    "max": gettext_lazy("The most"),
    "not_before": gettext_lazy("Not before"),
    "not_after": gettext_lazy("Not after"),
    "enough": gettext_lazy("How many are enough"),
    "few_ar": gettext_lazy("What is said of fewer, in Arabic"),
    "few_fr": gettext_lazy("What is said of fewer, in French"),
}
_PART = re.compile(r"([^.\[\]]+)(?:\[([^\]]*)\])?")


def label_of(path: str, *tables: Any) -> str:
    """What a part of a sheet is called, by the path that leads to it; an item that has a name by its name in one of
    the tables that are compared."""
    return beside(*_parts(path, tables))


def _parts(path: str, tables: tuple[Any, ...]) -> Iterator[str]:
    for name, item in _PART.findall(path):
        tables = tuple(table.get(name) for table in tables if isinstance(table, Mapping))
        yield str(KEYS.get(name) or _("another part of the text"))
        if item:
            rows = [row for table in tables if isinstance(table, list) for row in _item(table, item)]
            named = next((row for row in rows if isinstance(row, Mapping) and row.get("code")), None)
            yield in_language(str(named["ar"]), str(named["fr"])) if named else item
            tables = tuple(rows)


def _item(table: list[Any], item: str) -> list[Any]:
    """The item of a list that a path names: by its code, else by its rank."""
    coded = [row for row in table if isinstance(row, Mapping) and row.get("code") == item]
    return coded or ([table[int(item) - 1]] if item.isdigit() and 0 < int(item) <= len(table) else [])
