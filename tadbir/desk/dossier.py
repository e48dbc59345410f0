"""One dossier on an agent's desk: what its page, its verbs and its answer read, each thing once."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act, Draft, Scan
from tadbir.acts.queries import acts_of
from tadbir.councils import queries as who
from tadbir.councils.actions import log_access
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Role, Unit, in_language
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right, holders
from tadbir.councils.shown import Shown
from tadbir.desk.added import TO_REMEDY, name_in
from tadbir.desk.giving import given_by, given_from, moved
from tadbir.desk.papers import Granted, Step, granted_in, may_write, step_of, to_answer, unsigned, waits_to_take
from tadbir.desk.shown import dossier_shown
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.dossiers.story import Story
from tadbir.law.words import beside
from tadbir.procedures.sheet import RequiredDocument, SheetBody


class Desk:
    """A dossier as one agent works on it. Nothing here writes."""

    def __init__(
        self, dossier: Dossier, person: Person, qualities: frozenset[str] = frozenset(), about: str = ""
    ) -> None:
        self.dossier, self.person, self.qualities = dossier, person, qualities
        self.about = about  # the entry that an address or a form names
        self.strikable: list[Fact] | None = (
            None  # what its agent may strike out, once `forms.verbs.correctable` found it
        )

    @cached_property
    def regime(self) -> law.Regime | None:
        """The law that this dossier lives under; None for a kind that nobody declared."""
        return law.REGIMES.get(self.dossier.kind)

    @cached_property
    def sheet(self) -> SheetBody | None:
        """The sheet of its service, where it has one."""
        return self.dossier.sheet.parsed if self.dossier.sheet else None

    @cached_property
    def facts(self) -> list[Fact]:
        """Every fact, oldest first."""
        return list(dossiers.history(self.dossier))

    @cached_property
    def story(self) -> Story:
        """What stands of the facts, and what waits."""
        return Story(self.facts)

    @cached_property
    def shown(self) -> Shown:
        """What its page displays, that a verb confirms."""
        return dossier_shown(self.dossier, self.facts)

    @cached_property
    def asked(self) -> Fact | None:
        """The appeal, complaint or grievance that the next answer answers; None while it answers the request itself."""
        return to_answer(self.dossier, self.story)

    @cached_property
    def asked_name(self) -> str:
        """What the law of this dossier calls the remedy that the next answer answers; empty for the request itself."""
        remedy = self.regime.remedy(self.asked.kind) if self.regime and self.asked else None
        return in_language(remedy.name.ar, remedy.name.fr) if remedy else ""

    @cached_property
    def may_write_answer(self) -> law.Permission:
        """Whether the next answer may be written now: to the appeal that waits, or to the request."""
        return self.may(may_write(self.asked))

    @cached_property
    def granted(self) -> Granted | None:
        """What a remedy granted, which the next answer gives; None where it answers a remedy, or nothing is owed."""
        return None if self.asked else granted_in(self.dossier, self.story)

    @cached_property
    def letters(self) -> dict[str, tuple[Draft, Step]]:
        """The letters that wait for their signature, by the step that each would take."""
        return {step.fact: (draft, step) for draft in self.unsigned if (step := step_of(draft))}

    @cached_property
    def unsigned(self) -> list[Draft]:
        """Every paper that is written and that nobody signed, answers too, oldest first."""
        return unsigned(self.dossier)

    def signed_letter(self, fact: str) -> Act | None:
        """The letter that takes this step, signed, which the person was not notified of yet."""
        return next((act for act in self.acts if waits_to_take(act, fact)), None)

    @cached_property
    def questions(self) -> list[Fact]:
        """What was asked of the person and waits."""
        return self.story.asked_of("person")

    @cached_property
    def not_yet_received(self) -> list[Fact]:
        """Requests to the person whose reception is not recorded: his thirty days have no certain start."""
        return self.story.not_received(self.missing_documents)

    @cached_property
    def documents(self) -> list[Document]:
        """The documents that stand, each with its file."""
        return list(dossiers.documents(self.dossier))

    @cached_property
    def withdrawn_documents(self) -> list[Document]:
        """Those that were put there by mistake, with their hashes."""
        if self.story.first("document_withdrawn") is None:
            return []
        return list(Document.objects.filter(dossier=self.dossier, withdrawn=True).select_related("file").order_by("pk"))

    @cached_property
    def scans(self) -> dict[str, Scan]:
        """The scans of signed papers that stand, by the name that a form gives them."""
        found = [scan for act in self.acts for scan in act.scans.all() if scan.withdrawn_at is None]
        return {f"scan:{scan.pk}": scan for scan in found}

    def document_name(self, document: Document) -> str:
        """What a document is called: as on the sheet; what the person did, by that; else as it was brought."""
        asked = self.sheet.document(document.requirement) if self.sheet else None
        if asked is None:
            came = next((one for one in self.facts if one.pk == document.fact_id), None)
            if came is not None and came.kind == "document_added" and "asked" in came.data:
                return self._numbered(_("Document with the answer"), document)
            did = came is not None and came.kind in (*law.OF_PERSON, *TO_REMEDY)
            said = name_in(came, self.facts, self.dossier.kind) if came is not None and did else document.name
            return in_language(document.name, said) or _("another document")
        return self._numbered(asked.label, document)

    def _numbered(self, label: str, document: Document) -> str:
        alike = [one.pk for one in self.documents if one.requirement == document.requirement]
        rank = alike.index(document.pk) + 1 if document.pk in alike else 1
        return f"{label} ({rank})" if rank > 1 else label

    @cached_property
    def given_by(self) -> Fact | None:
        """How it came to this unit, where somebody gave it and may take it back."""
        return given_from(self.story, self.dossier)

    @cached_property
    def missing_documents(self) -> list[RequiredDocument]:
        """What was listed as missing and has not come."""
        brought = {document.requirement for document in self.documents}
        return self.story.missing(self.sheet, self.dossier.applicant_kind, brought)

    @cached_property
    def acts(self) -> list[Act]:
        """The papers issued in it, oldest first."""
        return acts_of(self.dossier.number)

    @cached_property
    def duties(self) -> list[Duty]:
        """Duties, rights and effects, by date."""
        return clockwork.explain(self.dossier, dossiers.duties(self.dossier), self.facts)

    @cached_property
    def main_clock(self) -> Duty | None:
        """The clock that is read first: before the file is complete, the person's own."""
        return dossiers.choose_clock(self.duties)

    @property
    def answer_clock(self) -> Duty | None:
        """The clock of what the next answer answers: of the remedy that waits, else of the request."""
        return self.clock_of(str(self.asked.pk) if self.asked else "")

    def clock_of(self, entry: str) -> Duty | None:
        """The clock of the answer to the entry of this key, as a remedy, if any; empty: that of the request itself."""
        filed = {str(fact.pk) for fact in self.story.of(*law.REOPENING)}
        owed = (row for row in self.duties if row.trigger == entry and row.over_on is None and row.do_by)
        return next(owed, None) if entry else dossiers.choose_clock([x for x in self.duties if x.trigger not in filed])

    @cached_property
    def works(self) -> bool:
        """Whether this agent may act in the dossier today."""
        return dossiers.works_on(self.person, self.dossier)

    @cached_property
    def officer_left(self) -> bool:
        """Whether the dossier still names somebody who can no longer be in charge of it."""
        officer = self.dossier.officer
        return officer is not None and dossiers.gone().filter(pk=officer.pk).exists()

    def holds(self, right: Right) -> bool:
        """Whether this agent has a right today."""
        return bool(self.qualities & holders(right))

    @cached_property
    def at_counter(self) -> bool:
        """Whether this agent serves people at the counter today."""
        return self.holds(Right.FILE_AT_COUNTER)

    @cached_property
    def hands_over(self) -> bool:
        """Whether this agent may record that the person took a signed paper: who works on it, or serves him."""
        return self.works or self.holds(Right.SERVE_AT_COUNTER)

    @cached_property
    def shows_delay(self) -> bool:
        """Whether the person was told a legal delay: not under a draft sheet."""
        return dossiers.shows_delay(self.facts)

    @cached_property
    def standing(self) -> law.State:
        """What its facts make of it today, from which every permission of its page is read."""
        return clockwork.standing(self.dossier, facts=self.facts)

    def may(self, kind: str, data: Mapping[str, Any] | None = None) -> law.Permission:
        """What the law says of a fact of this kind now."""
        return law.permitted(self.standing, kind, data or {})

    def until(self, step: Step) -> date | None:
        """The last day on which the law allows what a letter does; None where it sets none, or it stands already."""
        return None if step.about else self.may(step.fact, step.data).until

    @property
    def has_mail(self) -> bool:
        """Whether the person, or whoever acts for him, left an e-mail: without one nothing was sent by it."""
        return any(one and one.email for one in (self.dossier.applicant, self.dossier.representative))

    @cached_property
    def units(self) -> list[Unit]:
        """The units of the council."""
        return list(who.units())

    @cached_property
    def colleagues(self) -> list[Role]:
        """The roles of those a dossier may be given to today, unit by unit, the absent last in each."""
        found = who.roles_with(holders(Right.BE_GIVEN_A_DOSSIER), today())
        return sorted(found, key=lambda role: (role.unit.code if role.unit else "", role.person.is_absent(today())))

    @cached_property
    def _people(self) -> dict[int, Person]:
        """Those to whom it was given, by their keys."""
        keys = {fact.data["person"] for fact in self.facts if fact.data.get("person")}
        return Person.objects.in_bulk(keys) if keys else {}

    def to_whom(self, fact: Fact) -> str:
        """The unit that was asked or answered, or to which it was given, and the officer; empty for other facts."""
        unit = next((unit for unit in self.units if unit.code == fact.data.get("unit")), None) if fact.data else None
        return beside(unit or "", self._people.get(fact.data.get("person") or 0, ""))

    def fact(self, pk: str) -> Fact:
        """One fact of this dossier, as a form names it. Raises Http404 for another one."""
        found = next((fact for fact in self.facts if str(fact.pk) == pk), None)
        if found is None:
            raise Http404
        return found


def dossier_of(request: OfficeRequest, number: str) -> Dossier:
    """A dossier this agent may open. Raises Moved for one that he or his unit gave away, else Http404: who may not see
    it does not learn that it exists."""
    found = dossiers.get_visible(request.person, number)
    if found is None:
        if given := given_by(request.person, number):
            raise moved(given)
        raise Http404
    return found


def desk_of(request: OfficeRequest, number: str) -> Desk:
    """The desk of a dossier this agent may open."""
    about = request.POST.get("fact") or request.GET.get("fact", "")
    return Desk(dossier_of(request, number), request.person, request.qualities, about)


def working_desk(request: OfficeRequest, number: str) -> Desk:
    """The desk of somebody who works on the dossier. Raises PermissionDenied for one who only sees it."""
    desk = desk_of(request, number)
    if not desk.works:
        raise PermissionDenied(_("This dossier is not yours to work on."))
    return desk


def note_reading(request: OfficeRequest, dossier: Dossier, purpose: str) -> None:
    """Write in the access log that this agent read this dossier (law 09-08, articles 23 and 24)."""
    log_access(request.person, f"dossier:{dossier.pk}", purpose)
