"""What the register pages read."""

from collections.abc import Sequence

from django.db.models import QuerySet

from tadbir.acts.models import Act
from tadbir.acts.signing import signed_words
from tadbir.councils.models import AccessLogEntry
from tadbir.dossiers.models import Dossier
from tadbir.ledgers.words import LINKS
from tadbir.register.models import Entry


def entries(kind: str = "") -> QuerySet[Entry]:
    """The links of the chain, of one kind or all."""
    return Entry.objects.filter(kind=kind) if kind in LINKS else Entry.objects.all()


def with_signatures(links: Sequence[Entry]) -> list[tuple[Entry, str]]:
    """Each link; one that issues a paper with who signed it, how, and who recorded that, in one more query."""
    numbers = {link.seq: link.fields["number"] for link in links if link.kind == "act_issued"}
    found = Act.objects.filter(number__in=numbers.values()).select_related("signed_by", "recorded_by")
    found = found.prefetch_related("scans__added_by")
    said = {act.number: signed_words(act) for act in found}
    return [(link, said.get(numbers.get(link.seq, ""), "")) for link in links]


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
