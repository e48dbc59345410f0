"""The entries of a dossier that cannot be struck out now, each with what stands in the way."""

from tadbir.desk.dossier import Desk
from tadbir.desk.forms.verbs import correctable, why_not_struck
from tadbir.desk.history import Line, line_of
from tadbir.dossiers.corrections import may_correct


def kept(desk: Desk) -> list[tuple[Line, list[str]]]:
    """Those that stand and that this agent corrects by his role, the last first, with the reasons."""
    mine = correctable(desk)
    others = [
        fact for fact in reversed(desk.story.alive) if fact not in mine and may_correct(fact.kind, desk.qualities)
    ]
    return [(line_of(desk, fact), why_not_struck(desk, fact)) for fact in others]
