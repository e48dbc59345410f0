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
from tadbir.register.models import Entry, believed

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
    if _noun(subjects.about(kind, bare)) not in NOUNS:
        return bare
    return bare | {MARK: _mark([code, seq, kind, at, bare, *more])}


def _noun(about: str) -> str:
    return about.partition(":")[0]


def _mark(said: Sequence[Any]) -> str:
    return keyed("link", canonical(said).decode())


def gives_power(link: Entry) -> bool:
    """Whether a link must bear a mark: by the row that its fields name, or by the one that it is filed under."""
    return not NOUNS.isdisjoint((_noun(subjects.about(link.kind, link.fields)), _noun(link.about)))


def is_vouched(link: Entry) -> bool:
    """Whether a link needs no mark, or bears its own."""
    bare = {name: value for name, value in link.fields.items() if name != MARK}
    said = [current_council().code, link.seq, link.kind, link.at.isoformat(), bare, link.commitment, link.previous]
    meant = _mark(said) if gives_power(link) else ""
    return hmac.compare_digest(meant, str(link.fields.get(MARK, "")))


def taken_over() -> Entry | None:
    """The link of the current council by which the links from before the marks were taken over."""
    found = believed().filter(about=f"baseline:{MARKED}").order_by("seq")
    readable = (link for link in found if isinstance(link.fields, dict))
    return next((link for link in readable if is_filed(link) and MARK in link.fields and is_vouched(link)), None)


def is_filed(link: Entry) -> bool:
    """Whether a link stands under the row that it speaks of."""
    return link.about == subjects.about(link.kind, link.fields)


def begun() -> int:
    """The rank of the link after which each must bear its mark; 0 in a register that never was without."""
    link = taken_over()
    return link.seq if link else 0


def unvouched(links: Sequence[Entry]) -> Iterator[Entry]:
    """Those of these links that no page and no command of Tadbir wrote."""
    since = begun() if links else 0
    for link in links:
        if not is_vouched(link) and (link.seq > since or MARK in link.fields):
            yield link


def no_rows() -> QuerySet[Entry]:
    """The rows of the proof that only says since when (`proofs.Vouched`)."""
    return Entry.objects.none()
