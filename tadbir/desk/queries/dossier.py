"""What the page of one dossier reads besides its desk: links, one document, one paper, opinions asked of a unit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from tadbir import law
from tadbir.acts.models import Act, Scan
from tadbir.councils import queries as who
from tadbir.councils.clock import today
from tadbir.councils.models import Role, Unit
from tadbir.councils.rights import Right, holders
from tadbir.desk.queries.finding import newest
from tadbir.dossiers.models import Document, Dossier, Fact


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
    found = Act.objects.filter(dossier_ref=dossier.number, number=number)
    return found.select_related("content", "notified_file").first()


def scan_of(dossier: Dossier, pk: int) -> Scan | None:
    """One scan of a signed paper of a dossier."""
    return Scan.objects.filter(pk=pk, act__dossier_ref=dossier.number).select_related("act", "file").first()


def opinions_asked(roles: Sequence[Role]) -> list[Fact]:
    """The opinions asked of one's units that wait, the oldest first (open dossiers only)."""
    return _asked_of(_answered_for(roles))


def was_asked(roles: Sequence[Role], pk: int) -> Fact | None:
    """An opinion that was asked of one's units, whether it waits or not."""
    return Fact.objects.filter(kind="opinion_asked", data__unit__in=_answered_for(roles), pk=pk).first()


def _answered_for(roles: Sequence[Role]) -> list[str]:
    return [role.unit.code for role in roles if role.unit and role.quality in holders(Right.GIVE_OPINIONS)]


def opinions_of_nobody() -> list[Fact]:
    """Those that wait and were asked of a unit where nobody can answer today."""
    answering = who.units_with(holders(Right.GIVE_OPINIONS), today())
    return _asked_of(list(Unit.objects.exclude(pk__in=answering).values_list("code", flat=True)))


def _asked_of(codes: list[str]) -> list[Fact]:
    if not codes:
        return []
    asked = Fact.objects.filter(kind="opinion_asked", data__unit__in=codes, dossier__closed_at__isnull=True)
    rows = list(asked.select_related("dossier", "dossier__request", "dossier__unit", "content", "by").order_by("pk"))
    answers = Fact.objects.filter(kind__in=law.ANSWERS["opinion_asked"], dossier__in=[fact.dossier_id for fact in rows])
    given = {str(data.get("asked")) for data in answers.values_list("data", flat=True)}
    voided = set(Fact.objects.filter(voids__in=rows).values_list("voids", flat=True))
    return [fact for fact in rows if str(fact.pk) not in given and fact.pk not in voided]


def question_of(fact: Fact) -> str:
    """What an officer wrote in a question; empty once erased."""
    return str(fact.words.get("reason", ""))
