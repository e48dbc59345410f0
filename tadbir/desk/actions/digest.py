"""What agents are told by mail: once a day what is late or soon due, and at once when a date of theirs moved."""

from django.db import transaction

from tadbir.acts.queries import printed_base
from tadbir.councils.clock import today
from tadbir.councils.models import Account, Person
from tadbir.councils.queries import people_with
from tadbir.councils.rights import Right, holders
from tadbir.councils.scope import current_council
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify.actions import queue

#: Days ahead that count as soon.
SOON = 5


def late_and_soon(person: Person) -> tuple[int, int]:
    """How many of a person's duties are late today, and how many are due in the next days."""
    rows = queries.duties_of(person).filter(is_suspended=False, do_by__isnull=False)
    left = [duty.days_left(today()) for duty in rows.only("do_by").select_related(None)]
    late = sum(1 for days in left if days is not None and days < 0)
    return late, sum(1 for days in left if days is not None and 0 <= days <= SOON)


def send_digests() -> int:
    """Queue today's mails of the current council, once a day and person (`tick`). Returns how many there are."""
    council, sent = current_council(), 0
    with transaction.atomic():
        for person in people_with(holders(Right.GET_DAILY_MAIL), today()).select_related("account"):
            late, soon = late_and_soon(person)
            if person.account is None or person.is_absent(today()) or not late + soon:
                continue
            values = {"late": str(late), "soon": str(soon), "address": f"{printed_base(council)}/office/"}
            _mail(person.account, "duties", values, f"duties:{person.pk}:{today()}")
            sent += 1
    return sent


def _mail(account: Account, code: str, values: dict[str, str], key: str, dossier_ref: str = "") -> None:
    queue(
        code,
        channel="mail",
        recipient=account.email,
        language=account.language,
        values=values,
        key=key,
        dossier_ref=dossier_ref,
    )


def tell_owner_of_new_dates(dossier: Dossier, fact: Fact) -> None:
    """Tell the officer in charge, else the heads of the unit, that the dates of a dossier moved."""
    heads = holders(Right.OVERSEE) & holders(Right.WORK_IN_UNIT)
    owners = [dossier.officer] if dossier.officer else people_with(heads, today(), dossier.unit)
    values = {"number": dossier.number, "address": f"{printed_base(current_council())}/office/"}
    for person in owners:
        if person.account is not None:
            _mail(person.account, "dated_anew", values, f"dated_anew:{fact.pk}:{person.pk}", dossier.number)
