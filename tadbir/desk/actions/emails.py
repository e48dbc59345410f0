"""An agent's e-mail put right: the account moves with all that goes by its address, and both addresses are told."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tadbir.acts.queries import printed_base
from tadbir.councils import actions as councils
from tadbir.councils.clock import now
from tadbir.councils.models import Account, Correction, Person
from tadbir.councils.scope import current_council
from tadbir.notify.actions import queue
from tadbir.notify.ways import MAIL, Way


@transaction.atomic
def hold(said: Correction, person: Person, second: Person | None) -> None:
    """Do what was proposed, by the word of whoever proposed it and of the second person. Raises as `move_email`."""
    account, before = councils.move_email(person, said.after["email"], by=said.by, second=second)
    said.noun = Correction.EMAIL
    said.save(update_fields=["noun"])
    _follow(account, before, said.by, second, said.reason)


@transaction.atomic
def move_on_machine(person: Person, email: str) -> None:
    """Do it on the machine itself, where no second person of the council could confirm it. Raises ValidationError."""
    account, before = councils.move_email(person, email, by=None)
    with override(account.language):
        why = _("corrected by whoever keeps the machine")
    _follow(account, before, None, None, why)


def _follow(account: Account, before: str, by: Person | None, second: Person | None, why: str) -> None:
    """What goes by the old address goes on by the new one or ends: the library's own row, open sessions; both are told.

    Sessions end whoever opened them: with the old address it may have been a stranger. Who knows the password signs in
    again; the old address is not told the new one.
    """
    EmailAddress.objects.filter(user_id=account.pk).exclude(email__iexact=before).delete()
    EmailAddress.objects.filter(user_id=account.pk).update(email=account.email)
    for one in UserSession.objects.filter(user_id=account.pk):
        one.end()
    with override(account.language):
        name = str(by) if by else "tadbir"
        who = _("%(by)s, confirmed by %(second)s") % {"by": name, "second": second} if second else name
    values = {"by": who, "why": why, "address": f"{printed_base(current_council())}/office/"}
    _write_to(account, "email_here", account.email, values)
    _write_to(account, "email_away", before, values)


def _write_to(account: Account, code: str, email: str, values: dict[str, str]) -> None:
    key = f"{code}:{account.pk}:{now():%Y%m%d%H%M%S%f}"
    queue(code, to=[Way(MAIL, email)], language=account.language, values=values, key=key)
