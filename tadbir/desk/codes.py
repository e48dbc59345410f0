"""The short code that follows a dossier together with its number. Digits only: it can be read out on a telephone.

It is derived, not stored: the clerk can print it again after an identity check, and a stolen database alone
does not give it.
"""

import hmac
import secrets
from collections.abc import Collection

from django.conf import settings
from django.utils.crypto import salted_hmac

from tadbir.dossiers.models import Dossier
from tadbir.reading.codes import FOLLOW_LENGTH, in_fours, read_digits

#: The version of the first code of a dossier; those that later ones are drawn from.
FIRST_VERSION, _VERSIONS = 1, range(2, 2**15)


def follow_code(dossier: Dossier) -> str:
    """The code of a dossier, as 4821-9937."""
    return _code(dossier, dossier.code_version)


def _code(dossier: Dossier, version: int) -> str:
    text = f"{dossier.council_id}/{dossier.number}/{version}"
    mac = salted_hmac("tadbir.follow-code", text, secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return in_fours(f"{int.from_bytes(mac[:8], 'big') % 10**FOLLOW_LENGTH:0{FOLLOW_LENGTH}d}")


def draw_version(dossier: Dossier, earlier: Collection[int]) -> int:
    """The version of a new code: none of the earlier ones, and no digits that one of them had.

    At random, not the next one: two machines restored from one backup do not give the same code.
    """
    spent = {_code(dossier, version) for version in earlier}
    while _code(dossier, drawn := secrets.choice(_VERSIONS)) in spent:
        continue
    return drawn


def code_of_number(number: str) -> str:
    """The code of the dossier with this number, for a notice that leaves.

    Raises ValueError for an unknown number, and for a code that was changed: it stands on paper only, because
    whoever reads the person's telephone may be why it was changed.
    """
    dossier = Dossier.objects.filter(number=number).first()
    if dossier is None:
        raise ValueError("no dossier has this number")
    if dossier.code_version != FIRST_VERSION:
        raise ValueError("its code was changed: it leaves in no notice")
    return follow_code(dossier)


def code_matches(dossier: Dossier, typed: str) -> bool:
    """Whether the typed code is the dossier's, whatever digits and separators it was typed with."""
    return hmac.compare_digest(read_digits(typed, FOLLOW_LENGTH), follow_code(dossier).replace("-", ""))
