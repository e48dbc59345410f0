"""What the person of a dossier sent since the office last did something there: whoever works on it reads it first."""

from typing import Any

from tadbir.desk.added import SENT
from tadbir.desk.dossier import Desk
from tadbir.desk.history import Line, line_of


def came(desk: Desk) -> dict[str, Any] | None:
    """Each thing that came, with its words and its files; None where nothing did, or it was dealt with."""
    if desk.dossier.closed_at is not None or desk.dossier.erased_at is not None:
        return None
    # who records that a letter arrived has read the letter alone: its page names its means
    done = (fact.pk for fact in desk.facts if fact.by_id is not None and not fact.data.get("means"))
    last = max(done, default=0)
    found = [one for one in desk.story.of(*SENT) if one.pk > last and one.by_id is None and one.source == "online"]
    lines: list[tuple[Line, list[Any]]] = [
        (line_of(desk, fact), [(row, desk.document_name(row)) for row in desk.documents if row.fact_id == fact.pk])
        for fact in found
    ]
    return {"came": lines} if lines else None
