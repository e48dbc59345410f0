"""Recording what happened. Every verb of the office passes through `record`: it asks the law, writes the fact and
its link of the register, lets the domains answer, and derives the duties anew, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.queries import dates_given
from tadbir.councils.clock import day_start, local_date, now, today
from tadbir.councils.memory import look_again
from tadbir.councils.models import Person
from tadbir.dossiers import clockwork, hooks, proofs, queries
from tadbir.dossiers.ends import ended_by
from tadbir.dossiers.models import Dossier, Duty, Fact, Link, Redating
from tadbir.dossiers.story import Story
from tadbir.register.actions import Link as ChainLink
from tadbir.register.actions import append_all, content_commitment, keep_content
from tadbir.register.canonical import plain


class Refused(ValidationError):
    """The law does not allow this now; the message gives its reasons in the reader's language. `himself`: to the person
    of the dossier."""

    def __init__(self, permission: law.Permission, *, himself: bool = False) -> None:
        french = (get_language() or "ar").startswith("fr")
        self.permission = permission
        reasons = [law.to_person(one) if himself else one for one in permission.reasons]
        super().__init__([reason.fr if french else reason.ar for reason in reasons] or [_("Not now.")])


def lock(dossier: Dossier) -> Dossier:
    """Lock a dossier for the rest of the transaction and read it anew."""
    return Dossier.objects.select_for_update().get(pk=dossier.pk)


def require_work(person: Person | None, dossier: Dossier) -> None:
    """Raise PermissionDenied unless the person works on this dossier today; ValidationError once it is erased."""
    if person is None or not queries.works_on(person, dossier):
        raise PermissionDenied(_("This dossier is not yours to work on."))
    refuse_erased(dossier)


def refuse_erased(dossier: Dossier) -> None:
    """Raise ValidationError for a dossier whose personal data were erased: new words would bring them back."""
    if dossier.closed_at is not None and dossier.erased_at is not None:
        raise ValidationError(_("The personal data of this dossier were erased: nothing more is recorded in it."))


def require_sight(person: Person, dossier: Dossier) -> None:
    """Raise PermissionDenied unless the person may open this dossier today."""
    if not queries.visible_to(person).filter(pk=dossier.pk).exists():
        raise PermissionDenied(_("This dossier is not yours to work on."))


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
        return day_start(self.at) if self.at else now()


def record(
    dossier: Dossier,
    kind: str,
    *,
    at: datetime | date | None = None,
    by: Person | None = None,
    source: str = "office",
    data: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    voids: Fact | None = None,
    relayed_from: Fact | None = None,
    check: bool = True,
) -> Fact:
    """Record that one thing happened in a dossier. See `record_all`."""
    happening = Happening(kind, at, data or {}, private, voids, relayed_from)
    return record_all(dossier, [happening], by=by, source=source, check=check).facts[0]


class Recorded(NamedTuple):
    """What was recorded, in order, and every duty of the dossier after it, in the law's order."""

    facts: list[Fact]
    duties: list[Duty]


def record_all(
    dossier: Dossier,
    happenings: Sequence[Happening],
    *,
    by: Person | None = None,
    source: str = "office",
    check: bool = True,
    new: bool = False,
) -> Recorded:
    """Record what happened in a dossier, in this order, and derive its duties anew.

    With `check`, the law is asked before each: raises Refused with its reasons. Raises ValidationError when a
    moment lies ahead, and LawError for data that the row of this kind of fact does not name. Domains and linked
    dossiers answer in the same transaction. `new`: the dossier was opened in this very transaction, so nobody else
    holds it and nothing happened in it.
    """
    with transaction.atomic(savepoint=not new):  # what was opened for it is undone with it
        dossier = dossier if new else lock(dossier)
        if check:
            refuse_erased(dossier)
        before, made = [] if new else clockwork.facts_of(dossier), list[Fact]()
        for happening in happenings:
            _judge(dossier, happening, [*before, *made], check, himself=by is None and source == "online")
            made.append(_prepare(dossier, happening, by, source))
        _write(dossier, made, first=not before)
        story = Story([*before, *made])
        for fact in made:
            _open_or_close(dossier, fact, story)
        look_again()  # the head of the chain is held: whoever changed calendar or rules has committed, or waits for us
        if not new and (changes := [row for row in queries.open_redatings() if queries.waits_for(row, dossier)]):
            # The move is told as what it is, not lost in what is recorded here.
            date_anew(dossier, changes, Story(before))
        duties = clockwork.recompute(dossier, story, new=new)
        for fact in made:
            _answer(dossier, fact)
            _relay(dossier, fact)
        for look in () if new else hooks.settled_handlers():
            look(dossier, by)
        return Recorded(made, duties)


