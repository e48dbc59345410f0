"""What the register pages read."""

from collections.abc import Sequence

from django.db.models import QuerySet

from tadbir.councils.models import AccessLogEntry
from tadbir.dossiers.models import Dossier
from tadbir.ledgers.words import LINKS
from tadbir.register.models import Entry


def entries(kind: str = "") -> QuerySet[Entry]:
    """The links of the chain, of one kind or all."""
    return Entry.objects.filter(kind=kind) if kind in LINKS else Entry.objects.all()


def kinds() -> tuple[str, ...]:
    """The kinds of link."""
    return tuple(LINKS)


def readings() -> QuerySet[AccessLogEntry]:
    """The access log, the newest first."""
    return AccessLogEntry.objects.select_related("person")


def with_numbers(rows: Sequence[AccessLogEntry]) -> list[tuple[AccessLogEntry, str]]:
    """Each reading with the number of its dossier, or of the register's pages, in one more query."""
    subjects = [row.subject.partition(":") for row in rows]
    pks = {int(pk) for kind, _colon, pk in subjects if kind == "dossier"}
    numbers = {str(pk): number for pk, number in Dossier.objects.filter(pk__in=pks).values_list("pk", "number")}
    return [
        (row, numbers.get(about, row.subject) if kind == "dossier" else about)
        for row, (kind, _colon, about) in zip(rows, subjects, strict=True)
    ]
