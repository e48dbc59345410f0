"""What of a dossier can be searched: its number, names, telephone, subject and service."""

from tadbir.dossiers.models import Dossier
from tadbir.textsearch.actions import forget_words, index

TYPE = "dossier"


def index_dossier(dossier: Dossier, *, new: bool = False) -> None:
    """Put a dossier into the index, or put it there anew; `new` when it was opened in this transaction."""
    applicant, other = dossier.applicant, dossier.representative
    parts = [dossier.number, dossier.subject, str(dossier.sheet.parsed.ar) if dossier.sheet else ""]
    for party in (applicant, other):
        if party is not None:
            parts += [party.name, party.phone]
    parts += [str(answer) for answer in dossier.answers.values()]
    index(TYPE, dossier.pk, " ".join(part for part in parts if part), dossier.opened_at, new=new)


__all__ = ["TYPE", "forget_words", "index_dossier"]
