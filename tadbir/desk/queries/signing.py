"""What waits for one's signature, and what others recorded as signed by one's hand."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tadbir.acts.models import Act, Draft
from tadbir.councils.models import AccessLogEntry, Person, Unit
from tadbir.councils.queries import signing_power, signing_powers
from tadbir.dossiers.models import Dossier, Fact


def unsigned() -> QuerySet[Draft]:
    """Letters that are written and that nobody signed."""
    return Draft.objects.filter(signed_on__isnull=True, act__isnull=True)


def waiting() -> QuerySet[Draft]:
    """Those of them that wait for a signature: none that was sent back and not submitted again."""
    return unsigned().filter(sent_back_at__isnull=True)


def to_sign(person: Person, day: date) -> QuerySet[Draft]:
    """The letters of open dossiers that wait for a signature which this person has the power to give on a day."""
    return within_power(person, day).filter(sent_back_at__isnull=True)


def beside(numbers: Iterable[str], mine: QuerySet[Draft]) -> list[tuple[Draft, bool]]:
    """The letters of these dossiers that wait for a signature, each with whether it is among `mine`."""
    found = waiting().filter(dossier_ref__in=list(numbers)).annotate(is_mine=Exists(mine.filter(pk=OuterRef("pk"))))
    return [(one, one.is_mine) for one in found.order_by("pk")]


def within_power(person: Person, day: date) -> QuerySet[Draft]:
    """The same, and those that were sent back."""
    within = Q(pk__in=())
    powers = signing_powers(person, day)
    units = list(Unit.objects.select_related("parent")) if any(power.limits for power, _kinds in powers) else []
    for power, kinds in powers:
        reached = Dossier.objects.filter(closed_at__isnull=True)
        if power.limits:
            reached = reached.filter(unit__in=[unit.pk for unit in units if power.reaches(unit)])
        wanted = Q(dossier_ref__in=reached.values("number"))
        within |= wanted if "*" in kinds else wanted & Q(kind__in=kinds)
    return unsigned().filter(within)


def signed(person: Person, pk: int, day: date) -> Act | None:
    """What a letter became that this person signed, or that another one did while he could sign it too."""
    act = Act.objects.filter(draft=pk).select_related("signed_by", "recorded_by").first()
    dossier = dossier_of(act) if act else None
    if act is None or dossier is None:
        return None
    able = act.signed_by_id == person.pk or signing_power(person, act.kind, day, dossier.unit) is not None
    return act if able else None


def prepared_without_act(pk: int) -> Draft | None:
    """A letter of any dossier that became no act yet."""
    return Draft.objects.filter(pk=pk, act__isnull=True).first()


def could_sign(person: Person, paper: Draft, dossier: Dossier, day: date) -> bool:
    """Whether somebody had the power to sign a letter on a day, whatever became of its dossier."""
    return signing_power(person, paper.kind, day, dossier.unit) is not None


def reaches(person: Person, dossier: Dossier, day: date) -> bool:
    """Whether some power to sign that this person has on a day is for the unit of a dossier."""
    return any(power.reaches(dossier.unit) for power, _kinds in signing_powers(person, day))


_DROPPED = 200


def newest_dropped() -> list[Fact]:
    """The facts that say that a letter is no longer there, the newest first: an old page asks for one of them."""
    found = Fact.objects.filter(kind="letter_dropped").select_related("content", "by", "dossier__unit")
    return list(found.order_by("-pk")[:_DROPPED])


def prepared(dossier: Dossier, pk: int) -> Draft | None:
    """One paper of a dossier that was prepared to be signed, whatever became of it."""
    papers = Draft.objects.filter(pk=pk, dossier_ref=dossier.number)
    return papers.select_related("prepared_by", "printed", "act").first()


def recorded_as_mine(person: Person) -> QuerySet[Act]:
    """The acts that somebody else recorded as signed by this person, those that wait for their scan first."""
    mine = Act.objects.filter(signed_by=person, recorded_by__isnull=False, status=Act.Status.VALID)
    found = mine.exclude(recorded_by=person).filter(content__erased_at__isnull=True)
    return found.select_related("recorded_by").order_by("scan_recognised", "-pk")


_NEWEST = 20


def unseen_as_mine(person: Person) -> list[Act]:
    """The newest acts that somebody else recorded as signed by this person and whose page he never opened, as the
    access log says."""
    found = list(recorded_as_mine(person).order_by("-pk")[:_NEWEST])
    subjects = [subject_of(act) for act in found]
    seen = AccessLogEntry.objects.filter(subject__in=subjects, person=person, purpose="recorded")
    known = set(seen.values_list("subject", flat=True)) if found else set()
    return [act for act in found if subject_of(act) not in known]


def subject_of(act: Act) -> str:
    """How the access log names an act."""
    return f"act:{act.number}"


def contested(person: Person, number: str) -> Act | None:
    """One act that somebody else recorded as signed by this person, however old."""
    mine = Act.objects.filter(signed_by=person, recorded_by__isnull=False, number=number).exclude(recorded_by=person)
    return mine.select_related("recorded_by", "signed_by", "content").first()


def dossier_of(paper: Draft | Act) -> Dossier | None:
    """The dossier of a paper."""
    return Dossier.objects.filter(number=paper.dossier_ref).select_related("unit", "applicant").first()


def dossiers_of(drafts: Sequence[Draft]) -> dict[str, Dossier]:
    """The dossiers of letters by number, in one question."""
    numbers = [draft.dossier_ref for draft in drafts]
    return {row.number: row for row in Dossier.objects.filter(number__in=numbers).select_related("applicant", "unit")}
