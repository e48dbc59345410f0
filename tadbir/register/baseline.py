"""Taking over what stands in a table since before the register spoke of it, or was judged by another version.

From then on a row without a link is a row that somebody put there. A large table takes minutes: it is taken over some
hundred rows at a time, each part a transaction with the mark of how far it came, so that a stop loses nothing.
"""

from collections.abc import Callable

from django.core.cache import cache
from django.db import transaction

from tadbir.councils.scope import current_council
from tadbir.register import proving
from tadbir.register.actions import Link, append_all, lock_head
from tadbir.register.models import Entry
from tadbir.register.proving import BASELINE, Proof, declared
from tadbir.register.upgrades import laid_before

#: Told after each part: how many rows of a table were looked at, and how many it has.
Progress = Callable[[int, int], None]
#: Called in the transaction that ends a table: its noun, and how many links were laid.
Ending = Callable[[str, int], None]
#: Seconds for which one that was stopped knows how far it came; then it looks at all again, and lays nothing twice.
KNOWN = 30 * 24 * 3600


def lay_baseline(told: Progress | None = None, ending: Ending | None = None) -> int:
    """Give links, once for each table, to what stands there without one since before the register spoke of it.

    A table whose rows are judged by another version than before is taken over again. Returns how many links were laid.
    """
    newest = {link.fields["of"]: link for link in laid_before()}
    return sum(_take_over(proof, newest.get(proof.noun), told, ending) for proof in declared())


def _take_over(proof: Proof, newest: Entry | None, told: Progress | None, ending: Ending | None) -> int:
    version = proof.version()
    if newest and newest.fields.get("version", "") == version:
        return 0
    mark = f"{BASELINE}:{current_council().pk}:{proof.noun}:{version}"
    rows, since = proof.rows().count(), newest.seq if newest else 0
    looked, after = cache.get(mark, (0, 0))
    while True:
        with transaction.atomic():
            lock_head()
            if (part := _part(proof, after)) is None:
                laid = Entry.objects.filter(kind=f"{proof.noun}_stands", seq__gt=since).count()
                append_all(
                    [Link(BASELINE, {"of": proof.noun, "rows": laid} | ({"version": version} if version else {}))]
                )
                if ending:
                    ending(proof.noun, laid)
                cache.delete(mark)
                return laid
            looked, after = looked + part[0], part[1]
            cache.set(mark, (looked, after), KNOWN)
        if told:
            told(looked, rows)


def _part(proof: Proof, after: int) -> tuple[int, int] | None:
    """Take over the rows after this key: how many, and the key of the last; None where there are none."""
    rows = list(proof.rows().filter(pk__gt=after).order_by("pk")[: proving.CHUNK])
    if rows and (links := proof.baseline(rows)):
        append_all(links)
    return (len(rows), rows[-1].pk) if rows else None


def baselines() -> list[Entry]:
    """What was once taken over without proof, by table; those that took over nothing are left out."""
    return [link for link in laid_before() if link.fields.get("rows")]
