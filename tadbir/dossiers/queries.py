"""Reading dossiers. Every question starts from who is asking."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from tadbir.councils import queries as who
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Role, Unit
from tadbir.councils.rights import Right, held_by, holders
from tadbir.dossiers.models import Document, Dossier, Duty, Fact, Never, Redating
from tadbir.law import HOUSE, PERSONS, REGIMES, TO_COMPLETE

#: Why dossiers are dated anew: a newer program counts otherwise.
UPGRADE = "upgrade"
#: The owners of duties that the council's own people must do.
OURS = HOUSE


def _handled(rights: Container[str]) -> list[str]:
    """The kinds of dossier that somebody of these rights handles beside the unit, as their regime says."""
    return [code for code, regime in REGIMES.items() if regime.handled_by in rights]


def _visible(person: Person, roles: Sequence[Role] | None) -> Q:
    roles = who.roles_of(person, today()) if roles is None else roles
    rights = held_by(role.quality for role in roles)
    if Right.SEE_ALL in rights:
        return Q()
    seen = Q(officer=person) if Right.BE_GIVEN_A_DOSSIER in rights else Q(pk__in=())
    seen |= Q(unit__in=[role.unit_id for role in roles if role.quality in holders(Right.SEE_UNIT)])
    if Right.SEE_WHAT_COMES_IN in rights:
        seen |= Q(channel__in=["online", "counter", "post", "paper-block"])
    if handled := _handled(rights):
        seen |= Q(kind__in=handled)
    return seen


def visible_to(person: Person, roles: Sequence[Role] | None = None) -> QuerySet[Dossier]:
    """The dossiers this person may open; `roles`: those he holds today, where the page has read them already."""
    return Dossier.objects.filter(_visible(person, roles))


def works_on(person: Person, dossier: Dossier) -> bool:
    """Whether this person may act in the dossier today: his own, his unit's, or any for those who answer for all."""
    roles = who.roles_of(person, today())
    rights = held_by(role.quality for role in roles)
    if Right.ANSWER_FOR_ALL in rights:
        return True
    if dossier.officer_id == person.pk and Right.BE_GIVEN_A_DOSSIER in rights:
        return True
    if dossier.kind in _handled(rights):
        return True
    return any(role.quality in holders(Right.WORK_IN_UNIT) and role.unit_id == dossier.unit_id for role in roles)


def work_of(person: Person, roles: Sequence[Role]) -> Q:
    """The duties this person answers for (the same people as `works_on`)."""
    rights = held_by(role.quality for role in roles)
    if Right.ANSWER_FOR_ALL in rights:
        return Q()
    working = [role.unit_id for role in roles if role.quality in holders(Right.WORK_IN_UNIT)]
    mine = Q(officer=person) | Q(unit__in=working)
    if handled := _handled(rights):
        mine |= Q(dossier__kind__in=handled)
    return mine


def has_workers(unit: Unit) -> bool:
    """Whether somebody works in this unit today."""
    return Role.objects.filter(who.on_date(today()), unit=unit, quality__in=holders(Right.WORK_IN_UNIT)).exists()


def serves(person: Person, unit: Unit) -> bool:
    """Whether somebody who may be given a dossier today works in this unit, or in none: the council's own."""
    wanted = holders(Right.BE_GIVEN_A_DOSSIER)
    return any(role.quality in wanted and role.unit_id in (None, unit.pk) for role in who.roles_of(person, today()))


def _held_today() -> QuerySet[Role]:
    return Role.objects.filter(who.on_date(today()), quality__in=holders(Right.BE_GIVEN_A_DOSSIER))


def can_be_in_charge() -> set[int]:
    """Those who can be in charge of a dossier today, by their keys."""
    return set(_held_today().values_list("person_id", flat=True))


def gone() -> QuerySet[Person]:
    """Those who cannot be in charge of a dossier today: their role ended, or never allowed it."""
    return Person.objects.exclude(pk__in=_held_today().values("person"))


def left_behind() -> QuerySet[Dossier]:
    """Open dossiers in the name of somebody who cannot be in charge of them any more: those people are few."""
    return Dossier.objects.filter(closed_at__isnull=True, officer__in=gone())


