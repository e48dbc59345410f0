"""Whether a request is urgent (law 31-13, article 17), put right where it was typed wrong.

The fact of the filing stays as it was recorded; a later one says whether it is urgent, and the law reads the filing so.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils.actions import require
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.dossiers import clockwork
from tadbir.dossiers.actions.filing_day import strike_lapses
from tadbir.dossiers.actions.recording import lock, record, refuse_erased, require_work
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.reading.letters import has_words


@transaction.atomic
def correct_urgency(dossier: Dossier, person: Person, *, urgent: bool, reason: str) -> Fact:
    """Say that a request is urgent though its filing does not, or the reverse: the delay of its answer is another one.

    To call it urgent is for whoever works on it: it only shortens the council's own delay. To take the urgency away
    lengthens it, and is for those who answer for the council. Raises PermissionDenied; ValidationError where nothing is
    otherwise.
    """
    dossier = lock(dossier)
    require_work(person, dossier)
    if not urgent:
        require(person, Right.ANSWER_FOR_ALL)
    refuse_erased(dossier)
    if not has_words(reason):
        raise ValidationError({"reason": _("Say why it is corrected.")})
    story = Story(clockwork.facts_of(dossier))
    filed = story.first("filed")
    if filed is None or bool(story.filed_as.get("urgent")) is urgent:
        raise ValidationError(_("Nothing is otherwise: there is nothing to correct."))
    private = {"reason": reason.strip()}
    data = {"filing": str(filed.pk), "urgent": urgent}
    fact = record(dossier, "urgency_corrected", by=person, data=data, private=private)
    strike_lapses(dossier, person, private)
    return fact
