"""The writers of dossiers. Every verb of the office passes through `record`: it asks the law, writes the fact and
its link of the register, lets the domains answer, and derives the duties anew, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils import queries as who
from tadbir.councils.actions import require
from tadbir.councils.clock import local_date, now, today
from tadbir.councils.models import Person, Quality, Unit
from tadbir.dossiers import clockwork, corrections, hooks, queries
from tadbir.dossiers.models import ClosedDay, Document, Dossier, Duty, Fact, Link
from tadbir.register.actions import append, content_commitment, keep_content
from tadbir.register.canonical import plain
from tadbir.register.models import StoredFile

#: Days of the longest closure that can be announced at once.
LONGEST_CLOSURE = 31
#: Facts after which a dossier is no longer in anybody's tray (its rights may go on).
CLOSING = frozenset({"notified", "withdrawn", "misdirected", "duplicate_of", "file_returned", "delivered_on_spot",
    "rectified", "access_given"})
#: Facts that close it again when it had ended before a remedy opened it.
CLOSING_AGAIN = frozenset({"appeal_answered", "complaint_answered", "reasons_given"})
#: Facts that open it again.
REOPENING = frozenset({"appeal_filed", "reasons_asked", "complaint_to_head"})


class Refused(ValidationError):
    """The law does not allow this now; the message gives its reasons in the reader's language."""

    def __init__(self, permission: law.Permission) -> None:
        french = (get_language() or "ar").startswith("fr")
        self.permission = permission
        super().__init__([reason.fr if french else reason.ar for reason in permission.reasons] or [_("Not now.")])


def lock(dossier: Dossier) -> Dossier:
    """Lock a dossier for the rest of the transaction and read it anew."""
    return Dossier.objects.select_for_update().get(pk=dossier.pk)


def require_work(person: Person | None, dossier: Dossier) -> None:
    """Raise PermissionDenied unless the person works on this dossier today."""
    if person is None or not queries.works_on(person, dossier):
        raise PermissionDenied(_("This dossier is not yours to work on."))


def require_sight(person: Person, dossier: Dossier) -> None:
    """Raise PermissionDenied unless the person may open this dossier today."""
    if not queries.visible_to(person).filter(pk=dossier.pk).exists():
        raise PermissionDenied(_("This dossier is not yours to work on."))


def open_dossier(*, number: str, kind: str, unit: Unit, **fields: Any) -> Dossier:
    """Open a dossier (inside the caller's transaction). Its first fact is recorded by the caller."""
    return Dossier.objects.create(
        number=number, kind=kind, unit=unit, opened_at=now(), opened_on=fields.pop("opened_on", today()), **fields
    )


@dataclass(frozen=True)
class Happening:
    """Something that happened, before it is recorded.

    `at` is when (a day, or an aware moment; now when left out), `data` small typed fields that enter the chain,
    `private` names and free text kept apart from it.
    """

    kind: str
    at: datetime | date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    private: Mapping[str, Any] | None = None
    voids: Fact | None = None
    relayed_from: Fact | None = None

    @property
    def moment(self) -> datetime:
        """When it happened, to the moment."""
        if isinstance(self.at, datetime):
            return self.at
        return clockwork.day_start(self.at) if self.at else now()


def record(
    dossier: Dossier, kind: str, *, at: datetime | date | None = None, by: Person | None = None, source: str = "office",
    data: Mapping[str, Any] | None = None, private: Mapping[str, Any] | None = None, voids: Fact | None = None,
    relayed_from: Fact | None = None, check: bool = True,
) -> Fact:  # fmt: skip
    """Record that one thing happened in a dossier. See `record_all`."""
    happening = Happening(kind, at, data or {}, private, voids, relayed_from)
    return record_all(dossier, [happening], by=by, source=source, check=check)[0]


