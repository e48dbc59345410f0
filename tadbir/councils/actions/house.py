"""What a council says of itself, put right with a trace: papers keep what they say."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils import trace
from tadbir.councils.actions.correcting import require_reason
from tadbir.councils.actions.office import renew_stamp, require
from tadbir.councils.clock import now
from tadbir.councils.house import SAID, house_of, house_shown, with_house
from tadbir.councils.models import Correction, Council, Person
from tadbir.councils.rights import Right
from tadbir.councils.scope import current_council
from tadbir.reading.telephone import read_telephone

#: A town, or a line of a letter: no page and no paper has place for more.
LONGEST = 120


@transaction.atomic
def say_of_house(said: Mapping[str, str], reason: str, *, by: Person, shown: str) -> Correction:
    """Say from which town letters are dated, where the counter is, when it is open, its telephone; the next bear it.

    `said`: by the names of `house.SAID`; `shown`: what the page displayed. Raises PermissionDenied; ValidationError for
    one language without the other, without a reason, or where nothing is otherwise; Changed.
    """
    require(by, Right.WRITE_PEOPLE)
    council = Council.objects.select_for_update(no_key=True).get(pk=current_council().pk)
    house_shown(council).require(shown)
    before = house_of(council)
    after = {name: " ".join(str(said.get(name, before[name])).split()) for name in SAID}
    after["phone"] = _telephone(after["phone"])
    _require_both(after)
    changed = {name: text for name, text in after.items() if text != before[name]}
    why = require_reason(reason)
    if not changed:
        raise ValidationError(_("Nothing is otherwise: there is nothing to correct."))
    current_council().settings = with_house(council, changed)
    Council.objects.filter(pk=council.pk).update(settings=current_council().settings)
    trace.leave("council_corrected", council=council.pk, **changed, by=by.pk)
    kept = {"before": {name: before[name] for name in changed}, "after": changed}
    row = Correction.objects.create(noun="council", key=council.pk, **kept, reason=why, at=now(), by=by)
    renew_stamp()
    return row


def _telephone(written: str) -> str:
    """A telephone as it is kept; nothing where none is said. Raises ValidationError for one that nobody answers."""
    number = read_telephone(written)
    if written and number is None:
        raise ValidationError({"phone": _("Nobody can be reached at this number.")})
    return number or ""


def _require_both(said: Mapping[str, str]) -> None:
    """Raise ValidationError, by its name, for what is too long, or said in one language alone: papers bear both."""
    for name, text in said.items():
        other = f"{name[:-2]}{'fr' if name.endswith('ar') else 'ar'}" if name.endswith(("_ar", "_fr")) else name
        if len(text) > LONGEST:
            raise ValidationError({name: _("This is too long for one line of a letter.")})
        if said[other] and not text:
            raise ValidationError({name: _("Say it in both languages: papers bear both.")})
