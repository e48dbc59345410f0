"""What of a dossier can be searched: number, names, telephone, subject, answers, service, words of its matter."""

from collections.abc import Iterator

from tadbir.desk.matter import matter_of
from tadbir.dossiers.models import Dossier
from tadbir.textsearch.actions import Findable, index

TYPE = "dossier"


def words_of(dossier: Dossier) -> str:
    """Everything a dossier is found under."""
    parts = [dossier.number, dossier.subject, str(dossier.sheet.parsed.ar) if dossier.sheet else ""]
    for party in (dossier.applicant, dossier.representative):
        if party is not None:
            parts += [party.name, party.phone]
    parts += [str(answer) for answer in dossier.answers.values()]
    own = matter_of(dossier.kind).words
    parts += own(dossier) if own else ()
    return " ".join(part for part in parts if part)


def index_dossier(dossier: Dossier, *, new: bool = False) -> None:
    """Put a dossier into the index, or put it there anew; `new` when it was opened in this transaction."""
    index(TYPE, dossier.pk, words_of(dossier), dossier.opened_at, new=new)


def findable() -> Iterator[Findable]:
    """Every dossier of the current council, for an index that is made anew."""
    rows = Dossier.objects.select_related("applicant", "representative", "request", "sheet").order_by("pk")
    for dossier in rows.iterator(chunk_size=200):
        yield Findable(TYPE, str(dossier.pk), words_of(dossier), dossier.opened_at)
