"""What somebody has in his name, and would leave behind: dossiers, duties, delegations, letters being written."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tadbir.acts.models import Draft
from tadbir.councils.clock import today
from tadbir.councils.models import Delegation, Person
from tadbir.councils.powers import last_traced, person_shown
from tadbir.councils.queries import holds, on_date, people_with
from tadbir.councils.rights import Right, holders
from tadbir.councils.shown import Last, Line, Shown, told_by
from tadbir.dossiers.models import Dossier, Duty, Fact

#: Dossiers that a page names.
NAMED = 12


@dataclass(frozen=True)
class Held:
    """What is in somebody's name today."""

    dossiers: int
    numbers: list[str]
    duties: int
    delegations: list[Delegation]
    drafts: int
    still: bool  # whether he may go on working on them today

    @property
    def anything(self) -> bool:
        """Whether there is something to give."""
        return bool(self.dossiers or self.delegations or self.drafts)


def in_name_of(person: Person) -> QuerySet[Dossier]:
    """The open dossiers in this person's name, the oldest first."""
    return Dossier.objects.filter(officer=person, closed_at__isnull=True).order_by("pk")


def held_shown(person: Person) -> Shown:
    """What the forms that give his dossiers away display: his roles and absence, and each dossier that goes along."""
    rows, powers = in_name_of(person).values_list("pk", "number"), person_shown(person)
    lines = [Line(f"dossier:{pk}", _("A dossier in his name"), number) for pk, number in rows]
    return told_by(Shown(f"held:{person.pk}", [*powers.lines, *lines]), lambda key: _who(person, key))


def _who(person: Person, key: str) -> Last:
    """Who did last what a line says, and when: of a dossier, what gave it to him, took it away or closed it."""
    noun, _colon, pk = key.partition(":")
    if noun != "dossier":
        return last_traced(f"person:{person.pk}" if key == "absence" else key)
    last = Fact.objects.filter(Q(kind="reassigned") | Q(dossier__closed_at__isnull=False), dossier_id=int(pk))
    fact = (
        last.select_related("by").order_by("pk").last()
        or Fact.objects.filter(dossier_id=int(pk)).order_by("pk").first()
    )
    return (str(fact.by or ""), fact.recorded_at) if fact else ("", None)


def held_by(person: Person) -> Held:
    """What is in this person's name."""
    mine = in_name_of(person)
    return Held(
        dossiers=mine.count(),
        numbers=list(mine.values_list("number", flat=True)[:NAMED]),
        duties=Duty.objects.filter(officer=person, over_on__isnull=True, type="duty").count(),
        delegations=list(Delegation.objects.filter(on_date(today()), delegate=person).order_by("pk")),
        drafts=Draft.objects.filter(prepared_by=person, act__isnull=True).count(),
        still=holds(person, Right.BE_GIVEN_A_DOSSIER, today()),
    )


def receivers(person: Person) -> list[Person]:
    """Those his dossiers may be given to today, the absent left out."""
    found = people_with(holders(Right.BE_GIVEN_A_DOSSIER), today()).exclude(pk=person.pk).order_by("name_ar", "pk")
    return [one for one in found if not one.is_absent(today())]
