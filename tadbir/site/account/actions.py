"""The writers of sign-in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils.actions import use_enrolment
from tadbir.councils.models import Person
from tadbir.database import rowsecurity
from tadbir.register.actions import append

#: Bytes of typed text kept over a new sign-in; a letter is far below.
KEPT_LIMIT = 200_000
KEPT = "kept_form"


@transaction.atomic
def enrol(token: str, password: str) -> Person:
    """Use an enrolment link: the person chooses a password, and old second factors are forgotten.

    A new link is also the way back after a lost telephone; changing the password ends every older session.
    Raises ValidationError when the link was used or is too old.
    """
    person = use_enrolment(token)
    if person is None or person.account is None or not person.account.is_active:
        raise ValidationError(_("This link was used already or is too old. Ask your administrator for a new one."))
    account = person.account
    # Nobody shares an account any more; those that were shared before must not open the other council.
    with rowsecurity.everywhere():
        elsewhere = Person.everywhere.filter(account=account).exclude(council_id=person.council_id).exists()
    if elsewhere:
        raise ValidationError(_("This account also serves another council: it needs an account of its own here."))
    account.set_password(password)
    account.save(update_fields=["password"])
    Authenticator.objects.filter(user_id=account.pk).delete()
    append("account_enrolled", {"person": person.pk})
    return person


def keep_form(session: SessionBase, address: str, fields: list[tuple[str, str]], files: list[str]) -> bool:
    """Keep what was typed until the person has signed in again. False when it is too much to keep."""
    if sum(len(name) + len(value) for name, value in fields) > KEPT_LIMIT:
        return False
    session[KEPT] = {"address": address, "fields": fields, "files": files}
    return True


def take_kept_form(session: SessionBase) -> dict[str, Any] | None:
    """What was kept, if anything; it is forgotten with this."""
    kept: dict[str, Any] | None = session.pop(KEPT, None)
    return kept
