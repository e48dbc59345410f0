"""The day on which the council received a request, put right where it was typed wrong.

The fact of the filing stays as it was recorded; a later one says the right day, and the law reads the filing as of it.
"""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.actions import require
from tadbir.councils.clock import day_start, local_date, today
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.dossiers import clockwork
from tadbir.dossiers.actions.recording import Happening, lock, record, record_all, refuse_erased, require_sight
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.reading.letters import has_words
from tadbir.register.actions import append
from tadbir.ui.dates import day_words

#: How a request came whose day somebody typed: who files on line has his moment.
TYPED_DAY = frozenset({"counter", "post", "paper-block"})

#: What nobody did: it follows from the day, and moves with it.
DERIVED = frozenset({"lapsed", "dated_anew"})


def of_filing(facts: Sequence[Fact]) -> list[Fact]:
    """What was recorded with the filing itself, and bears its day; not the list of what lacks that was given with a
    receipt on the day it was typed in: nobody knew it before."""
    filed = [fact for fact in facts if fact.kind == "filed"]
    kinds = ("filed", "missing_listed", "completed")
    found = [fact for fact in facts if fact.kind in kinds and filed and fact.recorded_at == filed[0].recorded_at]
    return [fact for fact in found if fact.kind != "missing_listed" or not _given_then(fact)]


def _given_then(fact: Fact) -> bool:
    return local_date(fact.happened_at) == local_date(fact.recorded_at)


def first_day_of(entered: date) -> date:
    """The first day on which a request may have come that was typed in on this one: a year before."""
    return entered.replace(year=entered.year - 1, day=min(entered.day, 28))


def require_day(dossier: Dossier, facts: Sequence[Fact], day: date) -> None:
    """Raise ValidationError for a day on which this request cannot have come: after it was typed in, long before, or
    later than something that happened in it."""
    entered, moved = local_date(dossier.opened_at), {fact.pk for fact in of_filing(facts)}
    if day == dossier.opened_on:
        raise ValidationError({"day": _("Nothing is otherwise: there is nothing to correct.")})
    if not (first_day_of(entered) <= day <= entered):
        told = _("The request was typed in on %(day)s: it came on that day, or in the year before.")
        raise ValidationError({"day": told % {"day": day_words(entered)}})
    alive = [fact for fact in Story(facts).alive if fact.pk not in moved and fact.kind not in DERIVED]
    others = [local_date(fact.happened_at) for fact in alive]
    if others and day > min(others):
        told = _("Something happened in this dossier on %(day)s: the request came before.")
        raise ValidationError({"day": told % {"day": day_words(min(others))}})


@transaction.atomic
def correct_filing_day(dossier: Dossier, person: Person, day: date, reason: str) -> Fact:
    """Put right the day on which a request came, for those who answer for the council: it moves every delay.

    The lapses that the law no longer finds fall; those of another day are recorded anew by the daily round. Raises
    PermissionDenied, or ValidationError for a day that cannot be, or of a request that came on line.
    """
    require(person, Right.ANSWER_FOR_ALL)
    require_sight(person, dossier)
    dossier = lock(dossier)
    refuse_erased(dossier)
    if not has_words(reason):
        raise ValidationError({"reason": _("Say why it is corrected.")})
    if dossier.channel not in TYPED_DAY:
        raise ValidationError(_("This request came on line: its moment was typed by nobody."))
    facts = clockwork.facts_of(dossier)
    require_day(dossier, facts, day)
    moved, before, private = of_filing(facts), dossier.opened_on, {"reason": reason.strip()}
    dossier.opened_on = day
    dossier.save(update_fields=["opened_on"])
    Document.objects.filter(fact__in=moved).update(brought_at=day_start(day))
    append("dossier_corrected", {"dossier": dossier.number, "on": day})
    data = {"facts": [str(fact.pk) for fact in moved], "before": before, "day": day}
    fact = record(dossier, "day_corrected", by=person, data=data, private=private)
    strike_lapses(dossier, person, private)
    return fact


def strike_lapses(dossier: Dossier, person: Person, private: dict[str, str]) -> None:
    """The recorded lapses that the law no longer finds fall with what was put right, for the same reason."""
    said = [
        Happening("entry_corrected", data={"kind": "lapsed"}, private=private, voids=one) for one in _fallen(dossier)
    ]
    if said:
        record_all(dossier, said, by=person)


def _fallen(dossier: Dossier) -> list[Fact]:
    """The recorded lapses that the law does not find, or finds on another day."""
    story = Story(clockwork.facts_of(dossier))
    found = clockwork.derived(dossier, story.told)
    lapsed = {(one.rule_id, str(one.trigger_fact), one.lapses_on) for one in found if one.lapsed(today())}
    said = [(one, one.data.get("rule"), str(one.data.get("trigger"))) for one in story.of("lapsed")]
    return [one for one, rule, trigger in said if (rule, trigger, local_date(one.happened_at)) not in lapsed]


def moved_by(dossier: Dossier, facts: Sequence[Fact], day: date) -> list[law.Duty]:
    """The duties of a dossier, had its request come on this day."""
    data = {"facts": [str(fact.pk) for fact in of_filing(facts)], "before": "", "day": day.isoformat()}
    said = Fact(kind="day_corrected", data=data, happened_at=day_start(today()))
    return clockwork.derived(dossier, Story([*facts, said]).told)
