"""Whether the register knows one row of power as it stands, asked at the moment in which that power is used.

The proof names what was written by hand, and may come by a week later; whoever signs, confirms or opens a one-use link
is asked for now: the row is what its links say, and each of them bears its mark, or is one of those from before the
marks. These are believed by what nobody without `secret.key` can make: the marked link that took them over names the
hash of the link before it, and so on down to the first.
"""

from typing import Any

from tadbir.councils.scope import current_council
from tadbir.register.judging import judged, read_links
from tadbir.register.models import Entry
from tadbir.register.proving import Told, declared, links_about, unreadable
from tadbir.register.queries import is_hashed
from tadbir.register.vouched import MARK, gives_power, is_vouched, taken_over

#: By the hash of a link that took over: the hashes of the links of power that lead to it. True whatever is written
#: later, since each hash holds the one before.
_led: dict[str, frozenset[str]] = {}
#: Links that are read at once.
_CHUNK = 2000


def stands(noun: str, key: int) -> bool:
    """Whether the register knows a row as it stands, by links that a page or a command wrote."""
    proof = _proof(noun)
    row = proof.rows().filter(pk=key).first() if key > 0 else None
    if row is None or judged(proof.of_rows, [row], lambda one, error: unreadable(noun, key, error)):
        return False
    return all(map(_is_true, _links(proof, proof.name(row))))


def told(noun: str, key: int) -> dict[str, Any]:
    """What the links of a row say of it, one after the other, but for those that nobody vouches for."""
    proof, found = _proof(noun), dict[str, Any]()
    for link in _links(proof, key):
        if _is_true(link):
            found.update(proof.says(link))
    return found


def _proof(noun: str) -> Told:
    return next(one for one in declared() if one.noun == noun and isinstance(one, Told))


def _links(proof: Told, name: Any) -> list[Entry]:
    return links_about(proof.noun, [name])[f"{proof.noun}:{name}"]


def _is_true(link: Entry) -> bool:
    """Whether a link bears its mark, or is from before the marks and was taken over as it is."""
    if MARK in link.fields or is_vouched(link):
        return is_vouched(link)
    return is_hashed(current_council().code, link) and link.hash in _before_marks()


def _before_marks() -> frozenset[str]:
    """The links of power from before the marks, by their hashes; read once by a process."""
    over = taken_over()
    if over is None:
        return frozenset()
    if over.hash not in _led:
        _led[over.hash] = frozenset(_leading(over))
    return _led[over.hash]


def _leading(over: Entry) -> "set[str]":
    code, awaited, found = current_council().code, over.previous, set[str]()
    for first in range((over.seq - 2) // _CHUNK * _CHUNK, -1, -_CHUNK):
        for link in reversed([one for one in read_links(first, _CHUNK) if one.seq < over.seq]):
            if link.hash != awaited or not is_hashed(code, link):
                return found
            if gives_power(link):
                found.add(link.hash)
            awaited = link.previous
    return found
