"""What the register is told of the way in of an account, each time that it is written."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_save, pre_save
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from tadbir.councils import trace
from tadbir.councils.models import Account, Council, Person
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity

#: The columns by which somebody signs in, or no longer does.
WAY_IN = frozenset({"email", "password", "is_active"})
UNKNOWN_WAY = _(
    "The register does not know the way into this account as it stands here. Nothing was done. Ask your administrator "
    "for a new one-use link: it sets everything anew."
)


def keyed(purpose: str, value: str) -> str:
    """What a link says of an e-mail, a password or a second factor: under `secret.key`, which is in no table, so that
    whoever reads the database guesses nothing by it and can write none that holds."""
    return salted_hmac(f"tadbir.register.{purpose}", value, algorithm="sha256").hexdigest()


def way_in(account: Account) -> Mapping[str, Any]:
    """What the links of an account say."""
    told = {"email": keyed("email", account.email), "password": keyed("password", account.password)}
    return {"account": account.pk, **told, "active": account.is_active}


def tell_way_in(account: Account, before: Mapping[str, Any] | None = None) -> None:
    """Leave the link that says how this account is entered from now on.

    `before`: how it stood in its table. What was changed there by hand, and is not what is written now, the link does
    not take over: it says what the one before it said, and the proof goes on naming it.
    """
    now = way_in(account)
    for council in councils_of(account.pk):
        with council_scope(council):
            said = trace.told("account", account.pk)
            kept = {name: said[name] for name in said if before and before.get(name) == now.get(name) != said[name]}
            trace.leave("sign_in_set", **{**now, **kept})


def councils_of(account: int) -> list[Council]:
    """The councils that an account serves: one; in older installations perhaps two, and each register is told."""
    with rowsecurity.everywhere():
        return list(Council.objects.filter(pk__in=Person.everywhere.filter(account=account).values("council")))


#: Whether the way in is set anew, whatever stood there: by a one-use link of the administrator, or closed by him.
_anew: ContextVar[bool] = ContextVar("tadbir_way_in_anew", default=False)


@contextmanager
def set_anew() -> Iterator[None]:
    """In here the way into an account is set anew: by a one-use link, or by the end of all that opened it.

    It is the way on of somebody whose password or second factor was changed in the database by hand."""
    token = _anew.set(True)
    try:
        yield
    finally:
        _anew.reset(token)


def require_known(noun: str, key: int, account: int) -> None:
    """Raise PermissionDenied where an account, or a second factor of it, is not what the register says: a page that
    writes it anew would hide who put his own there."""
    if _anew.get():
        return
    for council in councils_of(account):
        with council_scope(council):
            if not trace.stands(noun, key):
                raise PermissionDenied(UNKNOWN_WAY)


def _touches(update_fields: Collection[str] | None) -> bool:
    return update_fields is None or bool(WAY_IN.intersection(update_fields))


def _saving(
    sender: object, instance: Account, raw: bool, update_fields: Collection[str] | None = None, **_more: object
) -> None:
    stood = Account.objects.filter(pk=instance.pk).first() if instance.pk and not raw else None
    instance.stood = None  # type: ignore[attr-defined]  # between these two signals alone
    if stood is not None and _touches(update_fields):
        instance.stood = way_in(stood)  # type: ignore[attr-defined]
        require_known("account", instance.pk, instance.pk)


def _saved(
    sender: object, instance: Account, raw: bool, update_fields: Collection[str] | None = None, **_more: object
) -> None:
    if raw:  # a backup comes back, with its links
        return
    if _touches(update_fields):
        tell_way_in(instance, getattr(instance, "stood", None))


def listen() -> None:
    """Tell it from now on, whichever page writes."""
    pre_save.connect(_saving, Account)
    post_save.connect(_saved, Account)
