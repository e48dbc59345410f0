"""What a person does through an agent: nothing is recorded in his name without his words or his paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.desk.actions.checks import meaning_of, own_words, require_counter
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.register.models import StoredFile

#: How it reached the agent who records it.
WAYS = ("written", "said")


@dataclass(frozen=True)
class Told:
    """How it reached the council, in which words, on which day; the scan of a paper, which may come later."""

    how: str
    reason: str = ""
    on: date | None = None
    paper: StoredFile | None = None
    early: bool = False  # of an appeal: it is known that it came before what was decided

    @property
    def at(self) -> date | None:
        """When it happened; None for now."""
        return None if self.on == today() else self.on


#: What the person does himself, with his code.
HIMSELF = Told("online")


def require_told(dossier: Dossier, by: Person | None, told: Told | None, *, closes: bool = False) -> Told:
    """What the agent was told; `HIMSELF` where nobody stands between. Raises PermissionDenied, or ValidationError for
    what says nothing: spoken words always, written ones too where they close the dossier, else the paper says it. His
    own words are not judged, but for those that close it."""
    require_counter(by, dossier)
    if by is None:
        return HIMSELF
    if told is None or told.how not in WAYS:
        raise ValidationError({"how": _("Choose how the person told it: in writing, or at the counter.")})
    if closes:
        meaning_of(told.reason)
    elif told.how == "said" or told.reason.strip():
        own_words(told.reason)
    return told


def record_told(
    dossier: Dossier, kind: str, by: Person | None, told: Told, data: Mapping[str, Any], said: Mapping[str, str] | None
) -> Fact:
    """Record what the person did himself, on line, or through an agent; `said`: the words that are kept apart."""
    source = "counter" if by else "online"
    return dossiers.record(dossier, kind, at=told.at, by=by, source=source, data=data, private=said)


def keep_paper(dossier: Dossier, fact: Fact, told: Told, requirement: str, name: str) -> None:
    """Keep the paper that the person left among the documents; without its scan, it waits for it there."""
    if told.how == "written":
        dossiers.keep_document(dossier, fact, requirement, name, told.paper)
