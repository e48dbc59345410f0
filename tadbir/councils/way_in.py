"""What the register is told of the way in of an account, each time that it is written."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models.signals import post_save
from django.utils.crypto import salted_hmac

from tadbir.councils import trace
from tadbir.councils.models import Account, Council, Person
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity

#: The columns by which somebody signs in, or no longer does.
WAY_IN = frozenset({"email", "password", "is_active"})


def keyed(purpose: str, value: str) -> str:
    """What a link says of an e-mail, a password or a second factor: under `secret.key`, which is in no table, so that
    whoever reads the database guesses nothing by it and can write none that holds."""
    return salted_hmac(f"tadbir.register.{purpose}", value, algorithm="sha256").hexdigest()


def way_in(account: Account) -> Mapping[str, Any]:
    """What the links of an account say."""
    told = {"email": keyed("email", account.email), "password": keyed("password", account.password)}
    return {"account": account.pk, **told, "active": account.is_active}


def tell_way_in(account: Account) -> None:
    """Leave the link that says how this account is entered from now on."""
    for council in councils_of(account.pk):
        with council_scope(council):
            trace.leave("sign_in_set", **way_in(account))


def councils_of(account: int) -> list[Council]:
    """The councils that an account serves: one; in older installations perhaps two, and each register is told."""
    with rowsecurity.everywhere():
        return list(Council.objects.filter(pk__in=Person.everywhere.filter(account=account).values("council")))


def _saved(
    sender: object, instance: Account, raw: bool, update_fields: Collection[str] | None = None, **_more: object
) -> None:
    if raw:  # a backup comes back, with its links
        return
    if update_fields is None or WAY_IN.intersection(update_fields):
        tell_way_in(instance)


def listen() -> None:
    """Tell it from now on, whichever page writes."""
    post_save.connect(_saved, Account)
