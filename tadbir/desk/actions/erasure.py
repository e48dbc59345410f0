"""Erasing the personal data of a closed dossier: by those who answer for the council, with a ground and a reason, not
while the person may still contest. The dossier, its facts and its dates stay; who they were about does not."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.acts.queries import acts_of
from tadbir.councils.actions import log_access, require
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.database.sqlite.erasing import overwritten
from tadbir.desk.matter import matters
from tadbir.desk.queries.erasure import GROUNDS, still_naming, why_not_erase
from tadbir.desk.search import index_dossier
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify.actions import erase_all_of
from tadbir.reading.letters import has_words
from tadbir.textsearch.actions import forget_words
from tadbir.textsearch.fold import fold


def erase_personal_data(dossier: Dossier, person: Person, ground: str, reason: str) -> Fact:
    """Erase whatever names or describes the people of a closed dossier, everywhere in the database and on the disk.

    `ground` is one of `GROUNDS`, `reason` the words kept with it. Raises PermissionDenied for any other quality,
    ValidationError while a remedy is open, for an open dossier and for a reason that names the person.
    """
    require(person, Right.ERASE_PERSONAL_DATA)
    if ground not in GROUNDS:
        raise ValidationError({"ground": _("Choose the ground.")})
    if not has_words(reason):
        raise ValidationError({"reason": _("Give the reason.")})
    with overwritten(), transaction.atomic():
        dossier = dossiers.lock(dossier)
        if against := why_not_erase(dossier, ground=ground):
            raise ValidationError(against)
        _refuse_names(dossier, reason)
        return _erase(dossier, person, ground, reason.strip())


def _erase(dossier: Dossier, person: Person, ground: str, reason: str) -> Fact:
    law = f"09-08:{ground}"
    papers = still_naming(dossier)
    for matter in matters():
        if matter.erase is not None:
            matter.erase(dossier)
    dossiers.erase_private(dossier, law)
    for act in acts_of(dossier.number):
        acts.erase_act(act, law)
    acts.erase_unissued(dossier.number, law)
    erase_all_of(dossier.number)
    index_dossier(dossier)
    forget_words()
    log_access(person, f"dossier:{dossier.pk}", "erasure")
    return dossiers.record(
        dossier,
        "personal_data_erased",
        by=person,
        data={"ground": ground, "registers": papers},
        private={"reason": reason},
        check=False,  # it is erased by now: nothing else is recorded there any more
    )


def _refuse_names(dossier: Dossier, reason: str) -> None:
    """The reason stays: it must not bring back what goes."""
    said = fold(reason)
    for party in (dossier.applicant, dossier.representative):
        if party is not None and any(fold(name).strip() in said for name in party.names):
            raise ValidationError({"reason": _("Do not name the person here: this reason is kept.")})
