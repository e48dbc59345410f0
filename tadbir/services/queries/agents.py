"""What the office pages read: duties, trays, search, one dossier on one page. Everything starts from who asks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tadbir.acts.models import Act
from tadbir.acts.models import Draft as ActDraft
from tadbir.councils.clock import today
from tadbir.councils.digits import western
from tadbir.councils.models import Person, Quality, Role
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Document, Dossier, Duty, Fact, Never
from tadbir.law import PERSONS
from tadbir.services.search import TYPE
from tadbir.textsearch.queries import found_ids

#: Words that a list of duties shows of a dossier, in one query.
_SHOWN = ("dossier__applicant", "dossier__request", "unit", "officer")
FOUND_AT_MOST = 200


def my_work(person: Person, roles: Sequence[Role]) -> Q:
    """The duties this person answers for (the same people as `dossiers.queries.works_on`)."""
    qualities = {role.quality for role in roles}
    if qualities & {Quality.DIRECTOR, Quality.PRESIDENT}:
        return Q()
    working = [role.unit_id for role in roles if role.quality in (Quality.HEAD, Quality.OFFICER)]
    mine = Q(officer=person) | Q(unit__in=working)
    if Quality.INFORMATION_OFFICER in qualities:
        mine |= Q(dossier__kind="31-13")
    return mine


def open_duties(visible: QuerySet[Dossier]) -> QuerySet[Duty]:
    """Open duties that the council owes in these dossiers, soonest first, the suspended last."""
    return (
        Duty.objects.filter(
            Exists(visible.filter(pk=OuterRef("dossier"))), over_on__isnull=True, type="duty", owner__in=dossiers.OURS
        )
        .annotate(due=Coalesce("do_by", Never()))
        .select_related("dossier", *_SHOWN)
        .prefetch_related("dossier__sheet")  # a sheet is long and stands in many rows: it is read once
    )


def duties_for(
    person: Person, roles: Sequence[Role], visible: QuerySet[Dossier], *, show: str, late: bool
) -> QuerySet[Duty]:
    """My duties: those I answer for; `mine`: only what is in my name; `all`: whatever I may see."""
    found = open_duties(visible)
    if show == "mine":
        found = found.filter(officer=person)
    elif show != "all":
        found = found.filter(my_work(person, roles))
    return found.filter(do_by__lt=today(), is_suspended=False) if late else found


# --- trays -------------------------------------------------------------------------------------------------


def _numbers(visible: QuerySet[Dossier]) -> Any:
    return visible.values("number")


def waiting_for_person(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers that wait for something from the person who asked."""
    open_ones = Duty.objects.filter(over_on__isnull=True)
    stopped = open_ones.filter(is_suspended=True).values("dossier")  # two questions: each has an index that answers it
    theirs = open_ones.filter(type="duty", owner__in=PERSONS).values("dossier")
    return visible.filter(Q(pk__in=stopped) | Q(pk__in=theirs), closed_at__isnull=True)


