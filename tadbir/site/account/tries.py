"""Wrong tries at sign-in: passwords, one-time codes, recovery codes and passkeys, counted as every other try.

A try is counted before it is looked at and given back when it was right (`councils.limits`): tries sent all at once are
no more than the limit, and an attacker who signs in elsewhere in between gets no more of them. A password is anybody's
to try: few times from one address, many more from everywhere, and past those two from each address, so that strangers
shut nobody out, alone or together. What comes after the password is short and tried by whoever knows it: few times from
everywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tadbir.councils import limits
from tadbir.councils.address import counted_address
from tadbir.ui.limited import refusal

_PASSWORD, _FACTOR = "password:", "factor:"


def _count(request: HttpRequest, secret: str) -> tuple[str, limits.Counters]:
    """Count a try at this secret, or at none that is known: the limit that refuses it, or none, and what counted it."""
    here = counted_address(request)
    address: limits.Counters = (("wrong_sign_ins_of_address", here),)
    if not secret.startswith(_PASSWORD):
        counters = (*address, ("wrong_factors_of_account", secret)) if secret else address
        return limits.first_over(*counters), counters
    if refused := limits.first_over(*address):
        return refused, ()
    refused, counters = limits.count_shared(limits.PASSWORDS, secret, here)
    if refused:
        limits.give_all_back(*address)
    return refused, address + counters


def count(request: HttpRequest, secret: str = "") -> limits.Counters:
    """Count one try at a secret of an account (`password_of`, `factor_of`), from an address; what counted it.

    Raises TooMany when it is one too many: nothing may be looked at then. No `secret`: the address alone.
    """
    refused, counters = _count(request, secret)
    if refused:
        raise refusal(refused, _("Too many wrong tries. Sign in again from %(time)s."))
    return counters


def was_right(counters: limits.Counters) -> None:
    """Take back what `count` counted."""
    limits.give_all_back(*counters)


@contextmanager
def counted(request: HttpRequest, secret: str = "") -> Iterator[None]:
    """One try: counted before it is looked at, taken back where nothing refused it. Raises as `count`."""
    counters = count(request, secret)
    yield
    was_right(counters)


def password_of(email: str) -> str:
    """The name of the password of an account, whether there is such an account or not."""
    return f"{_PASSWORD}{email.strip().lower()}"


def factor_of(account: int) -> str:
    """The name of the second factors of an account."""
    return f"{_FACTOR}{account}"
