"""What the register itself answers for: contents, files, series; and, for the councils below it, who may do what."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tadbir.councils.models import Council, Delegation, Person, PowerChange, Role, Unit
from tadbir.councils.scope import current_council
from tadbir.reading.files import begins_as
from tadbir.register import subjects, vouched
from tadbir.register.actions import Number
from tadbir.register.models import Content, Entry, Series, StoredFile, believed
from tadbir.register.proving import BASELINE, Difference, Proof, Told, declare, differs, links_about
from tadbir.register.references import held, keys_to

_BLOCK = 1 << 20


class Roles(Told):
    """Who was given which quality, from when to when."""

    noun = "role"
    begins = frozenset({"role_given"})

    def rows(self) -> QuerySet[Role]:
        return Role.objects.select_related("unit")

    def says(self, entry: Entry) -> Mapping[str, Any]:
        return {name: value for name, value in entry.fields.items() if name not in ("role", "by", "second")}

    def now(self, row: Role) -> Mapping[str, Any]:
        unit = row.unit.code if row.unit else None
        dates = {"starts_on": row.starts_on, "ends_on": row.ends_on}
        return {"person": row.person_id, "quality": row.quality, "unit": unit, **dates}


class Delegations(Told):
    """Who may sign what in whose stead."""

    noun = "delegation"
    begins = frozenset({"delegation_recorded"})

    def rows(self) -> QuerySet[Delegation]:
        return Delegation.objects.all()

    def says(self, entry: Entry) -> Mapping[str, Any]:
        return {name: value for name, value in entry.fields.items() if name not in ("delegation", "by", "second")}

    def now(self, row: Delegation) -> Mapping[str, Any]:
        return {
            "delegator": row.delegator_id,
            "to": row.delegate_id,
            "scope": row.scope,
            "subjects": row.subjects,
            "units": row.units,
            "reference": row.order_reference,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
        }


class Powers(Told):
    """What waits, or waited, for a second person: whoever could put his name there would confirm for him."""

    noun = "power"
    begins = frozenset({"power_asked"})

    def rows(self) -> QuerySet[PowerChange]:
        return PowerChange.objects.all()

    def says(self, entry: Entry) -> Mapping[str, Any]:
        unanswered = {"answered_by": None} if entry.kind == "power_asked" else {}
        return unanswered | {name: value for name, value in entry.fields.items() if name != "power"}

    def now(self, row: PowerChange) -> Mapping[str, Any]:
        asked = {"change": row.kind, "person": row.person_id, "values": row.values, "made_by": row.made_by_id}
        answered = {"waits": row.answered_at is None, "answered_by": row.answered_by_id, "agreed": row.agreed}
        return {**asked, **answered, "own": row.own}


#: Links after which somebody is there: nobody is absent whom no link says so of.
_THERE = frozenset({"person_added", "absence_ended"})


class People(Told):
    """Which account acts as whom."""

    noun = "person"
    begins = frozenset({"person_added"})

    def rows(self) -> QuerySet[Person]:
        return Person.objects.all()

    def says(self, entry: Entry) -> Mapping[str, Any]:
        there = {"absent_from": None, "absent_until": None} if entry.kind in _THERE else {}
        return there | {name: value for name, value in entry.fields.items() if name not in ("person", "by")}

    def now(self, row: Person) -> Mapping[str, Any]:
        return {"account": row.account_id, "absent_from": row.absent_from, "absent_until": row.absent_until}


class Units(Told):
    """Divisions and services under the names they were given."""

    noun = "unit"
    begins = frozenset({"unit_added"})

    def rows(self) -> QuerySet[Unit]:
        return Unit.objects.all()

    def says(self, entry: Entry) -> Mapping[str, Any]:
        return {name: value for name, value in entry.fields.items() if name not in ("unit", "since", "by")}

    def now(self, row: Unit) -> Mapping[str, Any]:
        return {"code": row.code, "name_ar": row.name_ar, "name_fr": row.name_fr, "parent": row.parent_id}


#: What is about a row under an official number: its series, the epoch of its restore, its year.
_OFFICIAL = re.compile(r"(?:act|dossier|block):([A-Z]+)(\d*)-(\d{4})-\d+")


def _series_of(about: str) -> tuple[str, int, int] | None:
    """Code, year and epoch of the series that gave the number of what a link is about, if it has one."""
    found = _OFFICIAL.fullmatch(about)
    return (found[1], int(found[3]), int(found[2] or 1)) if found else None


class AllSeries(Proof):
    """A series was counted to the newest number that the chain knows of it: no further, and not back."""

    noun = "series"
    begins = frozenset({"act_issued", "fact", "paper_block"})

    def rows(self) -> QuerySet[Series]:
        return Series.objects.all()

    def of_links(self, links: Sequence[Entry]) -> Iterator[Difference]:
        """The numbers of a series whose row is gone would be given a second time."""
        given = {key: link for link in links if (key := _series_of(link.about)) is not None}
        there = set(Series.objects.values_list("code", "year", "epoch")) if given else set()
        for key in given.keys() - there:
            yield differs(f"series {key[0]} of {key[1]}", "is not there", given[key].seq, given[key])

    def of_rows(self, rows: Sequence[Series]) -> Iterator[Difference]:
        for row in rows:
            what = f"series {row.code} of {row.year}"
            if row.last and self._given(row, row.last) is None:
                yield differs(what, f"counted to {row.last}, which the register never saw", row.pk)
            if (next_one := self._given(row, row.last + 1)) is not None:
                yield differs(what, f"says {row.last}, and a later number was given", row.pk, next_one)

    def _given(self, row: Series, rank: int) -> Entry | None:
        number = Number(row.code, row.year, row.epoch, rank)
        names = [f"{noun}:{number}" for noun in ("act", "dossier", "block")]
        return believed().filter(about__in=names).order_by("seq").first()


class Numbering(Proof):
    """Numbers are given in the epoch that the newest restore opened: put back, they would be given a second time."""

    noun = "numbering"

    def rows(self) -> QuerySet[Council]:
        return Council.objects.filter(pk=current_council().pk)

    def of_rows(self, rows: Sequence[Council]) -> Iterator[Difference]:
        opened = believed().filter(kind="restored").order_by("-seq").first()
        epoch = opened.fields["epoch"] if opened else 1
        for row in rows:
            if row.numbering_epoch != epoch:
                why = f"epoch is {row.numbering_epoch}, the register says {epoch}"
                yield differs("numbering", why, row.pk, opened)


class Contents(Proof):
    """Names and free text: each is held by a row whose link commits to it; what is empty was erased with a link,
    and may be held no more: the words of a request that were put right."""

    noun = "content"

    def rows(self) -> QuerySet[Content]:
        rows = Content.objects.defer("body")
        for rank, key in enumerate(keys_to(Content)):
            rows = rows.annotate(
                **{f"held_{rank}": Exists(key.model._base_manager.filter(**{key.attname: OuterRef("pk")}))}
            )
        return rows

    def of_rows(self, rows: Sequence[Content]) -> Iterator[Difference]:
        erased = links_about("content", [row.pk for row in rows])
        empty = set(
            Content.objects.filter(pk__in=[row.pk for row in rows], body__isnull=True).values_list("pk", flat=True)
        )
        for row in rows:
            what, links = f"content {row.pk}", erased.get(f"content:{row.pk}", [])
            if not links and not any(getattr(row, f"held_{rank}") for rank, _key in enumerate(keys_to(Content))):
                yield differs(what, "nothing holds it", row.pk)
            if bool(links) != (row.pk in empty) or bool(links) != (row.erased_at is not None):
                why = "was erased, and words stand there again" if links else "is empty, and no link says why"
                yield differs(what, why, row.pk, links[-1] if links else None)


class Files(Proof):
    """Every file has the bytes that its name, their hash, says; what is gone was let go."""

    noun = "file"

    def rows(self) -> QuerySet[StoredFile]:
        return StoredFile.objects.all()

    def of_rows(self, rows: Sequence[StoredFile]) -> Iterator[Difference]:
        still_held = set(held().filter(pk__in=[row.pk for row in rows if row.erased_at]).values_list("pk", flat=True))
        for row in rows:
            what = f"file {row.sha256}"
            if row.pk in still_held:
                yield differs(what, "is marked as erased, and somebody still refers to it", row.pk)
            elif row.erased_at is None and (why := _why_not_whole(row)):
                yield differs(what, why, row.pk)


def _why_not_whole(row: StoredFile) -> str:
    digest, size = hashlib.sha256(), 0
    try:
        with row.open() as stream:
            kind = begins_as(stream.read(1024))
            stream.seek(0)
            while block := stream.read(_BLOCK):
                digest.update(block)
                size += len(block)
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if digest.hexdigest() != row.sha256:
        return "its bytes were changed"
    if kind not in ("", row.media_type):
        return f"its type is {row.media_type}, its bytes are {kind}"
    return "" if size == row.size else f"has {size} bytes, its row says {row.size}"


class Vouched(Proof):
    """Since when the links that give power bear the mark of `secret.key`; the walk of the chain looks at each."""

    noun = vouched.MARKED

    def rows(self) -> QuerySet[Entry]:
        return vouched.no_rows()

    def of_rows(self, rows: Sequence[Entry]) -> Iterator[Difference]:
        yield from ()

    def version(self) -> str:
        return "1"


def declare_all() -> None:
    """What the register's own links are about, and its proofs."""
    subjects.declare(BASELINE, "of", BASELINE)
    subjects.declare("role", "role", "role_given", "role_ended", "role_stands")
    subjects.declare("delegation", "delegation", "delegation_recorded", "delegation_ended", "delegation_stands")
    subjects.declare("power", "power", "power_asked", "power_answered", "power_stands")
    subjects.declare("person", "person", "person_added", "absence_recorded", "absence_ended", "person_stands")
    subjects.declare("content", "content", "content_erased")
    subjects.declare("unit", "unit", "unit_added", "unit_corrected", "unit_stands")
    declare(
        Roles(), Delegations(), Powers(), People(), Units(), AllSeries(), Numbering(), Contents(), Files(), Vouched()
    )
