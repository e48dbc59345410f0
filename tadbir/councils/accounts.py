"""Sign-in accounts: who they are, and what the register is told each time that the way in changes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models, transaction
from django.utils.crypto import salted_hmac

from tadbir.councils import trace
from tadbir.councils.personal import Plain
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity

if TYPE_CHECKING:
    from tadbir.councils.models import Council

#: The columns by which somebody signs in, or no longer does.
WAY_IN = frozenset({"email", "password", "is_active"})


def keyed(purpose: str, value: str) -> str:
    """What a link says of an e-mail, a password or a second factor: under `secret.key`, which is in no table, so that
    whoever reads the database guesses nothing by it and can write none that holds."""
    return salted_hmac(f"tadbir.register.{purpose}", value, algorithm="sha256").hexdigest()


class AccountManager(BaseUserManager["Account"]):
    """Makes sign-in accounts; there is no superuser and no default password."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "Account":
        """Make an account; without a password it can only be entered by an enrolment link."""
        account = self.model(email=self.normalize_email(email).lower(), **extra)
        account.set_password(password) if password else account.set_unusable_password()
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in. What he may do comes from his Person and Roles in each council."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="ar")

    plain = Plain.AGENT.of("password", "email", "language")

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.email

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it down; where its way in is written, with the link that says so: by whatever page, and by Django
        itself when it hashes a password anew. Raises Drill in the drill of a restore."""
        super().save(*args, **kwargs)
        columns = kwargs.get("update_fields")
        if columns is None or WAY_IN.intersection(columns):
            tell_way_in(self)

    def check_password(self, raw_password: str) -> bool:
        """Whether it is this one; in a drill, which records nothing, an older hash stays as it is."""
        return check_password(raw_password, self.password) if settings.DRILL else super().check_password(raw_password)


def way_in(account: Account) -> Mapping[str, Any]:
    """What the links of an account say."""
    told = {"email": keyed("email", account.email), "password": keyed("password", account.password)}
    return {"account": account.pk, **told, "active": account.is_active}


def tell_way_in(account: Account) -> None:
    """Leave the link that says how this account is entered from now on."""
    for council in councils_of(account.pk):
        with council_scope(council):
            trace.leave("sign_in_set", **way_in(account))


def councils_of(account: int) -> "list[Council]":
    """The councils that an account serves: one; in older installations perhaps two, and each register is told."""
    from tadbir.councils.models import Council, Person

    with rowsecurity.everywhere():
        return list(Council.objects.filter(pk__in=Person.everywhere.filter(account=account).values("council")))
