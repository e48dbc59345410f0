"""The entries of a dossier that cannot be struck out now, each with what stands in the way, and who could."""

from django.utils.translation import gettext as _

from tadbir.councils.rights import Right, holders
from tadbir.desk.dossier import Desk
from tadbir.desk.forms.verbs import correctable, why_not_struck
from tadbir.desk.history import Line, line_of
from tadbir.desk.instead import INSTEAD, Way, way_of
from tadbir.desk.words import named_holders
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


def nothing_to_correct(desk: Desk) -> list[str]:
    """Nothing at all, or not the entry that is named: said before anything is asked about it."""
    named = next((fact for fact in desk.story.alive if str(fact.pk) == desk.about), None)
    if named is not None and not desk.dossier.erased_at:
        return why_not_struck(desk, named)
    if correctable(desk):
        return []
    above = holders(Right.ANSWER_FOR_ALL)
    theirs = (one for one in desk.story.alive if not why_not_struck(desk, one, above))
    if desk.dossier.erased_at is not None or not any(theirs):
        return [_("No entry here is yours to correct.")]
    told = _("No entry here is yours to correct. Those here are corrected by %(who)s.")
    return [told % {"who": named_holders(Right.ANSWER_FOR_ALL)}]