def without_workers() -> QuerySet[Dossier]:
    """Open dossiers in nobody's name, of a unit where nobody works: those units are few."""
    held = Role.objects.filter(who.on_date(today()))
    working = held.filter(quality__in=holders(Right.WORK_IN_UNIT), unit__isnull=False).values("unit")
    empty = Unit.objects.exclude(pk__in=working)
    found = Dossier.objects.filter(closed_at__isnull=True, officer__isnull=True, unit__in=empty)
    for kind, right in ((code, regime.handled_by) for code, regime in REGIMES.items() if regime.handled_by):
        found = found.exclude(Exists(held.filter(quality__in=holders(Right(right)))), kind=kind)
    return found


def ownerless(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Open dossiers that nobody answers for: in the name of somebody who left, or in a unit where nobody works."""
    return visible.filter(Q(pk__in=left_behind().values("pk")) | Q(pk__in=without_workers().values("pk")))


def get_visible(person: Person, number: str) -> Dossier | None:
    """One dossier by number, if this person may open it."""
    found = visible_to(person).filter(number=number)
    return found.select_related("applicant", "representative", "request", "sheet", "unit", "officer").first()


def in_sight(person: Person, roles: Sequence[Role] | None = None) -> Q:
    """Rows of a dossier that this person may open; for somebody who may open all of them nothing is looked up."""
    seen = _visible(person, roles)
    return Q(Exists(Dossier.objects.filter(seen, pk=OuterRef("dossier")))) if seen else Q()


def duties_of(person: Person, roles: Sequence[Role] | None = None) -> QuerySet[Duty]:
    """The open duties that the council owes in the dossiers this person may open, soonest first, the suspended last."""
    return (
        Duty.objects.filter(in_sight(person, roles), over_on__isnull=True, type="duty", owner__in=OURS)
        .annotate(due=Coalesce("do_by", Never()))
        .select_related("dossier", "dossier__applicant", "dossier__request", "unit", "officer")
        .prefetch_related("dossier__sheet")  # a sheet is long and stands in many rows: it is read once
        .order_by("due", "pk")
    )


def history(dossier: Dossier) -> QuerySet[Fact]:
    """The facts of a dossier, oldest first, with who recorded them."""
    return Fact.objects.filter(dossier=dossier).select_related("by", "content", "voids").order_by("pk")


def documents(dossier: Dossier) -> QuerySet[Document]:
    """The documents of a dossier that stand: neither replaced nor withdrawn."""
    standing = Document.objects.filter(dossier=dossier, replaced_by__isnull=True, withdrawn=False)
    return standing.select_related("file").order_by("pk")


def lacking(dossier: Dossier) -> list[str]:
    """Codes of the documents that the sheet of a dossier requires and that are not there; a draft requires none."""
    if dossier.sheet is None or not dossier.sheet.is_adopted:
        return []
    brought = set(documents(dossier).values_list("requirement", flat=True))
    required = dossier.sheet.parsed.required_of(dossier.applicant_kind)
    return [document.code for document in required if document.code not in brought]


def duties(dossier: Dossier) -> QuerySet[Duty]:
    """Every duty, right and effect of a dossier, by date."""
    return Duty.objects.filter(dossier=dossier).order_by("do_by", "pk")


def day_of_person(rows: Iterable[Duty], fact: Fact) -> date | None:
    """By when its person answers what a fact asks of him, or contests it: the earliest day that is advised."""
    found = first_of_person(rows, fact)
    return found.file_before if found else None


def first_of_person(rows: Iterable[Duty], fact: Fact) -> Duty | None:
    """The same as what it is the day of: a duty of his, or a right. What a lapse opens to him starts by what started
    the delay that ran out."""
    lapse = fact.kind == "lapsed"
    start = str(fact.data.get("trigger")) if lapse else str(fact.pk)
    started = (row for row in rows if row.trigger == start and row.over_on is None)
    his = (row for row in started if row.owner in PERSONS and row.file_before and (row.type != "duty" or not lapse))
    return min(his, key=lambda row: row.file_before or date.max, default=None)


def choose_clock(rows: Iterable[Duty]) -> Duty | None:
    """Among the duties of a dossier, the clock that a reader looks at first.

    What the council owes; before the file is complete, the person's own thirty days (law 55-19, article 10).
    """
    running = [row for row in rows if row.type == "duty" and ((row.over_on is None and row.do_by) or row.is_suspended)]
    return min(running, key=lambda row: first_seen(row, running), default=None)


def first_seen(row: Any, beside: Iterable[Any]) -> tuple[bool, bool, bool, date, int]:
    """The place of an open duty among those of its dossier, for whoever reads one clock alone: what the council owes,
    that which has a day, which runs, the soonest; before the file is complete, what the person brings to complete it.

    `row`: a duty, or its columns.
    """
    incomplete = any(one.rule in TO_COMPLETE for one in beside)
    undated = row.do_by is None and not row.is_suspended
    return (row.owner in OURS) is incomplete, undated, row.is_suspended, row.do_by or date.min, row.pk


def main_clock(dossier: Dossier) -> Duty | None:
    """The clock of a dossier that a reader looks at first."""
    return choose_clock(Duty.objects.filter(dossier=dossier))


def lapsed_duties(on: date) -> QuerySet[Duty]:
    """Delays that ran out and whose lapse is not yet recorded."""
    return (
        Duty.objects.filter(lapses_on__lte=on, over_on__isnull=True, lapse_recorded=False, type__in=("duty", "effect"))
        .select_related("dossier")
        .order_by("lapses_on", "pk")
    )


def to_date_anew(row: Redating) -> QuerySet[Dossier]:
    """Dossiers after the mark of a row whose dates the change behind it may move.

    A change of the calendar moves what is open; one of a rule, or a newer program, may also make a duty where there is
    none yet.
    """
    found = Dossier.objects.filter(pk__gt=row.after)
    open_duties = Exists(Duty.objects.filter(dossier=OuterRef("pk"), over_on__isnull=True))
    if not row.kinds and row.source != UPGRADE:
        return found.filter(open_duties)
    found = found.filter(Q(closed_at__isnull=True) | open_duties)
    return found.filter(kind__in=row.kinds) if row.kinds else found


def waits_for(row: Redating, dossier: Dossier) -> bool:
    """Whether this dossier is one that the row has not come to yet."""
    kinds = row.kinds if isinstance(row.kinds, list) else []
    return row.after < dossier.pk and (not kinds or dossier.kind in kinds)


def open_redatings() -> QuerySet[Redating]:
    """What is still to be dated anew, the oldest change first."""
    return Redating.objects.filter(finished_at__isnull=True).order_by("pk")


def redated_since(moment: datetime | None) -> bool:
    """Whether dossiers were dated anew, or are being, since a moment; ever, when none is given."""
    found = Redating.objects.all()
    return (found.filter(Q(finished_at__isnull=True) | Q(finished_at__gt=moment)) if moment else found).exists()


class Progress(NamedTuple):
    """How far dating anew has come: dossiers done, of how many, since when."""

    done: int
    of: int
    since: datetime


def redating() -> Progress | None:
    """How far the open dossiers are dated anew, all changes together; None when none is under way."""
    rows = list(open_redatings())
    if not rows:
        return None
    done, of = sum(row.done for row in rows), sum(max(row.total, row.done) for row in rows)
    return Progress(done, of, min(row.asked_at for row in rows))


def shows_delay(facts: Iterable[Fact]) -> bool:
    """Whether the dossier was filed under an adopted sheet: a draft shows no legal delay."""
    return any(fact.kind == "filed" and fact.data.get("adopted") for fact in facts)


class _Correction(Func):
    """The source of a fact that a correction of the calendar made, written into the question for its index."""

    template, arity, output_field = "'correction'", 0, CharField()


def moved_by_correction(visible: QuerySet[Dossier]) -> QuerySet[Fact]:
    """Of the open dossiers among these: where a corrected day of the calendar moved a date that a receipt gave."""
    found = Fact.objects.filter(source=_Correction(), kind="dated_anew", data__has_key="papers")
    open_ones = visible.filter(pk=OuterRef("dossier"), closed_at__isnull=True)
    return found.filter(Exists(open_ones)).select_related("dossier__applicant").order_by("-pk")