@transaction.atomic
def record_all(
    dossier: Dossier, happenings: Sequence[Happening], *, by: Person | None = None, source: str = "office",
    check: bool = True, new: bool = False,
) -> list[Fact]:  # fmt: skip
    """Record what happened in a dossier, in this order, and derive its duties anew.

    With `check`, the law is asked before each: raises Refused with its reasons. Raises ValidationError when a
    moment lies ahead. Domains and linked dossiers answer in the same transaction. `new`: the dossier was opened in
    this very transaction, so nobody else holds it and nothing happened in it.
    """
    dossier = dossier if new else lock(dossier)
    facts, made = [] if new else clockwork.facts_of(dossier), []
    for happening in happenings:
        day = local_date(happening.moment)
        if day > today():
            raise ValidationError(_("This date lies ahead of today."))
        if day < dossier.opened_on:
            raise ValidationError(_("This date comes before the dossier was opened."))
        if check and not (permission := clockwork.may(dossier, happening.kind, day, facts, happening.data)):
            raise Refused(permission)
        made.append(_write(dossier, happening, by, source))
        facts.append(made[-1])
        _open_or_close(dossier, made[-1])
    clockwork.recompute(dossier, facts, new=new)
    for fact in made:
        for handler in hooks.fact_handlers(dossier.kind, fact.kind):
            handler(dossier, fact)
        _relay(dossier, fact)
    return made


def _write(dossier: Dossier, happening: Happening, by: Person | None, source: str) -> Fact:
    moment, data = happening.moment, plain(happening.data)
    content = keep_content(happening.private) if happening.private else None
    who_did = by.pk if by else None
    fields = {"dossier": dossier.number, "fact": happening.kind, "at": moment, "by": who_did, "data": data}
    if happening.voids is not None:
        fields["voids"] = happening.voids.pk
    entry = append("fact", fields, content_commitment(content))
    return Fact.objects.create(
        dossier=dossier, kind=happening.kind, happened_at=moment, recorded_at=entry.at, by=by, source=source, data=data,
        content=content, voids=happening.voids, relayed_from=happening.relayed_from, entry=entry,
    )  # fmt: skip


def _open_or_close(dossier: Dossier, fact: Fact) -> None:
    ended = fact.kind if fact.kind in CLOSING else _ended_before(dossier) if fact.kind in CLOSING_AGAIN else ""
    if ended:
        dossier.closed_at, dossier.closed_by_kind = fact.recorded_at, ended
    elif fact.kind in REOPENING or (fact.voids and fact.voids.kind in CLOSING):
        dossier.closed_at, dossier.closed_by_kind = None, ""
    else:
        return
    dossier.save(update_fields=["closed_at", "closed_by_kind"])


def _ended_before(dossier: Dossier) -> str:
    """How the dossier had ended when a remedy opened it again, if it had."""
    ends = Fact.objects.filter(dossier=dossier, kind__in=CLOSING, voided_by__isnull=True)
    last = ends.order_by("-pk").first()
    return last.kind if last else ""


def _relay(dossier: Dossier, fact: Fact) -> None:
    """Offer the fact to the linked dossiers whose domain accepts it, in this same transaction."""
    if fact.relayed_from_id is not None:
        return  # a relayed fact stops here, else two linked dossiers would answer each other for ever
    if not hooks.is_relayed(fact.kind):
        return
    links = Link.objects.filter(Q(source=dossier) | Q(target=dossier)).select_related("source", "target")
    others = [
        (link.kind, link.target) if link.source_id == dossier.pk else (f"{link.kind}:back", link.source)
        for link in links
    ]
    for link_kind, other in others:
        handler = hooks.relay_handler(other.kind, link_kind, fact.kind)
        if handler is not None:
            handler(other, fact)


@transaction.atomic
def link(source: Dossier, target: Dossier, kind: str, by: Person | None = None) -> Link:
    """Join two dossiers of the same council; doing it twice changes nothing."""
    made, _new = Link.objects.get_or_create(
        source=source, target=target, kind=kind, defaults={"made_at": now(), "by": by}
    )
    return made


@transaction.atomic
def void_fact(fact: Fact, person: Person, reason: str) -> Fact:
    """Correct an entry: a later fact voids it and says why. The mistaken fact stays in the register."""
    dossier = lock(fact.dossier)
    require_work(person, dossier)
    if not reason.strip():
        raise ValidationError(_("Say why this entry is corrected."))
    corrections.require_correctable(fact, person)
    return record(
        dossier, "entry_corrected", by=person, voids=fact, data={"kind": fact.kind},
        private={"reason": reason}, check=False,
    )  # fmt: skip


def keep_document(
    dossier: Dossier, fact: Fact, requirement: str, name: str, file: StoredFile | None, replaces: Document | None = None
) -> Document:
    """Add a document to a dossier under the fact that brought it."""
    document = Document.objects.create(
        dossier=dossier, requirement=requirement, name=name[:120], file=file, brought_at=fact.happened_at, fact=fact
    )
    if replaces is not None:
        Document.objects.filter(pk=replaces.pk).update(replaced_by=document)
    return document


