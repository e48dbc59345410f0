"""Dossiers given to somebody else: how one came here, what became of one that was given away."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir import law
from tadbir.councils import queries as who
from tadbir.councils.clock import local_date, today
from tadbir.councils.models import Person
from tadbir.councils.rights import Right, holders
from tadbir.councils.shown import Last, Line, Shown, told_by
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.law.words import beside
from tadbir.ui.dates import day_words, moment_words
from tadbir.ui.errors import Moved


def given_from(story: Story, dossier: Dossier) -> Fact | None:
    """How a dossier came to where it lies, where it came from another unit or officer that may have it again."""
    given = story.last("reassigned")
    if given is None or not given.data.get("from"):
        return None
    same = given.data["from"] == dossier.unit.code and given.data.get("from_person") == dossier.officer_id
    return None if same else given


def _is_of(person: Person, unit: str) -> bool:
    """Whether somebody works in a unit today, by its code."""
    roles, working = who.roles_of(person, today()), holders(Right.WORK_IN_UNIT)
    return any(role.quality in working and role.unit is not None and role.unit.code == unit for role in roles)


@dataclass(frozen=True)
class Given:
    """A dossier that somebody gave away: who has it now, how it stands, whether it was asked back already."""

    dossier: Dossier
    fact: Fact
    asked_back: Fact | None
    may_ask: bool  # it lies where he, or his unit, gave it: nobody gave it on since


def given_by(person: Person, number: str) -> Given | None:
    """A dossier that this person, or his unit, gave away and that he may no longer open; None for any other."""
    dossier = Dossier.objects.filter(number=number).select_related("unit", "officer", "sheet").first()
    if dossier is None:
        return None
    story = Story(list(dossiers.history(dossier)))
    gave = (fact for fact in reversed(story.of("reassigned")) if fact.data.get("from"))
    given = next((fact for fact in gave if fact.by_id == person.pk or _is_of(person, str(fact.data["from"]))), None)
    if given is None:
        return None
    asked, last = story.last("asked_back"), given_from(story, dossier)
    asked = asked if asked is not None and asked.pk > given.pk else None
    return Given(dossier, given, asked, last is not None and last.pk == given.pk)


def moved(given: Given) -> Moved:
    """What is said to somebody who sends something to a dossier that was given away: who gave it, when, to whom."""

    def words() -> str:
        told = _("%(by)s gave dossier %(number)s to somebody else, %(moment)s. It is now with: %(to)s.")
        to = beside(given.dossier.unit, given.dossier.officer)
        moment = moment_words(given.fact.happened_at)
        return told % {"by": given.fact.by, "number": given.dossier.number, "moment": moment, "to": to}

    way = (reverse("office-given", args=[given.dossier.number]), gettext_lazy("What became of this dossier"))
    return Moved(lazy(words, str)(), way)


def given_away(person: Person) -> QuerySet[Fact]:
    """Where this person gave an open dossier to somebody else, the newest first."""
    mine = Fact.objects.filter(by=person, kind="reassigned", dossier__closed_at__isnull=True)
    return mine.select_related("dossier__unit", "dossier__officer", "dossier__sheet").order_by("-pk")


def given_shown(given: Given) -> Shown:
    """What the page of a dossier that was given away displays of it."""
    dossier, asked = given.dossier, given.asked_back
    lines = [
        Line("unit", _("Unit"), str(dossier.unit), dossier.unit.code),
        Line("officer", _("Officer"), str(dossier.officer or ""), str(dossier.officer_id or "")),
        Line("closed", _("Closed"), day_words(local_date(dossier.closed_at)) if dossier.closed_at else ""),
        Line("asked", _("Asked back"), day_words(local_date(asked.happened_at)) if asked else ""),
    ]
    return told_by(Shown(f"given:{dossier.number}", lines), lambda key: _last_of(given, key))


def _last_of(given: Given, key: str) -> Last:
    """Who did last what a line of that page says, and when."""
    kinds = {"asked": ["asked_back"], "closed": [kind for kind, fact in law.FACTS.items() if fact.closes]}
    found = Fact.objects.filter(dossier=given.dossier, kind__in=kinds.get(key, ["reassigned"])).select_related("by")
    last = found.order_by("pk").last()
    return (str(last.by or ""), last.recorded_at) if last else ("", None)
