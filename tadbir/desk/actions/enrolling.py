"""Sign-in links made and confirmed: whoever they are for is told each time, by mail, who did it."""

from django.db import transaction

from tadbir.acts.queries import printed_base
from tadbir.councils.actions import enrolling
from tadbir.councils.models import Enrolment, Person
from tadbir.councils.scope import current_council
from tadbir.notify.actions import queue
from tadbir.notify.ways import MAIL, Way


@transaction.atomic
def make_link(person: Person, by: Person | None) -> str:
    """Make a one-use sign-in link, by somebody of the council or on the machine (None); its owner is told by whom.

    Raises what `councils.actions.make_enrolment` does.
    """
    token = enrolling.make_enrolment(person, by=by)
    row = Enrolment.objects.filter(person=person).latest("pk")
    _tell(person, "link_made", row, by)
    return token


@transaction.atomic
def confirm_link(row: Enrolment, by: Person, *, refuse: bool, shown: str) -> Enrolment:
    """The second person's word on a link for somebody who signs; its owner is told. Raises as `confirm_enrolment`."""
    row = enrolling.confirm_enrolment(row, by, refuse=refuse, shown=shown)
    if not refuse:
        _tell(row.person, "link_confirmed", row, by)
    return row


def _tell(person: Person, code: str, row: Enrolment, by: Person | None) -> None:
    account = person.account
    if account is None:
        return
    name = (by.name_fr if account.language == "fr" else by.name_ar) if by else "tadbir"
    values = {"by": name, "address": f"{printed_base(current_council())}/office/"}
    to = [Way(MAIL, account.email)]
    queue(code, to=to, language=account.language, values=values, key=f"{code}:{row.pk}")
