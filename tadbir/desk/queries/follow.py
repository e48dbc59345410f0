"""One dossier as the person it concerns sees it: clock, history, papers, documents.

The vocabulary is the law's: a kind of fact says whether the person sees it. What the office says to itself (opinions,
reassignments, drafts) never passes here.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q

from tadbir import law
from tadbir.acts.kinds import given_at_once
from tadbir.acts.models import Act
from tadbir.acts.queries import act_by_number
from tadbir.councils.clock import local_date
from tadbir.councils.digits import western
from tadbir.councils.models import in_language
from tadbir.councils.scope import one_of
from tadbir.desk.matter import Matter, matter_of
from tadbir.desk.words import kind_name
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.dossiers.story import Story

_NUMBER = re.compile(r"(?:([A-Z]\d*)[\s/-]*)?(\d{4})[\s/-]+(\d{1,6})")
_WITH_ALL = ("applicant", "representative", "request", "sheet__unit", "unit")


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    at: datetime | date
    title: str
    text: str = ""
    corrected: bool = False


class Followed:
    """A dossier read once, whole, for the person who follows it. Nothing here writes."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @cached_property
    def matter(self) -> Matter:
        """What the domain of this dossier declared."""
        return matter_of(self.dossier.kind)

    @cached_property
    def regime(self) -> law.Regime | None:
        """The law that this dossier lives under."""
        return law.REGIMES.get(self.dossier.kind)

    @cached_property
    def name(self) -> str:
        """What it is about: its service, else its subject, else its kind."""
        if self.dossier.sheet:
            return self.dossier.sheet.parsed.name
        return self.dossier.subject or kind_name(self.dossier.kind)

    @cached_property
    def facts(self) -> list[Fact]:
        """Every fact, oldest first."""
        return list(Fact.objects.filter(dossier=self.dossier).select_related("content").order_by("pk"))

    @cached_property
    def story(self) -> Story:
        """What stands of the facts, and what waits."""
        return Story(self.facts)

    @cached_property
    def duties(self) -> list[Duty]:
        """Duties, rights and effects, by date."""
        return list(dossiers.duties(self.dossier))

    @cached_property
    def documents(self) -> list[Document]:
        """The documents that stand."""
        return list(dossiers.documents(self.dossier))

    @cached_property
    def clock(self) -> dict[str, Any] | None:
        """The clock that a reader looks at first; none under a draft sheet, which promises no delay."""
        if self.dossier.sheet and not dossiers.shows_delay(self.facts):
            return None
        chosen = dossiers.choose_clock(self.duties)
        return clock_of(chosen) if chosen else None

    @cached_property
    def papers(self) -> list[Act]:
        """The papers the person may fetch, oldest first: those given at once, an answer once it was notified."""
        acts = Act.objects.filter(dossier_ref=self.dossier.number).select_related("content").order_by("pk")
        return list(acts.filter(Q(kind__in=given_at_once()) | Q(notified_on__isnull=False)))

    @cached_property
    def history(self) -> list[Step]:
        """What happened that the person may know, oldest first."""
        sheet = self.dossier.sheet.parsed if self.dossier.sheet else None
        found = []
        for fact in self.facts:
            words = law.FACTS[fact.kind]
            inside = fact.kind == "lapsed" and fact.data.get("owner") in law.PERSONS
            if not words.shown or inside or fact.source == "relay":
                continue
            document = sheet.document(str(fact.data.get("document"))) if sheet and "document" in fact.data else None
            text = document.label if document else str(fact.data.get("dossier", ""))
            found.append(Step(_when(fact), in_language(words.ar, words.fr), text, fact.pk in self.story.voided))
        return found

    @cached_property
    def state(self) -> str:
        """A word for where it stands, for machines."""
        if self.matter.follow is not None:
            return self.matter.follow.state(self)
        return "closed" if self.dossier.closed_at else "open"


def clock_of(duty: Duty) -> dict[str, Any]:
    """A duty as the clock bar reads it. A person is only ever advised the earliest date."""
    told, theirs = duty.explanation, duty.owner in law.PERSONS
    return {
        "starts_on": duty.starts_on,
        "do_by": (duty.file_before or duty.do_by) if theirs else duty.do_by,
        "suspensions": duty.suspended,
        "discharged_on": duty.discharged_on,
        "sentence_ar": told.get("ar", ""),
        "sentence_fr": told.get("fr", ""),
        "article": told.get("article", ""),
        "law": told.get("law", ""),
        "confidence": told.get("confidence", ""),
        "steps": told.get("steps", []),
        "theirs": theirs,
    }


def _when(fact: Fact) -> datetime | date:
    """The moment it happened; the day alone when only the day is known (a lapse, a paper dated by hand)."""
    day = local_date(fact.happened_at)
    return day if clockwork.day_start(day) == fact.happened_at else fact.happened_at


def tidy_number(typed: str) -> str:
    """A number as it is printed, however it was typed: Arabic digits, small letters, spaces, no zeros, no letter."""
    text = "".join(sign for sign in western(typed).upper().strip() if sign.isascii() and sign.isprintable())
    found = _NUMBER.fullmatch(text)
    if not found:
        return text[:40]
    series, year, rank = found.groups()
    return f"{series or 'D'}-{year}-{int(rank):05d}"


def dossier_by_number(number: str) -> Dossier | None:
    """The dossier of a number; the number of its receipt does as well, people copy either."""
    found = one_of(Dossier.objects.filter(number=number).select_related(*_WITH_ALL))
    if found is None and number:
        act = act_by_number(number)
        if act is not None and act.dossier_ref:
            found = Dossier.objects.filter(number=act.dossier_ref).select_related(*_WITH_ALL).first()
    return found


def own_document(dossier: Dossier, document: int) -> Document | None:
    """One document that the person brought, with its file."""
    found = Document.objects.filter(dossier=dossier, pk=document).select_related("file")
    return found.exclude(file__isnull=True).first()
