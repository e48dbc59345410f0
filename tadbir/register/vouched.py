"""Links that give power bear a mark under `secret.key`, which is in no table.

The chain is hashed without a secret: whoever can write into the database can add a link to its end, that makes a role,
a delegation or a one-use link look as if a page had made it. So each link of these rows, and each that takes rows over,
bears an HMAC over all it says and its place in the chain: copied to another place it does not hold. Links from before
are taken over once, by a link that bears such a mark itself (`MARKED`).
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from tadbir.councils.scope import current_council
from tadbir.councils.way_in import keyed
from tadbir.register import subjects
from tadbir.register.canonical import canonical
from tadbir.register.models import Entry

#: Rows whose links bear the mark; the last are the links that take over what older programs did not tell.
NOUNS = frozenset({"enrolment", "role", "delegation", "power", "person", "account", "factor", "baseline"})
MARK = "mark"
#: What the link is about after which each of them must bear it.
MARKED = "vouched"


def with_mark(
    code: str, seq: int, kind: str, at: str, fields: Mapping[str, Any], more: Sequence[str]
) -> dict[str, Any]:
    """What a link says, with its mark where it must bear one; `more`: its commitment and the hash before it."""
    bare = {name: value for name, value in fields.items() if name != MARK}
    if subjects.about(kind, bare).partition(":")[0] not in NOUNS:
        return bare
    return bare | {MARK: keyed("link", canonical([code, seq, kind, at, bare, *more]).decode())}


def is_vouched(link: Entry) -> bool:
    """Whether a link needs no mark, or bears its own."""
    at, more = link.at.isoformat(), [link.commitment, link.previous]
    meant = with_mark(current_council().code, link.seq, link.kind, at, link.fields, more).get(MARK, "")
    return hmac.compare_digest(meant, str(link.fields.get(MARK, "")))


def begun() -> int:
    """The rank of the link after which each must bear its mark; 0 in a register that never was without."""
    taken = Entry.objects.filter(about=f"baseline:{MARKED}").order_by("seq")
    return next((link.seq for link in taken if MARK in link.fields and is_vouched(link)), 0)


def unvouched(links: Sequence[Entry]) -> Iterator[Entry]:
    """Those of these links that no page and no command of Tadbir wrote."""
    since = begun() if links else 0
    for link in links:
        if not is_vouched(link) and (link.seq > since or MARK in link.fields):
            yield link


def no_rows() -> QuerySet[Entry]:
    """The rows of the proof that only says since when (`proofs.Vouched`)."""
    return Entry.objects.none()
