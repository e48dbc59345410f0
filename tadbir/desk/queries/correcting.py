"""What was put right, in words: what it said before, what it says since, why, who and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act
from tadbir.councils import queries as councils
from tadbir.councils.house import SAID
from tadbir.councils.models import Correction
from tadbir.desk.papers import RECEPTION
from tadbir.desk.words import SIGNED
from tadbir.dossiers.models import Fact
from tadbir.ui.dates import as_date, day_words

#: What each column is called on the pages of corrections.
LABELS = {
    **{name: label for name, (_part, _key, label) in SAID.items()},
    "day": gettext_lazy("First day closed"),
    "days": gettext_lazy("How many days"),
    "source": gettext_lazy("Source"),
    "name_ar": gettext_lazy("Name in Arabic"),
    "name_fr": gettext_lazy("Name in French"),
    "parent": gettext_lazy("Part of"),
    "email": gettext_lazy("E-mail to sign in"),
}


def paper_struck(fact: Fact, acts: Iterable[Act]) -> tuple[Act | None, bool]:
    """The paper that an entry of its dossier names, and whether it is annulled with it; else its notification is.

    The step of a letter stands by its notification where its paper is notified, else by its signature. That a letter
    arrived names it beside the entry (`papers.on_notification`).
    """
    arrived = str(fact.words.get("act", "")) if fact.kind == RECEPTION else ""
    act = next((one for one in acts if one.number == (arrived or fact.data.get("act"))), None)
    if act is None or arrived:
        return act, False
    return act, not kind_of(act.kind).notified or fact.kind in SIGNED


@dataclass(frozen=True)
class PutRight:
    """One correction, to be read."""

    row: Correction
    lines: list[tuple[Any, str, str]]  # what, before, since
    since: date | None


def put_right(noun: str, keys: Iterable[int]) -> list[PutRight]:
    """What was put right of some rows, the newest first."""
    return [PutRight(row, _lines(row), row.since) for row in councils.corrections_of(noun, keys)]


def _lines(row: Correction) -> list[tuple[Any, str, str]]:
    if row.after.get("withdrawn"):
        return [(_("Withdrawn"), "", "")]
    return [(LABELS[name], _words(row.before[name]), _words(row.after[name])) for name in row.after]


def _words(value: Any) -> str:
    day = as_date(value) if isinstance(value, str) and value[:4].isdigit() else None
    return day_words(day) if day else "—" if value in (None, "") else str(value)
