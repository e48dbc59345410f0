"""What allauth asks us: nobody registers himself, wrong tries are counted, the second factor stays."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from tadbir.councils.address import client_address
from tadbir.site.account import tries

#: The factors that count: recovery codes alone are a spare key, not a lock.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the council's administrator only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers himself as an agent."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Whose password it is; None for a wrong one. Raises TooMany after too many wrong ones."""
        secret = tries.password_of(str(credentials.get("email", "")))
        counted = tries.count(request, secret)
        account: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if account is not None:
            tries.was_right(counted)
        return account

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose tries are counted: the same address as everywhere else, also behind a proxy."""
        return client_address(request)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Notices leave by the council's own queue, or not at all: sign-in must work without mail."""


class MfaAdapter(DefaultMFAAdapter):
    """The second factor: secrets enciphered with the installation's key, the last factor cannot go."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Another real factor must remain."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def encrypt(self, text: str) -> str:
        """A stolen database alone does not give the one-time codes."""
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Undo `encrypt`."""
        return _cipher().decrypt(encrypted_text.encode("ascii")).decode()


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"tadbir.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def has_second_factor(account: AbstractBaseUser) -> bool:
    """Whether the account has a passkey or one-time codes."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists())
