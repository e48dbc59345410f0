"""Between the database and the law: facts and calendar go in, duty rows come out. Nothing here counts a day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from tadbir import law
from tadbir.councils.clock import local_date, today
from tadbir.councils.memory import read_once
from tadbir.dossiers.definitions import rules
from tadbir.dossiers.models import ClosedDay, Dossier, Duty, Fact, Redating, Said
from tadbir.dossiers.story import Story, law_facts
from tadbir.dossiers.why import said_of

#: Lapses that facts say: which rule, started by what.
Lapsed = set[tuple[Any, str]]
#: Years back that the calendar of every day covers, and that of an old dossier whose dates somebody asks about.
PAST, LONG_PAST = 3, 20


def calendar(since: int | None = None) -> law.Calendar:
    """The calendar of the current council: fixed feasts, estimates, confirmed dates and closures; back to the year
    `since` where a dossier is older than what is counted every day."""
    year = today().year
    return _calendar(year) if since is None or since > year - PAST else _long_calendar(year)


def carried(day: date | None) -> date | None:
    """The next open day, where a day is closed: until then what ended on it may still be done. None of an open one."""
    still = calendar(day.year).next_open(day) if day is not None else None
    return None if still == day else still


@read_once
def _calendar(year: int) -> law.Calendar:
    return _built(year - PAST, year + 4)


@read_once
def _long_calendar(year: int) -> law.Calendar:
    return _built(year - LONG_PAST, year + 4)


def _built(first: int, last: int) -> law.Calendar:
    standing = ClosedDay.objects.filter(withdrawn=False)
    rows = list(standing.values_list("kind", "feast", "day", "days", "source"))
    confirmed = [law.Feast(feast, day, days, source) for kind, feast, day, days, source in rows if kind == "feast"]
    closures = [law.Closure(day, days or 1, source) for kind, _feast, day, days, source in rows if kind == "closure"]
    return law.Calendar.build(first, last, confirmed=confirmed, closures=closures)


def facts_of(dossier: Dossier) -> list[Fact]:
    """Every fact of a dossier in the order they were recorded; sorted here, as they are few."""
    return sorted(Fact.objects.filter(dossier=dossier).order_by(), key=attrgetter("pk"))


def stories(dossiers: Iterable[Dossier]) -> dict[int, Story]:
    """The stories of several dossiers by their keys, in one question."""
    found: dict[int, list[Fact]] = {dossier.pk: [] for dossier in dossiers}
    for fact in Fact.objects.filter(dossier__in=list(found)).order_by("pk"):
        found[fact.dossier_id].append(fact)
    return {pk: Story(facts) for pk, facts in found.items()}


def told(dossier: Dossier) -> list[law.Fact]:
    """Every fact of a dossier as the law reads it."""
    return law_facts(facts_of(dossier))


def derived(dossier: Dossier, facts: Sequence[law.Fact]) -> list[law.Duty]:
    """The duties of a dossier today, were these its facts. Raises LawError for what the law cannot count."""
    return law.duties(dossier.kind, facts, calendar(), today(), rules())


def rows_on(dossier: Dossier, story: Story, day: date) -> dict[str, dict[str, Any]]:
    """The columns that its duties had on a day, by their keys, from its facts alone. Raises LawError."""
    first = min((fact.at.year for fact in story.told), default=day.year)
    found = law.duties(dossier.kind, story.told, calendar(first), day, rules())
    lapsed = _lapsed(story)
    return {duty.key: _columns(dossier, duty, lapsed) for duty in found}


def rows_of(dossier: Dossier, facts: Sequence[Fact]) -> list[Duty]:
    """The duties of a dossier today, were these all its facts, each with what the law says of it; none is kept."""
    story, rows = Story(facts), list[Duty]()
    for duty in derived(dossier, story.told):
        row = Duty(
            council_id=dossier.council_id, dossier=dossier, key=duty.key, **_columns(dossier, duty, _lapsed(story))
        )
        row.said = said_of(row, duty)
        rows.append(row)
    return rows


def _lapsed(story: Story) -> Lapsed:
    return {(fact.data.get("rule"), str(fact.data.get("trigger"))) for fact in story.of("lapsed")}


def _columns(dossier: Dossier, duty: law.Duty, lapsed: Lapsed) -> dict[str, Any]:
    """The row of a duty."""
    return {
        "rule": duty.rule_id,
        "rule_version": duty.rule_version,
        "calendar_version": duty.calendar_version,
        "type": duty.type,
        "owner": duty.owner,
        "unit_id": dossier.unit_id,
        "officer_id": dossier.officer_id,
        "starts_on": duty.starts_on,
        "do_by": duty.do_by,
        "lapses_on": duty.lapses_on,
        "file_before": duty.file_before,
        "accept_until": duty.accept_until,
        "suspended": [[start.isoformat(), end.isoformat() if end else None] for start, end in duty.suspensions],
        "is_suspended": duty.suspended,
        "discharged_on": duty.discharged_on,
        "over_on": min((day for day in (duty.discharged_on, duty.ended_on) if day), default=None),
        "lapse_recorded": (duty.rule_id, duty.trigger_fact) in lapsed,
        "length": None if duty.limit is None else duty.limit - duty.extended,
        "length_unit": duty.unit or "",
        "waits": duty.open and (duty.suspended or (duty.type == "duty" and duty.owner in law.PERSONS)),
    }


def recompute(dossier: Dossier, story: Story | None = None, *, new: bool = False) -> list[Duty]:
    """Let the law derive the duties of a dossier anew and keep them. Returns the rows, in the law's order.

    `story`: its facts, when the caller has read them; `new`: the dossier has no row yet.
    """
    story = story or Story(facts_of(dossier))
    kept = {} if new else {row.key: row for row in Duty.objects.filter(dossier=dossier)}
    lapsed, rows, fresh = _lapsed(story), [], []
    for duty in derived(dossier, story.told):
        columns = _columns(dossier, duty, lapsed)
        row = kept.pop(duty.key, None)
        if row is None:
            row = Duty(council_id=dossier.council_id, dossier=dossier, key=duty.key, **columns)
            fresh.append(row)
        elif any(getattr(row, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(row, name, value)
            row.save()
        row.said = said_of(row, duty)
        rows.append(row)
    Duty.objects.bulk_create(fresh)
    if kept:
        Duty.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
    if dossier.idle != (idle := is_idle(dossier, rows)):
        dossier.idle = idle
        dossier.save(update_fields=["idle"])
    return rows


def is_idle(dossier: Dossier, rows: Iterable[Duty]) -> bool:
    """Whether a dossier is open while nobody owes anything in it: then a list of its own shows it."""
    owed = any(row.waits or (row.over_on is None and row.type == "duty" and row.owner in law.HOUSE) for row in rows)
    return dossier.closed_at is None and not owed


def explain(dossier: Dossier, rows: Iterable[Duty], facts: Sequence[Fact] | None = None) -> list[Duty]:
    """The rows of one dossier, each with what the law says of it; `facts`: all of them, where they were read."""
    rows = list(rows)
    found = _said_today(dossier, facts_of(dossier) if facts is None else facts) if rows else {}
    for row in rows:
        row.said = said_of(row, found.get(row.key))
    return rows


def explained(duty: Duty) -> Said:
    """What the law says of one row: in hand already, or derived now from the facts of its dossier."""
    if duty.said is None:
        explain(duty.dossier, [duty])
    assert duty.said is not None  # noqa: S101 - `explain` has just filled it
    return duty.said


def _said_today(dossier: Dossier, facts: Sequence[Fact]) -> dict[str, law.Duty]:
    """What the law says of a dossier, by the key of the row; empty for one that it cannot count."""
    first = min((local_date(fact.happened_at).year for fact in facts), default=today().year)
    try:
        found = law.duties(dossier.kind, law_facts(facts), calendar(first), today(), rules())
    except law.LawError:
        return {}
    return {duty.key: duty for duty in found}


def is_current(dossier: Dossier) -> bool:
    """Whether the duty rows of a dossier have the dates that the law derives now; a dossier it cannot count has not."""
    try:
        found = derived(dossier, told(dossier))
    except law.LawError:
        return False
    kept = Duty.objects.filter(dossier=dossier).values_list("key", "do_by", "lapses_on")
    return sorted(kept) == sorted((duty.key, duty.do_by, duty.lapses_on) for duty in found)


def left_behind() -> list[str]:
    """Numbers of dossiers that dating anew could not finish and that still have their old dates: somebody must look."""
    rows = [row.stuck for row in Redating.objects.exclude(stuck=[])]
    numbers = {str(number) for stuck in rows if isinstance(stuck, list) for number in stuck}
    return [one.number for one in Dossier.objects.filter(number__in=numbers).order_by("pk") if not is_current(one)]


def standing(dossier: Dossier, on: date | None = None, facts: Sequence[Fact] | None = None) -> law.State:
    """A dossier as the law reads it on a day: whoever asks for many permissions asks for this once."""
    facts = facts_of(dossier) if facts is None else facts
    return law.standing(dossier.kind, law_facts(facts), calendar(), on or today(), rules())


def may(
    dossier: Dossier,
    fact_kind: str,
    on: date | None = None,
    facts: Sequence[Fact] | None = None,
    data: Mapping[str, Any] | None = None,
) -> law.Permission:
    """Whether the law allows this fact (with these data, where they matter) in this dossier on a day, and why not."""
    return law.permitted(standing(dossier, on, facts), fact_kind, data or {})
