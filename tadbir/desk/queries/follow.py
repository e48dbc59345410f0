"""Finding a dossier, and what belongs to it, as its person names them."""

import re

from tadbir.acts.queries import act_by_number
from tadbir.councils.digits import western
from tadbir.councils.scope import one_of
from tadbir.dossiers.models import Document, Dossier

_NUMBER = re.compile(r"(?:([A-Z]\d*)[\s/-]*)?(\d{4})[\s/-]+(\d{1,6})")
_WITH_ALL = ("applicant", "representative", "request", "sheet__unit", "unit")


def tidy_number(typed: str) -> str:
    """A number as it is printed, however it was typed: Arabic digits, small letters, spaces, no zeros, no letter."""
    text = "".join(sign for sign in western(typed).upper().strip() if sign.isascii() and sign.isprintable())
    found = _NUMBER.fullmatch(text)
    if not found:
        return text[:40]
    series, year, rank = found.groups()
    return f"{series or 'D'}-{year}-{int(rank):05d}"


def dossier_by_number(number: str) -> Dossier | None:
    """The dossier of a number; the number of its receipt does as well, people copy either."""
    found = one_of(Dossier.objects.filter(number=number).select_related(*_WITH_ALL))
    if found is None and number:
        act = act_by_number(number)
        if act is not None and act.dossier_ref:
            found = Dossier.objects.filter(number=act.dossier_ref).select_related(*_WITH_ALL).first()
    return found


def own_document(dossier: Dossier, document: int) -> Document | None:
    """One document that the person brought, with its file."""
    found = Document.objects.filter(dossier=dossier, pk=document).select_related("file")
    return found.exclude(file__isnull=True).first()
