"""Wrong tries at sign-in: passwords, one-time codes, recovery codes and passkeys, counted as every other try.

A try is counted before it is looked at and given back when it was right (`councils.limits`): tries sent all at once are
no more than the limit, and an attacker who signs in elsewhere in between gets no more of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tadbir.councils import limits
from tadbir.councils.address import client_address
from tadbir.ui.errors import TooMany
from tadbir.ui.limited import refusal

_ADDRESS, _ACCOUNT = "wrong_sign_ins_of_address", "wrong_sign_ins_of_account"


def _refused(name: str) -> TooMany:
    return refusal(name, _("Too many wrong tries. Sign in again from %(time)s."))


def count(request: HttpRequest, secret: str = "") -> None:
    """Count one try at a secret of an account (`password:` its address, `factor:` its key), from an address.

    Raises TooMany when it is one too many: nothing may be looked at then. No `secret`: the address alone.
    """
    if limits.too_many(_ADDRESS, client_address(request)):
        raise _refused(_ADDRESS)
    if secret and limits.too_many(_ACCOUNT, secret):
        limits.give_back(_ADDRESS, client_address(request))  # nothing was looked at: others sign in from there
        raise _refused(_ACCOUNT)


def was_right(request: HttpRequest, secret: str = "") -> None:
    """Take back what `count` counted."""
    limits.give_back(_ADDRESS, client_address(request))
    if secret:
        limits.give_back(_ACCOUNT, secret)


@contextmanager
def counted(request: HttpRequest, secret: str = "") -> Iterator[None]:
    """One try: counted before it is looked at, taken back where nothing refused it. Raises as `count`."""
    count(request, secret)
    yield
    was_right(request, secret)


def password_of(email: str) -> str:
    """The name of the password of an account, whether there is such an account or not."""
    return f"password:{email.strip().lower()}"


def factor_of(account: int) -> str:
    """The name of the second factors of an account."""
    return f"factor:{account}"
