"""Entries of a dossier corrected, and what is written in it put right."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.acts.queries import act_by_number
from tadbir.councils.models import Person
from tadbir.desk.search import index_dossier
from tadbir.desk.words import NOTIFIED, SIGNED
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact


@transaction.atomic
def correct_entry(fact: Fact, person: Person, reason: str) -> Fact:
    """Void a mistaken entry; it stays in the register and the dates are derived anew.

    A corrected notification can be made again; a corrected signature annuls its act, once nothing notified stands.
    """
    act = act_by_number(str(fact.data.get("act", ""))) if fact.kind in SIGNED | NOTIFIED else None
    if act is not None and fact.kind in SIGNED and act.notified_on is not None:
        raise ValidationError(_("Correct the notification of this answer first."))
    corrected = dossiers.void_fact(fact, person, reason)
    if act is not None and fact.kind in NOTIFIED:
        acts.correct_notification(act, reason)
    elif act is not None:
        acts.annul(act, reason)
    return corrected


@transaction.atomic
def correct_particulars(dossier: Dossier, person: Person, told: Mapping[str, str], reason: str) -> Fact:
    """Put right names, contacts or subject of a dossier; it is found by the new ones at once."""
    fact = dossiers.correct_particulars(dossier, person, told, reason)
    index_dossier(fact.dossier)
    return fact
