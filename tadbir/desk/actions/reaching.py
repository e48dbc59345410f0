"""What the office does for somebody whom no notice reached: send it again, by another way, or tell him itself."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils.actions import require
from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.desk.words import BY_HAND
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify import actions as notify
from tadbir.notify.models import Notice
from tadbir.notify.ways import Way, usable


@transaction.atomic
def send_again(notices: list[Notice], dossier: Dossier, person: Person, way: Way | None = None) -> list[Notice]:
    """Send what reached nobody again, perhaps by another way. Raises ValidationError for an address that is of no use,
    and where none of it can leave as it is."""
    require(person, Right.REACH_PEOPLE)
    dossiers.require_sight(person, dossier)
    if way is not None and not usable(way):
        raise ValidationError({"address": _("Nothing can be sent to this.")})
    if not notices:
        raise ValidationError(_("Nothing can be sent to what this person left: choose another way, or tell him."))
    return [notify.retry(notice, way) for notice in notices]


@transaction.atomic
def told_by_hand(dossier: Dossier, person: Person, notices: list[Notice], how: str, on: date, said: str) -> Fact:
    """Record that the person was told by somebody of the council: who, when, how. His waiting notices are settled."""
    require(person, Right.REACH_PEOPLE)
    dossiers.require_sight(person, dossier)
    if how not in BY_HAND:
        raise ValidationError({"how": _("Say how.")})
    if not dossier.opened_on <= on <= today():
        raise ValidationError({"on": _("Between the day the dossier was opened and today.")})
    settled = [notice.code for notice in notices if notify.settle(notice)]
    if not settled:
        raise ValidationError(_("This person was told meanwhile."))
    return dossiers.record(
        dossier,
        "told_by_hand",
        at=None if on == today() else on,
        by=person,
        data={"how": how, "notices": settled},
        private={"text": said.strip()} if said.strip() else None,
    )
