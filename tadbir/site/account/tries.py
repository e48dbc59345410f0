"""Wrong tries at sign-in: passwords, one-time codes, recovery codes and passkeys, counted as every other try.

A try is counted before it is looked at and given back when it was right (`councils.limits`): tries sent all at once are
no more than the limit, and an attacker who signs in elsewhere in between gets no more of them. A password is anybody's
to try: few times from one address, many more from everywhere, so that a stranger shuts nobody out. What comes after the
password is short and tried by whoever knows it: few times from everywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tadbir.councils import limits
from tadbir.councils.address import counted_address
from tadbir.ui.limited import refusal

_PASSWORD, _FACTOR = "password:", "factor:"


def _counters(request: HttpRequest, secret: str) -> list[tuple[str, str]]:
    """What counts a try at this secret, or at none that is known, from this address."""
    here = counted_address(request)
    counters = [("wrong_sign_ins_of_address", here)]
    if secret.startswith(_PASSWORD):
        counters += [("wrong_passwords_from_here", f"{here} {secret}"), ("wrong_passwords_of_account", secret)]
    elif secret:
        counters.append(("wrong_factors_of_account", secret))
    return counters


def count(request: HttpRequest, secret: str = "") -> None:
    """Count one try at a secret of an account (`password_of`, `factor_of`), from an address.

    Raises TooMany when it is one too many: nothing may be looked at then. No `secret`: the address alone.
    """
    if name := limits.first_over(*_counters(request, secret)):
        raise refusal(name, _("Too many wrong tries. Sign in again from %(time)s."))


def was_right(request: HttpRequest, secret: str = "") -> None:
    """Take back what `count` counted."""
    limits.give_all_back(*_counters(request, secret))


@contextmanager
def counted(request: HttpRequest, secret: str = "") -> Iterator[None]:
    """One try: counted before it is looked at, taken back where nothing refused it. Raises as `count`."""
    count(request, secret)
    yield
    was_right(request, secret)


def password_of(email: str) -> str:
    """The name of the password of an account, whether there is such an account or not."""
    return f"{_PASSWORD}{email.strip().lower()}"


def factor_of(account: int) -> str:
    """The name of the second factors of an account."""
    return f"{_FACTOR}{account}"
