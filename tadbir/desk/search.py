"""What of a dossier can be searched: number, names, telephone, e-mail, subject, answers, service, words of its own."""

from collections.abc import Iterable, Iterator, Sequence

from tadbir.councils.clock import local_date
from tadbir.desk.matter import matter_of
from tadbir.dossiers.models import Dossier
from tadbir.textsearch.actions import Findable, Source, index

TYPE = "dossier"


def words_of(dossier: Dossier) -> str:
    """Everything a dossier is found under."""
    parts = [dossier.number, dossier.subject, str(dossier.sheet.parsed.ar) if dossier.sheet else ""]
    for party in (dossier.applicant, dossier.representative):
        if party is not None:
            parts += [party.name, party.phone, party.email]
    parts += [str(answer) for answer in dossier.answers.values()]
    own = matter_of(dossier.kind).words
    parts += own(dossier) if own else ()
    return " ".join(part for part in parts if part)


def index_dossier(dossier: Dossier, *, new: bool = False) -> None:
    """Put a dossier into the index, or put it there anew; `new` when it was opened in this transaction."""
    found = _findable(dossier)
    index(found.object_type, found.object_id, found.text, found.date, new=new)


def _findable(dossier: Dossier) -> Findable:
    return Findable(TYPE, str(dossier.pk), words_of(dossier), local_date(dossier.opened_at))


def _ids() -> Iterator[str]:
    keys = Dossier.objects.order_by("-pk").values_list("pk", flat=True)
    return (str(key) for key in keys.iterator(chunk_size=2000))


def _read(ids: Sequence[str]) -> Iterable[Findable]:
    rows = Dossier.objects.filter(pk__in=[int(one) for one in ids])
    return map(_findable, rows.select_related("applicant", "representative", "request", "sheet"))


#: Every dossier, for a search that is indexed again.
SOURCE = Source(_ids, _read)
