"""Sign-in accounts: who can sign in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models, transaction

from tadbir.councils.personal import Plain


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
        """Write it down; where its way in is written, in one transaction with the link that says so (`way_in`): by
        whatever page, and by Django itself when it hashes a password anew. Raises Drill in the drill of a restore."""
        super().save(*args, **kwargs)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is this one; in a drill, which records nothing, an older hash stays as it is."""
        return check_password(raw_password, self.password) if settings.DRILL else super().check_password(raw_password)
