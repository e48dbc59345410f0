"""Sign-in links made and confirmed, accounts closed: whoever they are for is told each time, by mail, who did it."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts.queries import printed_base
from tadbir.councils import trace
from tadbir.councils.actions import enrolling
from tadbir.councils.actions.office import require
from tadbir.councils.clock import now
from tadbir.councils.models import Enrolment, Person
from tadbir.councils.rights import Right
from tadbir.councils.scope import current_council
from tadbir.councils.way_in import set_anew
from tadbir.notify.actions import queue
from tadbir.notify.ways import MAIL, Way


@transaction.atomic
def make_link(person: Person, by: Person | None) -> str:
    """Make a one-use sign-in link, by somebody of the council or on the machine (None); its owner is told by whom.

    Raises what `councils.actions.make_enrolment` does.
    """
    token = enrolling.make_enrolment(person, by=by)
    row = Enrolment.objects.filter(person=person).latest("pk")
    _tell(person, "link_made", row.pk, by)
    return token


@transaction.atomic
def confirm_link(row: Enrolment, by: Person, *, refuse: bool, shown: str) -> Enrolment:
    """The second person's word on a link for somebody who signs; its owner is told. Raises as `confirm_enrolment`."""
    row = enrolling.confirm_enrolment(row, by, refuse=refuse, shown=shown)
    if not refuse:
        _tell(row.person, "link_confirmed", row.pk, by)
    return row


@transaction.atomic
def close_account(person: Person, by: Person) -> int:
    """End every session of somebody (a telephone was lost or stolen); how many were open.

    What the lost thing could open by itself goes too, password, passkeys and one-time codes: only a new link opens the
    account again. Raises PermissionDenied; ValidationError for one's own account and for somebody without one.
    """
    require(by, Right.WRITE_PEOPLE)
    account = person.account
    if account is None:
        raise ValidationError(_("This person does not sign in."))
    if person.pk == by.pk:
        raise ValidationError(_("This is your own account: sign out everywhere else in “Where I am signed in”."))
    sessions = [one for one in UserSession.objects.filter(user_id=account.pk) if one.exists()]
    account.set_unusable_password()  # every session ends with the password that it was opened with
    with set_anew():
        account.save(update_fields=["password"])
        Authenticator.objects.filter(user_id=account.pk).delete()
    for one in UserSession.objects.filter(user_id=account.pk):
        one.end()
    enrolling.end_enrolments(person)
    _tell(person, "account_closed", f"{now():%Y%m%d%H%M%S}", by)
    trace.leave("account_closed", person=person.pk, by=by.pk, sessions=len(sessions))
    return len(sessions)


def _tell(person: Person, code: str, which: object, by: Person | None) -> None:
    account = person.account
    if account is None:
        return
    name = (by.name_fr if account.language == "fr" else by.name_ar) if by else "tadbir"
    values = {"by": name, "address": f"{printed_base(current_council())}/office/"}
    to = [Way(MAIL, account.email)]
    queue(code, to=to, language=account.language, values=values, key=f"{code}:{person.pk}:{which}")
