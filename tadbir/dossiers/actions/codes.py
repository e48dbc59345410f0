"""The version of the code under which the person of a dossier follows it."""

from django.db import transaction

from tadbir.councils.models import Person
from tadbir.dossiers.actions.recording import lock, record
from tadbir.dossiers.models import Dossier, Fact


@transaction.atomic
def change_code(dossier: Dossier, version: int, reason: str, *, by: Person | None, seen: str = "") -> Fact:
    """Give the code of a dossier another version: what was opened with an earlier one is open no more.

    `reason` is a word of a list, never a text; `seen` the identity document that the clerk saw. Raises Refused, and
    ValidationError once the dossier is erased.
    """
    data = {"code_version": version, "reason": reason} | ({"seen": seen} if seen else {})
    fact = record(dossier, "code_renewed", by=by, source="counter" if by else "online", data=data)
    locked = lock(dossier)
    locked.code_version = dossier.code_version = version
    locked.save(update_fields=["code_version"])
    return fact