def _judge(dossier: Dossier, happening: Happening, facts: Sequence[Fact], check: bool, *, himself: bool) -> None:
    """Raise ValidationError for a day out of bounds, Refused with `check` for what the law does not allow after
    these facts, LawError for data that the row of this kind does not name. Where that row says that it belongs to no
    kind of dossier (`unused`), the law has nothing to say of it."""
    day = local_date(happening.moment)
    if day > today():
        raise ValidationError(_("This date lies ahead of today."))
    if day < dossier.opened_on:
        raise ValidationError(_("This date comes before the dossier was opened."))
    asks = check and not law.FACTS[happening.kind].unused
    if asks and not (permission := clockwork.may(dossier, happening.kind, day, facts, happening.data)):
        raise Refused(permission, himself=himself)
    law.check_data(happening.kind, happening.data)


def _answer(dossier: Dossier, fact: Fact) -> None:
    for handler in hooks.fact_handlers(dossier.kind, fact.kind):
        handler(dossier, fact)


def date_anew(dossier: Dossier, changes: Sequence[Redating], story: Story) -> None:
    """Derive the duties of a locked dossier anew from its facts, because of these changes.

    A fact names the duties whose dates moved, and those that are no more; it is recorded once for all the changes.
    """
    look_again()
    before = {duty.key: duty for duty in Duty.objects.filter(dossier=dossier)}
    after = {duty.key: duty for duty in clockwork.recompute(dossier, story)}
    moved = [
        [key, old.do_by, after[key].do_by if key in after else None]
        for key, old in before.items()
        if key not in after or (old.do_by, old.lapses_on) != (after[key].do_by, after[key].lapses_on)
    ]
    if any(row.source in ("definitions", queries.UPGRADE) for row in changes):  # a rule that is on again, or new
        moved += [[key, None, new.do_by] for key, new in after.items() if key not in before]
    if moved:
        data: dict[str, Any] = {"moved": moved}
        why = next((row for row in changes if row.source == "correction"), changes[-1])  # a mistake of ours is told
        if why.source == "correction" and (papers := _gave_another_date(dossier, before, after)):
            data["papers"] = papers
        fact = _prepare(dossier, Happening("dated_anew", data=data), why.by, why.source)
        _write(dossier, [fact])
        _answer(dossier, fact)


def _gave_another_date(dossier: Dossier, before: Mapping[str, Duty], after: Mapping[str, Duty]) -> list[list[str]]:
    """The receipts in somebody's hand that gave a day which is another by now: number, day given, day now or none.

    A paper's day is read in the duty it spoke of: several may have fallen on one wrong day and part now. The first
    papers do not say of which they spoke: such a day is told where all the duties that had it moved alike.
    """
    found = []
    for given in dates_given(dossier.number):
        spoken = [given.duty] if given.duty else list(before)
        days = {
            _iso(after[key], given.date) if key in after else ""
            for key in spoken
            if key in before and _iso(before[key], given.date) == given.day
        }
        if len(days) == 1 and given.day not in days:
            found.append([given.number, given.day, days.pop()])
    return found


def _iso(row: Duty, name: str) -> str:
    """One date of a duty as ISO writes it; empty where it has none."""
    day = getattr(row, name)
    return day.isoformat() if day else ""


def _prepare(dossier: Dossier, happening: Happening, by: Person | None, source: str) -> Fact:
    """The fact, not yet written, with its private words kept apart."""
    return Fact(
        council_id=dossier.council_id,
        dossier=dossier,
        kind=happening.kind,
        happened_at=happening.moment,
        by=by,
        source=source,
        data=plain(happening.data),
        voids=happening.voids,
        relayed_from=happening.relayed_from,
        content=keep_content(happening.private) if happening.private else None,
    )


def _write(dossier: Dossier, facts: Sequence[Fact], *, first: bool = False) -> None:
    """Write facts, each under its link of the register; the very first one says what was opened."""
    told = [proofs.link_fields(dossier.number, fact) for fact in facts]
    if first:
        told[0]["opened"] = proofs.opened(dossier)
    entries = append_all(
        [ChainLink("fact", fields, content_commitment(fact.content)) for fact, fields in zip(facts, told, strict=True)]
    )
    for fact, entry in zip(facts, entries, strict=True):
        fact.entry, fact.recorded_at = entry, entry.at
    Fact.objects.bulk_create(facts)


def _open_or_close(dossier: Dossier, fact: Fact, story: Story) -> None:
    ended = ended_by(fact, story, dossier.closed_by_kind)
    if ended is None:
        return
    dossier.closed_at, dossier.closed_by_kind = (fact.recorded_at, ended) if ended else (None, "")
    dossier.save(update_fields=["closed_at", "closed_by_kind"])


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
