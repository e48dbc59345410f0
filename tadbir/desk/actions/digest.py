"""What agents are told by mail: once a day, in one, what is late or soon due, what moved and what nobody has."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import override

from tadbir.acts.queries import printed_base
from tadbir.councils.clock import local_date, today
from tadbir.councils.models import Account, Person
from tadbir.councils.queries import people_with, units
from tadbir.councils.rights import Right, holders
from tadbir.councils.scope import current_council
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.notify.actions import queue
from tadbir.notify.queries import last_of
from tadbir.notify.ways import MAIL, Way, is_set_up

#: Days ahead that count as soon.
SOON = 5


def late_and_soon(person: Person) -> tuple[int, int]:
    """How many of a person's duties are late today, and how many are due in the next days."""
    rows = queries.duties_of(person).filter(is_suspended=False, do_by__isnull=False)
    left = [duty.days_left(today()) for duty in rows.only("do_by").select_related(None)]
    late = sum(1 for days in left if days is not None and days < 0)
    return late, sum(1 for days in left if days is not None and 0 <= days <= SOON)


def send_digests() -> int:
    """Queue today's mails of the current council, one a day and person (`tick`). Returns how many people have one.

    Nothing is queued where no mail can leave: tomorrow's says it anew.
    """
    if not is_set_up(MAIL):
        return 0
    last = last_of("duties")
    if last is not None and local_date(last.queued_at) >= today():
        return 0
    with transaction.atomic():
        moved, unowned = _moved_since(last.queued_at if last else None), _unowned()
        usual = set(people_with(holders(Right.GET_DAILY_MAIL), today()).select_related("account"))
        return sum(
            _mail(person, late_and_soon(person) if person in usual else (0, 0), moved[person], unowned[person])
            for person in sorted(usual | set(moved) | set(unowned), key=lambda person: person.pk)
        )


def _mail(person: Person, duties: tuple[int, int], moved: int, unowned: int) -> bool:
    """Queue the mail of one person; False for somebody who is away, has no account, or nothing to read."""
    late, soon = duties
    account: Account | None = person.account
    if account is None or person.is_absent(today()) or not late + soon + moved + unowned:
        return False
    values = {
        "late": str(late),
        "soon": str(soon),
        "more": _more(account.language, moved, unowned),
        "address": f"{printed_base(current_council())}/office/",
    }
    key = f"duties:{person.pk}:{today()}"
    queue("duties", to=[Way(MAIL, account.email)], language=account.language, values=values, key=key)
    return True


def _more(language: str, moved: int, unowned: int) -> str:
    with override(language):
        said = [
            _("Dossiers whose dates were counted anew: %(count)s.") % {"count": moved} if moved else "",
            _("Dossiers that nobody answers for, to be given to somebody: %(count)s.") % {"count": unowned}
            if unowned
            else "",
        ]
    return " ".join(filter(None, said))


def _heads() -> dict[int, list[Person]]:
    """Who answers for each unit: its heads; the director where it has none today."""
    heads, day = holders(Right.OVERSEE) & holders(Right.WORK_IN_UNIT), today()
    above = list(people_with(holders(Right.ANSWER_FOR_ALL) & holders(Right.WRITE_PEOPLE), day))
    return {unit.pk: list(people_with(heads, day, unit)) or above for unit in units()}


def _moved_since(moment: datetime | None) -> Counter[Person]:
    """In how many dossiers of each officer, else of each head, the dates were counted anew since the last mails."""
    if not queries.redated_since(moment):  # else a day without a change would read every fact
        return Counter()
    rows = Fact.objects.filter(kind="dated_anew", **({"recorded_at__gt": moment} if moment else {})).order_by()
    counted = rows.values_list("dossier__officer", "dossier__unit").annotate(Count("dossier", distinct=True))
    serving = {person.pk: person for person in people_with(holders(Right.BE_GIVEN_A_DOSSIER), today())}
    heads, found = _heads(), Counter[Person]()
    for officer, unit, count in counted:
        for person in [serving[officer]] if officer in serving else heads.get(unit, []):
            found[person] += count
    return found


def _unowned() -> Counter[Person]:
    """How many dossiers nobody answers for, by who must give them to somebody."""
    rows = queries.ownerless(Dossier.objects.all()).order_by().values_list("unit").annotate(Count("pk"))
    found, counted = Counter[Person](), dict(rows)
    heads = _heads() if counted else {}
    for unit, count in counted.items():
        for person in heads.get(unit, []):
            found[person] += count
    return found
