"""What somebody has in his name, and would leave behind: dossiers, duties, delegations, letters being written."""

from dataclasses import dataclass

from tadbir.acts.models import Draft
from tadbir.councils.clock import today
from tadbir.councils.models import Delegation, Person
from tadbir.councils.queries import holds, on_date, people_with
from tadbir.councils.rights import Right, holders
from tadbir.dossiers.models import Dossier, Duty

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


def held_by(person: Person) -> Held:
    """What is in this person's name."""
    mine = Dossier.objects.filter(officer=person, closed_at__isnull=True)
    return Held(
        dossiers=mine.count(),
        numbers=list(mine.order_by("pk").values_list("number", flat=True)[:NAMED]),
        duties=Duty.objects.filter(officer=person, over_on__isnull=True, type="duty").count(),
        delegations=list(Delegation.objects.filter(on_date(today()), delegate=person).order_by("pk")),
        drafts=Draft.objects.filter(prepared_by=person, act__isnull=True).count(),
        still=holds(person, Right.BE_GIVEN_A_DOSSIER, today()),
    )


def receivers(person: Person) -> list[Person]:
    """Those his dossiers may be given to today, the absent left out."""
    found = people_with(holders(Right.BE_GIVEN_A_DOSSIER), today()).exclude(pk=person.pk).order_by("name_ar", "pk")
    return [one for one in found if not one.is_absent(today())]
