"""The short code that follows a dossier together with its number. Digits only: it can be read out on a telephone.

It is derived, not stored: the clerk can print it again after an identity check, and a stolen database alone
does not give it.
"""

import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

from tadbir.dossiers.models import Dossier
from tadbir.reading.codes import FOLLOW_LENGTH, in_fours, read_digits


def follow_code(dossier: Dossier) -> str:
    """The code of a dossier, as 4821-9937."""
    text = f"{dossier.council_id}/{dossier.number}/{dossier.code_version}"
    mac = salted_hmac("tadbir.follow-code", text, secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return in_fours(f"{int.from_bytes(mac[:8], 'big') % 10**FOLLOW_LENGTH:0{FOLLOW_LENGTH}d}")


def code_of_number(number: str) -> str:
    """The code of the dossier with this number, for a notice that leaves. Raises ValueError for an unknown one."""
    dossier = Dossier.objects.filter(number=number).first()
    if dossier is None:
        raise ValueError("no dossier has this number")
    return follow_code(dossier)


def code_matches(dossier: Dossier, typed: str) -> bool:
    """Whether the typed code is the dossier's, whatever digits and separators it was typed with."""
    return hmac.compare_digest(read_digits(typed, FOLLOW_LENGTH), follow_code(dossier).replace("-", ""))
