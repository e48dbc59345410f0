"""What is kept of a dossier but only follows from its facts, derived again and compared: its duties, and its end.

No link says these columns. Whoever moves a date, makes a duty vanish from every list or closes a dossier behind the
program's back is found by the facts, which links do say. What an older program derived, by rules that this one has no
more, is taken over when it is upgraded: a link says what stood there, and holds until something happens in the dossier.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from tadbir import law
from tadbir.councils.clock import local_date, today
from tadbir.dossiers import clockwork
from tadbir.dossiers.ends import ended_by, may_end
from tadbir.dossiers.models import Dossier, Duty, Fact, Redating
from tadbir.dossiers.queries import UPGRADE, open_redatings, waits_for
from tadbir.dossiers.story import Story
from tadbir.register import subjects
from tadbir.register.actions import Link
from tadbir.register.canonical import canonical, sha256_hex
from tadbir.register.models import Entry
from tadbir.register.proving import Difference, Proof, declare, differs, links_about

#: What a rule or a calendar that is no longer the same would count otherwise; of a duty that ended under it, it stays.
COUNTED = frozenset(
    ("do_by", "lapses_on", "file_before", "accept_until", "length", "length_unit", "rule_version", "calendar_version")
)
#: What of a dossier is derived, as the link that takes it over names it.
END, DUTIES = "end", "duties"
#: What a link is about that says which dossier could not be dated anew.
UNDATED = "undated"
Rows = Mapping[str, Mapping[str, Any]]


class Derived(Proof):
    """The end of a dossier and the rows of its duties are those that its facts give."""

    noun = "derived"

    def rows(self) -> QuerySet[Dossier]:
        return Dossier.objects.all()

    def version(self) -> str:
        return program()

    def baseline(self, rows: Sequence[Dossier]) -> list[Link]:
        unlike = {one.key for one in self.of_rows(rows)}
        mine = [row for row in rows if row.pk in unlike]
        kept = _duties(mine)
        return [Link("derived_stands", {"dossier": row.number, **digests(row, kept[row.pk])}) for row in mine]

    def of_rows(self, rows: Sequence[Dossier]) -> Iterator[Difference]:
        found = list(self._unlike(rows))
        links = links_about(self.noun, {one.what.partition(" ")[2] for _part, one in found})
        taken = {about.partition(":")[2]: told[-1].fields for about, told in links.items()}
        mine = [row for row in rows if row.number in taken]
        kept = _duties(mine)
        now = [(row.pk, taken[row.number], digests(row, kept[row.pk])) for row in mine]
        stands = {(pk, part) for pk, told, here in now for part in here if told[part] == here[part]}
        yield from (one for part, one in found if (one.key, part) not in stands)

    def _unlike(self, rows: Sequence[Dossier]) -> Iterator[tuple[str, Difference]]:
        facts, duties = defaultdict[int, list[Fact]](list), _duties(rows)
        for fact in Fact.objects.filter(dossier__in=rows).select_related("voids").order_by("pk"):
            facts[fact.dossier_id].append(fact)
        changes = list(Redating.objects.defer("kinds", "stuck").order_by("pk"))
        waiting = [row for row in open_redatings() if row.source != UPGRADE]  # what waits since then was taken over
        left = links_about(UNDATED, [row.number for row in rows])
        moved = {local_date(change.finished_at or change.asked_at) for change in changes}
        for row in rows:
            try:
                story = Story(facts[row.pk])
            except law.LawError:  # a fact that the law does not know: its link says that it is another
                continue
            yield from ((END, one) for one in self._end_of(row, facts[row.pk]))
            if row.idle != clockwork.is_idle(row, duties[row.pk]):
                why = f"idle is {row.idle}, its duties say {not row.idle}"
                yield DUTIES, differs(f"dossier {row.number}", why, row.pk)
            stuck = _stays_undated(facts[row.pk], left.get(f"{UNDATED}:{row.number}", []))
            if not stuck and not any(waits_for(change, row) for change in waiting):
                yield from ((DUTIES, one) for one in self._duties_of(row, story, duties[row.pk], moved))

    def _end_of(self, row: Dossier, facts: Sequence[Fact]) -> Iterator[Difference]:
        ended: tuple[Any, str] = (None, "")
        for rank, fact in enumerate(facts, 1):
            kind = ended_by(fact, Story(facts[:rank]), ended[1]) if may_end(fact) else None
            ended = ended if kind is None else (fact.recorded_at, kind) if kind else (None, "")
        if (row.closed_at, row.closed_by_kind) != ended:
            told = f"closed by {row.closed_by_kind or 'nothing'}, {row.closed_at}; its facts say {ended[1] or 'open'}"
            yield differs(f"dossier {row.number}", f"{told}, {ended[0]}", row.pk)

    def _duties_of(self, row: Dossier, story: Story, kept: Sequence[Duty], moved: set[date]) -> Iterator[Difference]:
        recorded = max((local_date(fact.recorded_at) for fact in story.facts), default=today())
        days = [recorded, today(), *sorted(day for day in moved if recorded < day < today())]
        first = list[str]()
        for rank, day in enumerate(days):
            try:
                why = list(_unlike(clockwork.rows_on(row, story, day), kept))
            except law.LawError:  # the law cannot count it any more; `check` names those that were left behind
                return
            if not why:
                return  # as it was when its last fact came, when it was last dated anew, or as it is today
            first = why if rank == 0 else first
        for one in first:
            yield differs(f"dossier {row.number}", one, row.pk)


def _stays_undated(facts: Sequence[Fact], links: Sequence[Entry]) -> bool:
    """Whether a link says that the dossier kept its older dates, and nothing happened in it since."""
    return bool(links) and all(fact.recorded_at <= links[-1].at for fact in facts)


def _duties(rows: Sequence[Dossier]) -> dict[int, list[Duty]]:
    found = defaultdict[int, list[Duty]](list)
    for duty in Duty.objects.filter(dossier__in=rows).order_by("pk"):
        found[duty.dossier_id].append(duty)
    return found


def digests(dossier: Dossier, duties: Sequence[Duty]) -> dict[str, str]:
    """Of what is derived in a dossier, as it is kept."""
    names = sorted(field.attname for field in Duty._meta.concrete_fields if not field.primary_key)
    kept = sorted([str(getattr(duty, name)) for name in names] for duty in duties)
    end = [str(dossier.closed_at), dossier.closed_by_kind]
    return {END: sha256_hex(canonical(end)), DUTIES: sha256_hex(canonical([dossier.idle, kept]))}


@cache
def program() -> str:
    """The program that derives, as a short hash of what it consists of: the law and what stands beside this module."""
    found = hashlib.sha256()
    for folder in (Path(law.__file__).parent, Path(__file__).parent):
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.toml")]):
            found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _unlike(found: Rows, kept: Sequence[Duty]) -> Iterator[str]:
    """Where the rows that are kept are not those that were found."""
    there = {duty.key: duty for duty in kept}
    for key in sorted(found.keys() | there.keys()):
        if key not in there:
            yield f"its duty {key} is not there"
        elif key not in found:
            yield f"has a duty {key}, which its facts do not give"
        else:
            yield from _columns_unlike(found[key], there[key])


def _columns_unlike(columns: Mapping[str, Any], duty: Duty) -> Iterator[str]:
    same_law = (duty.rule_version, duty.calendar_version) == (columns["rule_version"], columns["calendar_version"])
    passed = COUNTED if not same_law and duty.over_on is not None else frozenset()
    for name in sorted(columns.keys() - passed):
        if getattr(duty, name) != columns[name]:
            yield f"{name} of its duty {duty.key} is {getattr(duty, name)}, its facts give {columns[name]}"


def declare_all() -> None:
    """What is derived again."""
    subjects.declare("derived", "dossier", "derived_stands")
    subjects.declare(UNDATED, "dossier", "dossier_undated")
    declare(Derived())
