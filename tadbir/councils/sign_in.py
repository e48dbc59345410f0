"""How agents sign in: no open registration, a second factor always, limits counted in the shared cache."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the council's administrator only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers himself as an agent."""
        return False