def waiting_signature(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers whose answer is written and not signed."""
    drafts = ActDraft.objects.filter(kind="outcome", signed_on__isnull=True, act__isnull=True)
    return visible.filter(closed_at__isnull=True, number__in=drafts.values("dossier_ref"))


def waiting_notification(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers whose answer is signed and whose person was not notified yet."""
    acts = Act.objects.filter(kind="outcome", status="valid", notified_on__isnull=True)
    return visible.filter(number__in=acts.values("dossier_ref"))


def waiting_scan(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with a paper taken at the counter, or an answer signed by hand, that was not scanned yet.

    A document without a name was erased: it waits for nothing.
    """
    papers = Document.objects.filter(file__isnull=True, replaced_by__isnull=True, name__gt="")
    acts = Act.objects.filter(signed_means="wet_ink", signed_file__isnull=True, content__erased_at__isnull=True)
    return visible.filter(Q(pk__in=papers.values("dossier")) | Q(number__in=acts.values("dossier_ref")))


TRAYS = {
    "person": waiting_for_person,
    "signature": waiting_signature,
    "notify": waiting_notification,
    "scan": waiting_scan,
}


def tray_counts(visible: QuerySet[Dossier]) -> dict[str, int]:
    """How many dossiers lie in each tray, in one query."""
    counted = [
        tray(visible)
        .order_by()
        .values(council_id_=F("council_id"))
        .annotate(tray=Value(name), many=Count("pk"))
        .values("tray", "many")
        for name, tray in TRAYS.items()
    ]
    rows = counted[0].union(*counted[1:], all=True)
    return dict.fromkeys(TRAYS, 0) | {row["tray"]: row["many"] for row in rows}


def in_tray(visible: QuerySet[Dossier], tray: str) -> QuerySet[Dossier]:
    """The dossiers of a tray."""
    return TRAYS[tray](visible).select_related("applicant", "request", "sheet", "unit", "officer")


# --- what is late -------------------------------------------------------------------------------------------


def late_duties(visible: QuerySet[Dossier], unit: int | None = None) -> QuerySet[Duty]:
    """What is late, the oldest first."""
    found = open_duties(visible).filter(do_by__lt=today(), is_suspended=False)
    return found.filter(unit=unit) if unit else found


def late_by_unit(visible: QuerySet[Dossier]) -> list[dict[str, Any]]:
    """For each unit: how many duties are open, how many are late, since when."""
    late = Q(do_by__lt=today(), is_suspended=False)
    rows = (
        Duty.objects.filter(
            dossier__in=visible.values("pk"), over_on__isnull=True, type="duty", owner__in=dossiers.OURS
        )
        .values("unit", "unit__name_ar", "unit__name_fr")
        .annotate(open=Count("pk"), late=Count("pk", filter=late), oldest=Min("do_by", filter=late))
        .order_by("-late", "unit")
    )
    return [dict(row) for row in rows]


# --- finding ------------------------------------------------------------------------------------------------


def newest(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers, the newest first."""
    return visible.select_related("applicant", "request", "unit", "officer").prefetch_related("sheet")


def _said(question: str) -> set[str]:
    """The ways a question may have been kept: a telephone number as it is dialled, and with the country's code."""
    digits = western(re.sub(r"[\s().\-/]", "", question))
    if (home := re.fullmatch(r"(?:\+212|00212|0)(\d{9})", digits)) is not None:
        return {f"0{home[1]}", f"212{home[1]}"}
    return {question}


def find(visible: QuerySet[Dossier], question: str) -> list[str]:
    """Numbers of dossiers, by number, name, telephone or words of the subject, the newest first."""
    ids = {int(found) for said in _said(question) for found in found_ids(said, TYPE, limit=FOUND_AT_MOST)}
    named = Q(pk__in=ids) | Q(number__iexact=question.strip())
    return list(visible.filter(named).order_by("-opened_at", "-pk").values_list("number", flat=True))


def numbered(visible: QuerySet[Dossier], numbers: Sequence[str]) -> list[Dossier]:
    """The dossiers of these numbers, in their order."""
    found = {dossier.number: dossier for dossier in newest(visible).filter(number__in=numbers)}
    return [found[number] for number in numbers if number in found]


def dossier_clocks(rows: Sequence[Dossier]) -> dict[int, Duty]:
    """The clock of each dossier of a page, in one query: the soonest open duty, the council's own first."""
    found: dict[int, Duty] = {}
    duties = Duty.objects.filter(dossier__in=rows, over_on__isnull=True, type="duty").order_by(
        "is_suspended", "do_by", "pk"
    )
    for duty in sorted(duties, key=lambda duty: duty.owner not in dossiers.OURS):
        found.setdefault(duty.dossier_id, duty)
    return found


@dataclass(frozen=True)
class Row:
    """A dossier of a list with its clock."""

    dossier: Dossier
    clock: Duty | None = None


def with_clocks(rows: Sequence[Dossier]) -> list[Row]:
    """A page of dossiers, each with the clock a reader looks at first."""
    clocks = dossier_clocks(rows)
    return [Row(dossier, clocks.get(dossier.pk)) for dossier in rows]


@dataclass
class Links:
    """The dossiers that one is linked to."""

    out: list[Any] = field(default_factory=list)
    back: list[Any] = field(default_factory=list)


def links_of(dossier: Dossier, visible: QuerySet[Dossier]) -> Links:
    """The links of a dossier whose other end this person may open."""
    seen = visible.values("pk")
    return Links(
        list(dossier.links_out.filter(target__in=seen).select_related("target")),
        list(dossier.links_in.filter(source__in=seen).select_related("source")),
    )


def any_dossier(number: str) -> Dossier | None:
    """A dossier by number, for whoever filed it a moment ago and may not see it otherwise."""
    return newest(Dossier.objects.filter(number=number)).first()


def document_of(dossier: Dossier, pk: int) -> Document | None:
    """One document of a dossier, with its file."""
    return Document.objects.filter(dossier=dossier, pk=pk).select_related("file", "dossier").first()


def act_of(dossier: Dossier, number: str) -> Act | None:
    """One paper of a dossier."""
    return Act.objects.filter(dossier_ref=dossier.number, number=number).select_related("content").first()


def opinions_asked(roles: Sequence[Role]) -> list[Fact]:
    """The opinions asked of one's units that wait, the oldest first (open dossiers only)."""
    codes = [role.unit.code for role in roles if role.unit and role.quality in (Quality.HEAD, Quality.OFFICER)]
    if not codes:
        return []
    asked = Fact.objects.filter(kind="opinion_asked", data__unit__in=codes, dossier__closed_at__isnull=True)
    rows = list(asked.select_related("dossier", "dossier__request", "dossier__unit", "content", "by").order_by("pk"))
    answers = Fact.objects.filter(kind="opinion_received", dossier__in=[fact.dossier_id for fact in rows])
    given = {str(data.get("asked")) for data in answers.values_list("data", flat=True)}
    voided = set(Fact.objects.filter(voids__in=rows).values_list("voids", flat=True))
    return [fact for fact in rows if str(fact.pk) not in given and fact.pk not in voided]


def question_of(fact: Fact) -> str:
    """What an officer wrote in a question; empty once erased."""
    return str(((fact.content.body if fact.content else None) or {}).get("reason", ""))
