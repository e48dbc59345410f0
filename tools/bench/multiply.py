"""Makes an installation several times as large: its dossiers again under new numbers, each with its person, facts,
duties, documents, papers sealed anew, notices, words and links of the chain: `tadbir prove` finds all of it whole.

    TADBIR_HOME=folder python -m tools.bench.multiply TIMES

Filing 100,000 requests one by one takes an hour; this takes minutes. The copies have the days of their originals.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import tadbir  # noqa: F401  (puts the safe SQLite in place before Django loads the other one)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from tadbir.acts.documents import canonical, cose  # noqa: E402
from tadbir.acts.keys import current_key  # noqa: E402
from tadbir.acts.models import Act, Draft  # noqa: E402
from tadbir.councils.models import Council  # noqa: E402
from tadbir.councils.scope import council_scope  # noqa: E402
from tadbir.dossiers.models import Document, Dossier, Duty, Fact, Party  # noqa: E402
from tadbir.notify.models import Notice  # noqa: E402
from tadbir.register import subjects  # noqa: E402
from tadbir.register.actions import commitment_of, entry_hash  # noqa: E402
from tadbir.register.models import Content, Entry, Head, Series  # noqa: E402
from tadbir.textsearch.models import SearchEntry  # noqa: E402

NUMBER = re.compile(r"\b([A-Z]{1,3})-(\d{4})-(\d{5,})\b")
#: Links that speak of a dossier, of what happened in it or of its papers; the others are of the council.
KINDS = ("fact", "act_issued", "act_notified", "act_scanned", "documents_kept")
#: Copied as they stand but for their keys and the columns named here; acts and links are made anew.
PLAIN: tuple[tuple[type[Model], str, dict[str, str]], ...] = (
    (Party, "", {}),
    (Content, "id NOT IN (SELECT content_id FROM acts_act)", {}),
    (Dossier, "", {"number": "renumbered(number)"}),
    (Fact, "", {"data": "moved(data)"}),
    (Document, "", {}),
    (Duty, "", {"key": "moved_key(key)"}),
    (Draft, "", {"dossier_ref": "renumbered(dossier_ref)"}),
    (Notice, "dossier_ref <> ''", {"key": "moved_key(renumbered(key))", "dossier_ref": "renumbered(dossier_ref)"}),
    (
        SearchEntry,
        "object_type = 'dossier'",
        {
            "object_id": "CAST(CAST(object_id AS INTEGER) + {Dossier} AS TEXT)",
            "position": "position + {SearchEntry}",
            "stems": "renumbered_words(stems)",
        },
    ),
)
#: The fields of links and facts that name a row by its key, or by its key as text.
NAMED = {"fact": Fact, "voids": Fact, "relayed": Fact, "applicant": Party, "trigger": Fact, "lapse": Fact}


class Copy:
    """One more of every dossier. `rank`: which copy it is, from 1."""

    def __init__(self, rank: int, spans: dict[type[Model], int], given: dict[str, int]) -> None:
        self.rank = rank
        self.shift = {model: rank * span for model, span in spans.items()}
        self.ranks = {series: rank * last for series, last in given.items()}

    def renumbered(self, text: str) -> str:
        """A text with the numbers of the copy in the place of those of its original."""
        return NUMBER.sub(lambda found: self._number(found[1], found[2], int(found[3])), text)

    def _number(self, series: str, year: str, rank: int) -> str:
        return f"{series}-{year}-{rank + self.ranks.get(f'{series}-{year}', 0):05d}"

    def renumbered_words(self, stems: str) -> str:
        """The words of search."""

        def again(found: re.Match[str]) -> str:
            rank = int(found[2]) + self.ranks.get(f"D-{found[1]}", 0)
            return f" d {found[1]} {rank:05d} {rank:05d} "

        return re.sub(r" d (\d{4}) (\d{5,}) \2 ", again, stems, count=1)

    def moved_key(self, key: str) -> str:
        """The key of a duty or of a notice: rule or code, and the fact it is about."""
        name, _, trigger = key.partition(":")
        return f"{name}:{int(trigger) + self.shift[Fact]}" if trigger.isdecimal() else f"{key}:{self.rank}"

    def moved(self, value: Any, name: str = "") -> Any:
        """Fields of a link or of a fact."""
        if isinstance(value, dict):
            return {key: self.moved(one, key) for key, one in value.items()}
        if isinstance(value, list):
            if name == "documents" and value and isinstance(value[0], list):
                return [[line[0] + self.shift[Document], *line[1:]] for line in value]
            return [self.moved(one) for one in value]
        if name in NAMED and isinstance(value, int):
            return value + self.shift[NAMED[name]]
        if name in NAMED and isinstance(value, str) and value.isdecimal():
            return str(int(value) + self.shift[NAMED[name]])
        return self.renumbered(value) if isinstance(value, str) else value


def again(copy: Copy, model: type[Model], where: str, changed: dict[str, str], last: int) -> None:
    """The rows of a table once more, in one statement."""
    table, columns = model._meta.db_table, dict[str, str]()
    shifts = {one.__name__: shift for one, shift in copy.shift.items()}
    for field in model._meta.concrete_fields:
        column = str(field.column)
        named = model if field.primary_key else field.related_model
        shifted = shifts.get(getattr(named, "__name__", ""))
        columns[column] = changed.get(column, column if shifted is None else f"{column} + {shifted}").format(**shifts)
    limits = f"id <= {last}" + (f" AND {where}" if where else "")
    rows = f"SELECT {', '.join(columns.values())} FROM {table} WHERE {limits}"  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {rows}")


def insert(model: type[Model], rows: Iterable[Model]) -> None:
    """Rows with their keys, in batches."""
    model._base_manager.bulk_create(rows, batch_size=400)


class Chain:
    """The links of the copies, one after the other, and the acts that stand under them."""

    def __init__(self, council: Council) -> None:
        self.council, self.head, self.key = council, Head.objects.get(), current_key()
        self.acts = {act.number: act for act in Act.objects.select_related("content").order_by("pk")}
        self.links = list(Entry.objects.filter(kind__in=KINDS).order_by("seq"))

    def grow(self, copy: Copy) -> None:
        """The links and acts of one copy."""
        made: list[Act] = []
        insert(Entry, [self._link(copy, link, made) for link in self.links])
        insert(Content, [act.content for act in made])
        insert(Act, made)
        Head.objects.filter(pk=self.head.pk).update(seq=self.head.seq, hash=self.head.hash)

    def _link(self, copy: Copy, link: Entry, made: list[Act]) -> Entry:
        fields, commitment = copy.moved(link.fields), link.commitment
        if link.kind == "act_issued":
            made.append(self._act(copy, self.acts[link.fields["number"]]))
            commitment = commitment_of(made[-1].content.salt, made[-1].content.body)
        seq, previous = self.head.seq + 1, self.head.hash
        digest = entry_hash(self.council.code, seq, link.kind, link.at.isoformat(), fields, commitment, previous)
        self.head.seq, self.head.hash = seq, digest
        about = subjects.about(link.kind, fields)
        return Entry(
            pk=link.pk + copy.shift[Entry], seq=seq, kind=link.kind, about=about, at=link.at, fields=fields,
            commitment=commitment, previous=previous, hash=digest, council=self.council,
        )  # fmt: skip

    def _act(self, copy: Copy, act: Act) -> Act:
        """The same paper under its new number, sealed after the link before it."""
        document = copy.moved(act.content.body) | {"register_head": self.head.hash}
        digest = canonical.digest(document, normalised=True)
        message = cose.sign(cose.claims_of(document, digest), self.key.private)
        values = {field.attname: getattr(act, field.attname) for field in Act._meta.concrete_fields}
        kept = act.content
        body = Content(pk=kept.pk + copy.shift[Content], salt=kept.salt, body=document, council=self.council)
        values |= {"id": act.pk + copy.shift[Act], "number": document["number"], "dossier_ref": document["dossier"]}
        values |= {"sha256": digest.hex(), "cose": message, "check_code": cose.check_code(message)}
        return Act(**{**values, "content_id": body.pk}, content=body)


def index(since: int) -> None:
    """The words of the new entries, as search finds them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO textsearch_fts (rowid, stems) SELECT position, stems FROM textsearch_searchentry"
            " WHERE id > %s AND object_type = 'dossier' ORDER BY position",
            [since],
        )


