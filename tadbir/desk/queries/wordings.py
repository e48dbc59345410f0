"""What the pages of wordings read: every notice, how this council words it, what an upgrade brought."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import in_language
from tadbir.desk.queries.definitions import name_of
from tadbir.dossiers import definitions as kept
from tadbir.dossiers.models import DefinitionChange
from tadbir.notify import own
from tadbir.notify.wordings import catalogue
from tadbir.procedures.queries import Change as Difference
from tadbir.procedures.queries import differences

#: What a notice fills in: its name has dots there.
_FILLED = re.compile(r"\{\w+\}")
#: What stands in each place of a notice.
PLACES = {
    "number": _("the number of the dossier"),
    "address": _("where to read more on the council’s site"),
    "follow_code": _("the tracking code"),
    "day": _("the day"),
    "answer": _("by when the council answers, a sentence"),
    "before": _("by when the person answers or contests, a sentence"),
    "lacking": _("the documents that lack"),
    "what": _("what it is about"),
    "by": _("who did it"),
    "asked_by": _("who asked for it"),
    "act": _("the number of the document"),
    "unit": _("the unit"),
    "why": _("the reason that was given"),
    "original": _("the number of the dossier that stays"),
    "late": _("how many duties are late"),
    "soon": _("how many duties are near"),
    "more": _("what else waits"),
    "signer": _("who signs"),
    "council_ar": _("the name of the council in Arabic"),
    "council_fr": _("the name of the council in French"),
    "seq": _("the number of the newest link of the register"),
    "head": _("the mark of the newest link of the register"),
}


def places_of(code: str) -> list[tuple[str, str]]:
    """The places that a notice fills in, as they are written in it, each with what stands there."""
    return [(f"{{{name}}}", str(PLACES.get(name, ""))) for name in catalogue()[code]["needs"]]


@dataclass(frozen=True)
class Line:
    """One notice in the list."""

    code: str
    subject: str
    to: str  # person, agents or witness
    state: str  # shipped, changed, later, off
    waits: bool


def lines() -> list[Line]:
    """Every notice: to whom, and whether this council words it otherwise."""
    live = {row.code: row for row in kept.live_ones(kept.Subject.WORDING)}
    now = kept.own_wordings()
    return [
        Line(
            code,
            _FILLED.sub("…", in_language(table["subject_ar"], table["subject_fr"])),
            str(table.get("to", "person")),
            _state(code, now, live),
            own.waits(live.get(code)),
        )
        for code, table in catalogue().items()
    ]


def _state(code: str, now: Mapping[str, Mapping[str, str] | None], live: Mapping[str, DefinitionChange]) -> str:
    if code in now:
        return "changed" if now[code] is not None else "off"
    return "later" if code in live else "shipped"


def line_of(code: str) -> Line | None:
    """One notice as it stands in the list."""
    return next((line for line in lines() if line.code == code), None)


def upgrade_of(row: DefinitionChange) -> list[Difference]:
    """What differs between the text a change corrected and the one shipped today."""
    return differences(json.loads(row.shipped), own.shipped(row.code) if row.code in catalogue() else {}, name_of)
