"""How often something may be tried: one table of limits, one counter in the cache that every worker shares."""

import hashlib
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache

from tadbir.councils.clock import now

MINUTE, HOUR = 60, 60 * 60


class Limit(NamedTuple):
    """So many times in a window of so many seconds; counted for each council apart, or for the whole installation."""

    most: int
    seconds: int
    by_council: bool = True


#: Whoever counts names one of these. A whole village may share one address on a mobile network.
LIMITS = {
    "wrong_codes_of_number": Limit(10, HOUR),
    "wrong_codes_of_address": Limit(30, HOUR),
    "drafts": Limit(100, HOUR),
    "uploads": Limit(400, HOUR),
    "verify_code": Limit(20, MINUTE, by_council=False),
    "verify_status": Limit(60, MINUTE, by_council=False),
    "kept_form": Limit(20, MINUTE, by_council=False),  # each is a row of the database
}
#: Failed sign-ins, in the words of allauth, which counts them itself: of one account, of one address.
SIGN_IN_FAILURES = "5/5m/key,30/5m/ip"


def _slot(name: str, what: str) -> str:
    """The counter of the window that runs now; the value itself is not kept in clear."""
    from tadbir.councils.scope import council_or_none  # the settings read this module before there are models

    limit = LIMITS[name]
    council = council_or_none() if limit.by_council else None
    window = int(now().timestamp()) // limit.seconds
    digest = hashlib.sha256(f"{settings.SECRET_KEY}/{what}".encode()).hexdigest()[:32]
    return f"{name}:{council.pk if council else 0}:{window}:{digest}"


def too_many(name: str, what: str) -> bool:
    """Count one more try of `what` (an address, a number); true when it is one too many."""
    slot, limit = _slot(name, what), LIMITS[name]
    if cache.add(slot, 1, limit.seconds):
        return False
    try:
        return int(cache.incr(slot)) > limit.most
    except ValueError:  # it ran out in between
        cache.set(slot, 1, limit.seconds)
        return False


def is_used_up(*tries: tuple[str, str]) -> bool:
    """Whether one of these limits (its name, of what) is reached; nothing is counted."""
    slots = {_slot(name, what): LIMITS[name].most for name, what in tries}
    found = cache.get_many(list(slots))
    return any(found.get(slot, 0) >= most for slot, most in slots.items())