def newest(models: Iterable[type[Model]]) -> dict[type[Model], int]:
    """The highest key of each table."""
    return {model: model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0 for model in models}


def copies(times: int) -> Iterator[Copy]:
    """What is copied, and under which keys."""
    spans = newest((*(model for model, *_ in PLAIN), Act, Entry))
    given = {f"{row.code}-{row.year}": row.last for row in Series.objects.all()}
    for rank in range(1, times):
        yield Copy(rank, spans, given)


def multiply(times: int) -> None:
    """Make of each dossier so many."""
    council = Council.objects.get()
    with council_scope(council):
        chain, last = Chain(council), newest(model for model, *_ in PLAIN)
        series = list(Series.objects.all())
        for copy in list(copies(times)):
            with transaction.atomic():
                _functions(copy)
                chain.grow(copy)
                for model, where, changed in PLAIN:
                    again(copy, model, where, changed, last[model])
                index(copy.shift[SearchEntry])
                for row in series:
                    Series.objects.filter(pk=row.pk).update(last=row.last * (copy.rank + 1))
            print(f"  {(copy.rank + 1) * last[Dossier]} dossiers", flush=True)


def _functions(copy: Copy) -> None:
    """What SQLite calls in `again`."""
    made = {
        "renumbered": copy.renumbered,
        "renumbered_words": copy.renumbered_words,
        "moved_key": copy.moved_key,
        "moved": lambda text: json.dumps(copy.moved(json.loads(text)), ensure_ascii=False),
    }
    for name, function in made.items():
        connection.connection.create_function(name, 1, function)


if __name__ == "__main__":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
    multiply(int(sys.argv[1]))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
