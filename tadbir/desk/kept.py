"""The entries of a dossier that cannot be struck out now, each with what stands in the way."""

from tadbir.desk.dossier import Desk
from tadbir.desk.forms.verbs import correctable, why_not_struck
from tadbir.desk.history import Line, line_of
from tadbir.desk.instead import INSTEAD, Way, way_of
from tadbir.dossiers.corrections import may_correct
from tadbir.dossiers.models import Fact


def kept(desk: Desk) -> list[tuple[Line, list[str], Way | None]]:
    """Those that stand and that this agent corrects by his role, the last first, with the reasons and what fits
    instead."""
    mine = correctable(desk)
    others = [
        fact
        for fact in reversed(desk.story.alive)
        if fact not in mine and (fact.kind in INSTEAD or may_correct(fact.kind, desk.qualities))
    ]
    return [(line_of(desk, fact), _why(desk, fact), way_of(desk, fact)) for fact in others]


def _why(desk: Desk, fact: Fact) -> list[str]:
    return [str(INSTEAD[fact.kind][0])] if fact.kind in INSTEAD else why_not_struck(desk, fact)
