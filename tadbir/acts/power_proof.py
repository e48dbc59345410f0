"""Whether whoever signed a paper had that power on that day, by the links that stood when it was sealed.

A role put into its table by hand and taken away after a signature leaves no row that differs: the paper it signed does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tadbir.acts.models import Act
from tadbir.councils.models import Quality, Role
from tadbir.register.canonical import plain
from tadbir.register.models import Entry
from tadbir.register.proving import Difference, differs, links_about

NO_POWER = "was signed by somebody who, by the links of roles and orders, had no such power that day"
#: What tells a row as it stood when an older installation was upgraded, whenever that was.
_STOOD = ("role_stands", "delegation_stands")


def without_power(rows: Sequence[Act]) -> Iterator[Difference]:
    """Those of these papers whose signatory had no such quality, or no such order, on the day of the signature."""
    signed = [row for row in rows if row.signed_by_id and row.signed_on]
    if not signed:
        return
    roles = defaultdict[int | None, list[list[Entry]]](list)
    held = Role.objects.filter(person__in={row.signed_by_id for row in signed}).values_list("pk", "person_id")
    of_roles = links_about("role", [pk for pk, _person in held])
    for pk, person in held:
        roles[person].append(of_roles.get(f"role:{pk}", []))
    orders = links_about("delegation", {row.signed_delegation_id for row in signed if row.signed_delegation_id})
    issued = links_about("act", [row.number for row in signed])
    for row in signed:
        link = next((one for one in issued.get(f"act:{row.number}", []) if one.kind == "act_issued"), None)
        if link is not None and not _had_power(row, link, roles[row.signed_by_id], orders):
            yield differs(f"act {row.number}", NO_POWER, row.pk, link)


def _had_power(
    row: Act, issued: Entry, roles: Iterable[Sequence[Entry]], orders: Mapping[str, Sequence[Entry]]
) -> bool:
    day = plain(row.signed_on)
    said = [_told(links, issued.seq) for links in roles]
    mine = [one for one in said if one.get("person") == row.signed_by_id and one.get("quality") == row.signed_quality]
    if not any(_covers(one, day) for one in mine):
        return False
    if row.signed_delegation_id is None:
        return row.signed_quality == Quality.PRESIDENT
    order = _told(orders.get(f"delegation:{row.signed_delegation_id}", ()), issued.seq)
    kinds = set(order.get("subjects") or ())
    return order.get("to") == row.signed_by_id and bool(kinds & {"*", row.kind}) and _covers(order, day)


def _told(links: Iterable[Entry], before: int) -> dict[str, Any]:
    """What links said of a role or an order when a paper got its own."""
    found: dict[str, Any] = {}
    for link in links:
        if link.seq < before or link.kind in _STOOD:
            found.update(link.fields)
    return found


def _covers(said: Mapping[str, Any], day: str) -> bool:
    start, end = said.get("starts_on"), said.get("ends_on")
    return isinstance(start, str) and start <= day and (end is None or (isinstance(end, str) and day <= end))
