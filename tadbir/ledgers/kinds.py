"""The kinds of register that print: each one object that its domain declares, as a part of its matter.

Register("visits", _("Register of visits"), "سجل الزيارات", "Registre des visites",
         columns=(("الرقم", 8), ("التاريخ", 6)), rows=entered_between, cells=cells_of)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tadbir.desk.matter import matters


@dataclass(frozen=True)
class Register:
    """One register.

    `rows` gives its lines entered from one day to another, in the order in which they were entered: nothing is ever
    entered before an older line. Each row has a `number`. `cells` writes rows as the texts of the `columns` (heading
    and width, in Arabic: the language of record); `note` is what a reader of the pages must know. `names_people`: its
    pages name the person of a dossier, and an erasure says so.
    """

    code: str
    label: Any
    title_ar: str
    title_fr: str
    columns: tuple[tuple[str, int], ...]
    rows: Callable[[date, date], QuerySet[Any]]
    cells: Callable[[Sequence[Any]], list[list[str]]]
    note: str = ""
    names_people: bool = False


def registers() -> list[Register]:
    """Every register that a matter declared, in order of declaration."""
    return [one for matter in matters() for one in matter.registers]


def register_of(code: str) -> Register | None:
    """One register by its code."""
    return next((one for one in registers() if one.code == code), None)


def choices() -> list[tuple[str, Any]]:
    """The registers to choose from."""
    return [(one.code, one.label) for one in registers()]
