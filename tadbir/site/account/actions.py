"""The writers of sign-in."""

import json
import secrets

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tadbir.councils.actions.enrolling import use_enrolment
from tadbir.councils.models import Person
from tadbir.councils.way_in import set_anew
from tadbir.database import rowsecurity
from tadbir.register.actions import append
from tadbir.ui.typed import Typed

#: Letters of typed text kept over a new sign-in; a letter is far below.
KEPT_LIMIT = 200_000
KEPT = "kept_forms"


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
    with set_anew():
        account.save(update_fields=["password"])
        Authenticator.objects.filter(user_id=account.pk).delete()
    append("account_enrolled", {"person": person.pk})
    return person


def end_other_sessions(sender: object, request: HttpRequest, user: AbstractBaseUser, **_more: object) -> None:
    """Whoever changed a second factor stays signed in here, and nowhere else: told by allauth's signals."""
    for one in UserSession.objects.filter(user_id=user.pk).exclude(session_key=request.session.session_key):
        one.end()


def keep_form(session: SessionBase, typed: Typed, writer: str) -> bool:
    """Keep what an account (`writer`) typed until it is sent again after a new sign-in. False when it is too much."""
    kept = [*session.get(KEPT, []), [secrets.token_urlsafe(6), typed.address, typed.fields, typed.files, writer]]
    if len(json.dumps(kept, ensure_ascii=False)) > KEPT_LIMIT:
        return False
    session[KEPT] = kept
    return True


def kept_forms(session: SessionBase, reader: str) -> list[Typed]:
    """What was kept, one for each page that was open when the session ended; each carries its own name.

    Whoever signs in on the same browser reads only what he typed himself: it may be about somebody's dossier.
    """
    return [
        Typed(address, [*((name, value) for name, value in fields), ("kept", key)], files)
        for key, address, fields, files, writer in session.get(KEPT, [])
        if writer == reader
    ]


def forget_kept_form(session: SessionBase, key: str) -> None:
    """What was kept is on its way again."""
    session[KEPT] = [one for one in session.get(KEPT, []) if one[0] != key]
