"""How often something may be tried: one table of limits, one counter in the cache that every worker shares."""

import hashlib
from datetime import UTC, datetime
from math import ceil
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache

from tadbir.councils.clock import now

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


class Limit(NamedTuple):
    """So many times in a window of so many seconds; counted for each council apart, or for the whole installation."""

    most: int
    seconds: int
    by_council: bool = True


#: Whoever counts names one of these. A whole village may share one address on a mobile network.
LIMITS = {
    # One secret from one address; the same from everywhere. Past that each address has few tries, its owner's too, so
    # that strangers shut nobody out who types it right; a machine with thousands of addresses is stopped all the same.
    "wrong_codes_from_here": Limit(10, HOUR),
    "wrong_codes_of_number": Limit(100, HOUR),
    "wrong_codes_when_many": Limit(2, HOUR),
    "wrong_codes_in_all": Limit(5000, HOUR),
    "wrong_codes_of_address": Limit(30, HOUR),
    "wrong_draft_codes": Limit(30, HOUR),
    "new_codes": Limit(3, DAY),
    "drafts": Limit(100, HOUR),
    "uploads": Limit(400, HOUR),
    "verify_code": Limit(20, MINUTE, by_council=False),
    "verify_status": Limit(60, MINUTE, by_council=False),
    "kept_form": Limit(20, MINUTE, by_council=False),  # each is a row of the database
    # An account serves one council, an address perhaps several.
    "wrong_passwords_from_here": Limit(5, 5 * MINUTE, by_council=False),
    "wrong_passwords_of_account": Limit(50, 5 * MINUTE, by_council=False),
    "wrong_passwords_when_many": Limit(2, 5 * MINUTE, by_council=False),
    "wrong_passwords_in_all": Limit(500, 5 * MINUTE, by_council=False),
    # One-time codes, recovery codes, passkeys: short, and only who knows the password comes to them.
    "wrong_factors_of_account": Limit(5, 5 * MINUTE, by_council=False),
    "wrong_sign_ins_of_address": Limit(30, 5 * MINUTE, by_council=False),
}


def _slot(name: str, what: str) -> str:
    """The counter of the window that runs now; the value itself is not kept in clear."""
    from tadbir.councils.scope import council_or_none  # the settings read this module before there are models

    limit = LIMITS[name]
    council = council_or_none() if limit.by_council else None
    window = int(now().timestamp()) // limit.seconds
    digest = hashlib.sha256(f"{settings.SECRET_KEY}/{what}".encode()).hexdigest()[:32]
    return f"{name}:{council.pk if council else 0}:{window}:{digest}"


def too_many(name: str, what: str) -> bool:
    """Count one more try of `what` (an address, a number); true when it is one too many.

    Count first, then try: of many tries at the same moment no more than the limit pass.
    """
    slot, limit = _slot(name, what), LIMITS[name]
    while not cache.add(slot, 1, limit.seconds):
        try:
            return int(cache.incr(slot)) > limit.most
        except ValueError:
            continue  # the cache forgot it in between: begin again
    return limit.most < 1


def first_over(*counters: tuple[str, str]) -> str:
    """Count one try on each counter (the name of a limit, what it counts), in this order, until one refuses.

    Returns the name of the limit that refuses, and then the others keep nothing of this try: no secret was looked at,
    so what one address is refused shuts no other out. Empty when the try may be made.
    """
    for rank, (name, what) in enumerate(counters):
        if too_many(name, what):
            give_all_back(*counters[:rank])
            return name
    return ""


class Shared(NamedTuple):
    """The limits of one secret that anybody may try: from one address, from everywhere; past that, few from each
    address, and from all of them together (docs/decisions/0041)."""

    from_here: str
    from_everywhere: str
    when_many: str
    in_all: str


CODES = Shared("wrong_codes_from_here", "wrong_codes_of_number", "wrong_codes_when_many", "wrong_codes_in_all")
PASSWORDS = Shared(
    "wrong_passwords_from_here", "wrong_passwords_of_account", "wrong_passwords_when_many", "wrong_passwords_in_all"
)
Counters = tuple[tuple[str, str], ...]


def count_shared(limits: Shared, secret: str, here: str) -> tuple[str, Counters]:
    """Count a try at such a secret: the limit that refuses it, or none, and what counted it."""
    from_here = (limits.from_here, f"{here} {secret}")
    usual = from_here, (limits.from_everywhere, secret)
    refused = first_over(*usual)
    if refused != limits.from_everywhere:
        return refused, usual
    many = from_here, (limits.when_many, f"{here} {secret}"), (limits.in_all, secret)
    return first_over(*many), many


def give_all_back(*counters: tuple[str, str]) -> None:
    """Take back one try on each of these counters: it turned out to be none."""
    for name, what in counters:
        give_back(name, what)


def give_back(name: str, what: str) -> None:
    """Take back one try that was counted and turned out to be none (the code was right)."""
    try:
        cache.incr(_slot(name, what), -1)
    except ValueError:
        return  # another window runs


def opens_at(name: str) -> datetime:
    """When the window that runs now ends, and with it a refusal: what a page says is what will be."""
    seconds = LIMITS[name].seconds
    return datetime.fromtimestamp((int(now().timestamp()) // seconds + 1) * seconds, UTC)


def wait(name: str) -> int:
    """Whole seconds from now until the window ends."""
    return max(1, ceil((opens_at(name) - now()).total_seconds()))