def keep_documents(dossier: Dossier, fact: Fact, pieces: Sequence[tuple[str, str, StoredFile | None]]) -> None:
    """Add the documents (requirement, name, file) that came with one fact."""
    Document.objects.bulk_create(
        Document(
            council_id=dossier.council_id, dossier=dossier, requirement=requirement, name=name[:120], file=file,
            brought_at=fact.happened_at, fact=fact,
        )
        for requirement, name, file in pieces
    )  # fmt: skip


@transaction.atomic
def reassign(dossier: Dossier, person: Person, to: Person | None, unit: Unit, reason: str = "") -> Fact:
    """Give a dossier and its duties to another officer or unit (absence, load, mistake)."""
    dossier = lock(dossier)
    require_work(person, dossier)
    if unit.council_id != dossier.council_id or (to is not None and to.council_id != dossier.council_id):
        raise PermissionDenied(_("This dossier is not yours to work on."))
    if to is not None and not queries.CAN_BE_GIVEN & who.qualities_of(to, today()):
        raise ValidationError(_("This person cannot work on a dossier today."))
    if to is None and not queries.has_workers(unit):
        raise ValidationError(_("Nobody works in this unit today: name a person."))
    dossier.unit, dossier.officer = unit, to
    dossier.save(update_fields=["unit", "officer"])
    data = {"unit": unit.code, "person": to.pk if to else None}
    private = {"reason": reason} if reason else None
    return record(dossier, "reassigned", by=person, data=data, private=private, check=False)


@transaction.atomic
def learn_closed_day(
    person: Person, kind: str, day: date, source: str, days: int | None = None, feast: str = ""
) -> ClosedDay:
    """Record the official date of a feast or an exceptional closure; open dossiers are dated anew.

    Each dossier whose dates move gets a fact and keeps its history. Raises PermissionDenied or ValidationError.
    """
    require(person, Quality.DIRECTOR, Quality.ADMIN, Quality.PRESIDENT)
    if not source.strip():
        raise ValidationError(_("Say which official text or announcement gives this date."))
    if abs(day.year - today().year) > 1 or (days is not None and not 1 <= days <= LONGEST_CLOSURE):
        raise ValidationError(_("Choose a day of these years, and how many days it lasts."))
    row = ClosedDay.objects.create(
        kind=kind, feast=feast, day=day, days=days, source=source, recorded_at=now(), by=person
    )
    clockwork.forget_calendar()
    try:
        clockwork.calendar()  # what cannot be counted with must not be kept: it would stop every dossier
    except law.LawError as error:
        clockwork.forget_calendar()
        raise ValidationError(_("Choose a day of these years, and how many days it lasts.")) from error
    append("calendar_changed", {"kind": kind, "feast": feast, "day": day, "days": days, "by": person.pk})
    for dossier in queries.with_open_duties():
        _date_anew(dossier, person)
    return row


def _date_anew(dossier: Dossier, person: Person) -> None:
    before = {duty.key: (duty.do_by, duty.lapses_on) for duty in Duty.objects.filter(dossier=dossier)}
    after = {duty.key: (duty.do_by, duty.lapses_on) for duty in clockwork.recompute(dossier)}
    moved = [[key, old[0], after[key][0]] for key, old in before.items() if key in after and after[key] != old]
    if moved:
        record(dossier, "dated_anew", by=person, source="calendar", data={"moved": moved}, check=False)


def record_lapses(on: date | None = None) -> list[Fact]:
    """Record, once each, the delays that certainly ran out; a fact is dated when the lapse happened (`tick`)."""
    found = []
    for duty in queries.lapsed_duties(on or today()):
        with transaction.atomic():
            dossier = lock(duty.dossier)
            fresh = Duty.objects.filter(pk=duty.pk, over_on__isnull=True, lapse_recorded=False).first()
            if fresh is None or fresh.lapses_on is None or fresh.lapses_on > (on or today()):
                continue
            Duty.objects.filter(pk=fresh.pk).update(lapse_recorded=True)
            data = {"rule": fresh.rule, "trigger": fresh.explanation.get("trigger"), "owner": fresh.owner}
            found.append(record(dossier, "lapsed", at=fresh.lapses_on, source="tick", data=data, check=False))
    return found
