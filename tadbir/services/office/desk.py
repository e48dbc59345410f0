"""One dossier on an agent's desk: what the page of a dossier, its verbs and its answer read, each thing once."""

from functools import cached_property

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.actions import pdf_of
from tadbir.acts.models import Act, ContentErased
from tadbir.councils import office_queries as people
from tadbir.councils.actions import log_access
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Unit
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right, held_by
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.procedures.sheet import RequiredDocument
from tadbir.register.models import StoredFile
from tadbir.services.queries import agents as read
from tadbir.services.queries.public_view import shows_delay
from tadbir.ui.errors import Gone
from tadbir.ui.text import download_name

ASKING = frozenset({"replacement_asked", "original_asked", "information_asked"})


class Desk:
    """A dossier as one agent works on it. Nothing here writes."""

    def __init__(self, dossier: Dossier, person: Person, rights: frozenset[Right] = frozenset()) -> None:
        self.dossier, self.person, self.rights = dossier, person, rights

    @cached_property
    def facts(self) -> list[Fact]:
        """Every fact, oldest first."""
        return list(dossiers.history(self.dossier))

    @cached_property
    def voided(self) -> dict[int, Fact]:
        """The facts that were corrected, with the fact that did it."""
        return {fact.voids_id: fact for fact in self.facts if fact.voids_id}

    @cached_property
    def alive(self) -> list[Fact]:
        """The facts that stand."""
        return [fact for fact in self.facts if fact.pk not in self.voided and not fact.voids_id]

    def waiting(self, *kinds: str, but: str = "") -> list[Fact]:
        """Questions of these kinds that nothing answered yet (`but`: a fact that names them without answering)."""
        answered = {str(fact.data["asked"]) for fact in self.alive if "asked" in fact.data and fact.kind != but}
        return [fact for fact in self.alive if fact.kind in kinds and str(fact.pk) not in answered]

    @cached_property
    def questions(self) -> list[Fact]:
        """What was asked of the person and waits."""
        return self.waiting(*ASKING, but="request_received")

    @cached_property
    def not_yet_received(self) -> list[Fact]:
        """Requests to the person whose reception is not recorded: his thirty days have no certain start."""
        got = {str(fact.data.get("asked")) for fact in self.alive if fact.kind == "request_received"}
        listed = [fact for fact in self.alive if fact.kind == "missing_listed"] if self.missing_documents else []
        return [fact for fact in [*listed, *self.questions] if str(fact.pk) not in got]

    @cached_property
    def documents(self) -> list[Document]:
        """The documents that stand, each with its file."""
        return list(dossiers.documents(self.dossier))

    @cached_property
    def missing_documents(self) -> list[RequiredDocument]:
        """What was listed as missing and has not come."""
        if any(fact.kind == "completed" for fact in self.alive) or self.dossier.sheet is None:
            return []
        brought = {document.requirement for document in self.documents}
        listed = [fact for fact in self.alive if fact.kind == "missing_listed"]
        codes = [code for fact in listed for code in fact.data.get("documents", ())]
        found = [self.dossier.sheet.parsed.document(code) for code in codes if code not in brought]
        return [document for document in found if document]

    @cached_property
    def duties(self) -> list[Duty]:
        """Duties, rights and effects, by date."""
        return list(dossiers.duties(self.dossier))

    @cached_property
    def main_clock(self) -> Duty | None:
        """The clock that is read first: before the file is complete, the person's own."""
        return dossiers.choose_clock(self.duties)

    @cached_property
    def other_clocks(self) -> list[Duty]:
        """The other open clocks; not that of a right which the sheet leaves out."""
        main, sheet = self.main_clock, self.dossier.sheet
        without = {"PROC-EXTEND"} if sheet is None or not sheet.parsed.extendable else set()
        return [
            row
            for row in self.duties
            if row.over_on is None
            and row.do_by
            and row.type in ("duty", "right")
            and row.rule not in without
            and (main is None or row.pk != main.pk)
        ]

    @cached_property
    def works(self) -> bool:
        """Whether this agent may act in the dossier today."""
        return dossiers.works_on(self.person, self.dossier)

    @cached_property
    def at_counter(self) -> bool:
        """Whether this agent serves people at the counter today."""
        return Right.FILE_AT_COUNTER in self.rights

    @cached_property
    def shows_delay(self) -> bool:
        """Whether the request was filed under an adopted sheet."""
        return shows_delay(self.facts)

    def may(self, kind: str) -> law.Permission:
        """What the law says of a fact of this kind now."""
        return clockwork.may(self.dossier, kind, facts=self.facts)

    @cached_property
    def units(self) -> list[Unit]:
        """The units of the council."""
        return list(people.units())

    @cached_property
    def colleagues(self) -> list[Person]:
        """Those a dossier may be given to today, the absent last."""
        found = [one.person for one in people.with_roles(list(people.people()), today()) if one.roles]
        return sorted(found, key=lambda person: person.is_absent(today()))


def dossier_of(request: OfficeRequest, number: str) -> Dossier:
    """A dossier this agent may open. Raises Http404: who may not see it does not learn that it exists."""
    found = dossiers.get_visible(request.person, number)
    if found is None:
        raise Http404
    return found


def desk_of(request: OfficeRequest, number: str) -> Desk:
    """The desk of a dossier this agent may open."""
    return Desk(dossier_of(request, number), request.person, held_by(request.qualities))


def dossier_at_counter(request: OfficeRequest, number: str, just_filed: bool) -> Dossier:
    """A dossier at the counter: one this agent may open, or the one he filed a moment ago for another unit."""
    found = read.any_dossier(number) if just_filed else dossiers.get_visible(request.person, number)
    if found is None:
        raise Http404
    return found


def document_of(dossier: Dossier, pk: int) -> Document | None:
    """One document of a dossier."""
    return read.document_of(dossier, pk)


def note_reading(request: OfficeRequest, dossier: Dossier, purpose: str) -> None:
    """Write in the access log that this agent read this dossier (law 09-08, articles 23 and 24)."""
    log_access(request.person, f"dossier:{dossier.pk}", purpose)


def typed_digest(request: OfficeRequest) -> str:
    """What was typed and sent, as a keyed hash: a form sent again with other content is no repetition."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, file.name or "", file.size) for name, many in request.FILES.lists() for file in many)
    return salted_hmac("tadbir.typed", repr((typed, files)), algorithm="sha256").hexdigest()


def attachment(file: StoredFile, name: str) -> FileResponse:
    """Send a file to be saved: never shown inside our origin."""
    try:
        stream = file.open()
    except FileNotFoundError as error:
        raise Gone(_("This file was erased as the law on personal data asks.")) from error
    name = download_name(name, file.media_type)
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=file.media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def paper_response(act: Act) -> HttpResponseBase:
    """The sealed PDF of an act."""
    try:
        return attachment(pdf_of(act), f"{act.number.replace('/', '-')}.pdf")
    except ContentErased as error:
        raise Gone(_("This paper was erased as the law on personal data asks.")) from error
