"""What is no password: one's own name, in Arabic or in Latin letters, and a few signs typed over and over."""

import re
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir.councils.models import Person
from tadbir.councils.scope import council_or_none

#: So much of the password's letters may be the name's: Django's own bound for the other attributes.
ALIKE = 0.7
SHORTEST = 3
#: Different signs that a password has at least.
DIFFERENT = 6


def _letters(text: str) -> str:
    """Letters alone: spaces, marks and digits around a name make no other word of it."""
    return re.sub(r"[\W\d_]+", "", text.casefold())


class NotOnesName:
    """Refuse a password made of the names that the account's person bears in this council."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a name, its parts in another order, or a name with digits after it."""
        if user is None or user.pk is None or council_or_none() is None:
            return
        typed = _letters(password)
        for names in Person.objects.filter(account=user.pk).values_list("name_ar", "name_fr"):
            if any(_is_made_of(typed, name) for name in names):
                raise ValidationError(_("This password is too like your name."), code="password_too_similar")

    def get_help_text(self) -> str:
        """What the form says before."""
        return _("Your own name is no password.")


class NotAFewSigns:
    """Refuse a password of too few different signs: `aaaaaaaaaaaa` is long, and no secret."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError under `DIFFERENT` signs."""
        if len(set(password.casefold())) < DIFFERENT:
            raise ValidationError(_("This password repeats a few signs: choose more words."), code="password_repeats")

    def get_help_text(self) -> str:
        """What the form says before."""
        return _("A few signs typed over and over are no password.")


def _is_made_of(typed: str, name: str) -> bool:
    if not typed:  # digits and marks alone are no name
        return False
    left = typed
    for part in sorted((_letters(part) for part in name.split()), key=len, reverse=True):
        if len(part) >= SHORTEST:
            left = left.replace(part, "")
    few = len(left) <= (1 - ALIKE) * len(typed)
    return few or SequenceMatcher(a=typed, b=_letters(name)).ratio() >= ALIKE
