"""What the chain answers for in the documents of a dossier: which file, under which name, when it came, what took its
place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from tadbir.councils.clock import day_start
from tadbir.dossiers.models import Document, Fact
from tadbir.register.actions import Link, commitment_of
from tadbir.register.models import Entry
from tadbir.register.proving import Difference, Proof, differs, links_about


class Documents(Proof):
    """A document is the file that came with its fact, or was scanned later, under the name that it had then."""

    noun = "documents"
    begins = frozenset({"documents_kept"})

    def rows(self) -> QuerySet[Document]:
        return Document.objects.select_related("file", "dossier__request", "fact__entry")

    def of_rows(self, rows: Sequence[Document]) -> Iterator[Difference]:
        links, moved = _Links(rows), _moved(rows)
        for row in rows:
            what, kept = f"document {row.pk} of {row.dossier.number}", links.kept(row)
            told = {line[0]: (line[1:3], link) for link in kept for line in link.fields.get("documents", [])}
            if row.pk not in told:
                yield differs(what, "stands under no link", row.pk)
                continue
            (requirement, sha256), link = told[row.pk]
            later_links = links.later(row)
            for later in later_links:
                if "sha256" in later.fields:
                    sha256, link = later.fields["sha256"], later
            if row.fact.dossier_id != row.dossier_id:
                yield differs(what, "came with a fact of another dossier", row.pk, link)
            if [requirement, sha256] != line_of(row)[1:3]:
                yield differs(what, "is not the one that was brought", row.pk, link)
            if row.withdrawn != any(later.kind == "document_withdrawn" for later in later_links):
                yield differs(what, "is withdrawn, or is not, and the register says otherwise", row.pk, link)
            yield from _replaced_otherwise(what, row, links)
            yield from _brought_otherwise(what, row, links, moved)
            yield from _named_otherwise(what, row, kept)

    def of_links(self, links: Sequence[Entry]) -> Iterator[Difference]:
        wanted = {line[0]: link for link in links for line in link.fields.get("documents", [])}
        for pk in wanted.keys() - set(Document.objects.filter(pk__in=list(wanted)).values_list("pk", flat=True)):
            yield differs(f"document {pk}", "is not there", wanted[pk].seq, wanted[pk])

    def version(self) -> str:
        return "3"  # 2: the name of a document is told too; 3: which one took its place, and when it came

    def baseline(self, rows: Sequence[Document]) -> list[Link]:
        kept, waiting = links_about("documents", {row.fact_id for row in rows}), defaultdict[int, list[Document]](list)
        links = [link for links in kept.values() for link in links]
        known = {line[0] for link in links for line in link.fields.get("documents", [])}
        named = {pk for link in links for pk in _names_in(link)}
        found = [Link("documents_kept", kept_fields([row])) for row in rows if row.pk not in known]
        for row in rows:
            if row.pk in known - named and row.dossier.erased_at is None:
                waiting[row.fact_id].append(row)
        for fact, some in waiting.items():
            found.append(Link("documents_stands", {"fact": fact, "names": [[row.pk, name_of(row)] for row in some]}))
        return found + _taken_over(rows)


class _Links:
    """What the register says of some documents, by their keys."""

    def __init__(self, rows: Sequence[Document]) -> None:
        self._kept = links_about("documents", {row.fact_id for row in rows})
        self._later = links_about("document", [row.pk for row in rows])

    def kept(self, row: Document) -> list[Entry]:
        """The links of those that came with the same fact."""
        return self._kept.get(f"documents:{row.fact_id}", [])

    def later(self, row: Document) -> list[Entry]:
        """The links of what happened to this one since."""
        return self._later.get(f"document:{row.pk}", [])


def _moved(rows: Sequence[Document]) -> dict[int, tuple[datetime, Entry]]:
    """To which moment the day of a filing was put right, by the facts that bear it."""
    said = Fact.objects.filter(kind="day_corrected", dossier__in={row.dossier_id for row in rows})
    found: dict[int, tuple[datetime, Entry]] = {}
    for fact in said.select_related("entry").order_by("entry__seq"):
        moment = day_start(date.fromisoformat(fact.data["day"]))
        found |= {int(key): (moment, fact.entry) for key in fact.data["facts"]}
    return found


def _taken_over(rows: Sequence[Document]) -> list[Link]:
    """What an older program did not tell: which document took the place of one, and that it came on another day."""
    links, moved, found = _Links(rows), _moved(rows), list[Link]()
    for row in rows:
        told: dict[str, Any] = {}
        if next(_replaced_otherwise("", row, links), None):
            told["replaced"] = [[row.pk, row.replaced_by_id]]
        if next(_brought_otherwise("", row, links, moved), None):
            told["brought"] = [[row.pk, row.brought_at]]
        if told:
            found.append(Link("documents_stands", {"fact": row.fact_id, **told}))
    return found


def _last(row: Document, links: Sequence[Entry], name: str) -> tuple[Any, Entry] | None:
    """What was taken over of one document last, under this name."""
    said = [(value, link) for link in links for pk, value in link.fields.get(name, []) if pk == row.pk]
    return said[-1] if said else None


def _replaced_otherwise(what: str, row: Document, links: _Links) -> Iterator[Difference]:
    """Where another document stands in the place of one, or none does, and the register says otherwise."""
    told = _last(row, links.kept(row), "replaced")
    for later in links.later(row):
        if later.kind == "document_replaced":
            told = later.fields["by"], later
    if row.replaced_by_id != (told[0] if told else None):
        link = told[1] if told else next(iter(links.kept(row)), None)
        yield differs(what, "another one took its place, or none did, and the register says otherwise", row.pk, link)


def _brought_otherwise(
    what: str, row: Document, links: _Links, moved: Mapping[int, tuple[datetime, Entry]]
) -> Iterator[Difference]:
    """Where a document came at another moment than the fact that brought it, or the links that moved it, say."""
    moment, link = row.fact.happened_at, row.fact.entry
    for one in links.kept(row):
        if "at" in one.fields and any(line[0] == row.pk for line in one.fields.get("documents", [])):
            moment, link = datetime.fromisoformat(one.fields["at"]), one
    if (corrected := moved.get(row.fact_id)) and corrected[1].seq > link.seq:
        moment, link = corrected
    if (told := _last(row, links.kept(row), "brought")) and told[1].seq > link.seq:
        moment, link = datetime.fromisoformat(told[0]), told[1]
    if moment != row.brought_at:
        why = f"came on {row.brought_at:%Y-%m-%d %H:%M}, the register says {moment:%Y-%m-%d %H:%M}"
        yield differs(what, why, row.pk, link)


def _names_in(link: Entry) -> dict[int, str]:
    """What a link says of the names of documents, by their keys."""
    lines = [(line[0], line[3]) for line in link.fields.get("documents", []) if len(line) > 3]
    return dict([*lines, *((pk, name) for pk, name in link.fields.get("names", []))])


def _named_otherwise(what: str, row: Document, links: Sequence[Entry]) -> Iterator[Difference]:
    """Where a document no longer bears the name that it came with, or bears one after its erasure."""
    told = [(name, link) for link in links for pk, name in _names_in(link).items() if pk == row.pk]
    if row.dossier.erased_at is not None:
        if row.name:
            yield differs(what, "was erased, and has a name again", row.pk, links[-1])
    elif told and told[-1][0] != name_of(row):
        yield differs(what, f"is called “{row.name}”, and that is another name", row.pk, told[-1][1])


def line_of(document: Document) -> list[Any]:
    """What a link says of one document: its name as a commitment, under the salt of what its dossier asks for."""
    return [document.pk, document.requirement, document.file.sha256 if document.file else "", name_of(document)]


def name_of(document: Document) -> str:
    """The commitment to the name of a document; an erasure of the dossier takes the salt with it."""
    request = document.dossier.request
    return commitment_of(request.salt, [document.pk, document.name]) if request else ""


def kept_fields(documents: Sequence[Document], at: datetime | None = None) -> dict[str, Any]:
    """What the link of the documents that came with one fact says; `at`: when they came, where that was later."""
    told = {"fact": documents[0].fact_id, "documents": [line_of(document) for document in documents]}
    return told | ({"at": at} if at else {})
