"""The API: what the screens show, as data, described in OpenAPI 3.1. It calls the same queries and actions."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Schema
from ninja.security import SessionAuth

from tadbir import law
from tadbir.councils.clock import is_of_these_years
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Duty
from tadbir.procedures import queries as procedures
from tadbir.procedures.models import Sheet
from tadbir.services.public.access import open_by_code
from tadbir.services.queries.public_view import public_view_of
from tadbir.ui.errors import TooMany

api = NinjaAPI(title="Tadbir", version="1", docs_url=None, urls_namespace="api")


class Problem(Schema):
    """What every refusal says, in the reader's language."""

    detail: list[str]


REFUSALS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}


class ServiceOut(Schema):
    """A service of the catalogue."""

    code: str
    version: int
    status: str
    regime: str
    name_ar: str
    name_fr: str
    summary_ar: str
    summary_fr: str
    delay_days: int | None
    documents: list[dict[str, Any]]
    legal: list[dict[str, Any]]

    @classmethod
    def of(cls, sheet: Sheet) -> "ServiceOut":
        """A sheet as data; a draft shows no legal delay and requires no document."""
        body = sheet.parsed
        documents = [
            {"code": doc.code, "ar": doc.ar, "fr": doc.fr, "obtained_by": doc.obtained_by, "optional": doc.optional}
            for doc in body.documents
        ]
        return cls(
            code=sheet.code,
            version=sheet.version,
            status=sheet.status,
            regime=body.regime,
            name_ar=body.ar,
            name_fr=body.fr,
            summary_ar=body.summary_ar,
            summary_fr=body.summary_fr,
            delay_days=sheet.delay_days if sheet.is_adopted else None,
            documents=documents if sheet.is_adopted else [],
            legal=[{"ar": basis.ar, "fr": basis.fr, "confidence": basis.confidence} for basis in body.legal],
        )


class ClockOut(Schema):
    """A rule counted from a day, with its steps."""

    rule: str
    starts_on: date
    do_by: date | None
    lapses_on: date | None
    confidence: str
    steps: list[dict[str, Any]]


class DutyOut(Schema):
    """A duty of the person who asks."""

    dossier: str
    rule: str
    owner: str
    unit: str
    starts_on: date | None
    do_by: date | None
    suspended: bool
    sentence_ar: str
    sentence_fr: str

    @classmethod
    def of(cls, duty: Duty) -> "DutyOut":
        """A duty row as data."""
        told = duty.explanation
        return cls(
            dossier=duty.dossier.number,
            rule=duty.rule,
            owner=duty.owner,
            unit=duty.unit.code,
            starts_on=duty.starts_on,
            do_by=duty.do_by,
            suspended=duty.is_suspended,
            sentence_ar=told["ar"],
            sentence_fr=told["fr"],
        )


def _problem(request: HttpRequest, status: int, *texts: str) -> HttpResponse:
    return api.create_response(request, {"detail": [str(text) for text in texts]}, status=status)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _problem(request, 422, *error.messages)


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _problem(request, 403, str(error))


@api.get("/services", response={200: list[ServiceOut], **REFUSALS})
def list_services(request: HttpRequest) -> Any:
    """The services the council offers."""
    return [ServiceOut.of(sheet) for sheet in procedures.open_sheets()]


@api.get("/services/{code}", response={200: ServiceOut, **REFUSALS})
def show_service(request: HttpRequest, code: str) -> Any:
    """One service."""
    sheet = procedures.current_sheet(code) if "\x00" not in code else None
    if sheet is None or not sheet.switched_on:
        return _problem(request, 404, _("There is no such service."))
    return ServiceOut.of(sheet)


@api.get("/services/{code}/clock", response={200: list[ClockOut], **REFUSALS})
def count_clock(request: HttpRequest, code: str, complete_on: date) -> Any:
    """When an answer would be due, were the file complete on a day."""
    sheet = procedures.current_sheet(code) if "\x00" not in code else None
    if sheet is None or not sheet.is_adopted:
        return _problem(request, 404, _("There is no such service."))
    if not is_of_these_years(complete_on, 2):
        return _problem(request, 422, _("Choose a day of these years."))
    data = {"delay_days": sheet.delay_days, "delay_unit": "days", "investment": sheet.parsed.investment}
    facts = [law.Fact("1", "filed", complete_on, data, seq=1), law.Fact("2", "completed", complete_on, seq=2)]
    found = law.duties(sheet.regime, facts, clockwork.calendar(), complete_on, clockwork.rules())
    return [
        ClockOut(
            rule=duty.rule_id,
            starts_on=duty.starts_on,
            do_by=duty.do_by,
            lapses_on=duty.lapses_on,
            confidence=duty.confidence,
            steps=[{"ar": s.ar, "fr": s.fr, "iso": s.iso} for s in duty.steps],
        )
        for duty in found
        if duty.type == "duty" and duty.owner in dossiers.OURS
    ]


class FollowIn(Schema):
    """The number and the code of a dossier, as printed on its receipt."""

    number: str = Field(max_length=40)
    code: str = Field(max_length=40)


class FollowOut(Schema):
    """Where a dossier is."""

    number: str
    state: str
    opened_on: date
    do_by: date | None
    history: list[dict[str, Any]]


@api.exception_handler(TooMany)
def _too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    return _problem(request, 429, str(error))


@api.post("/follow", response={200: FollowOut, **REFUSALS})
def follow(request: HttpRequest, typed: FollowIn) -> Any:
    """Where a dossier is, for whoever has its number and code; wrong tries are limited as on the page."""
    clean = "\x00" not in typed.number + typed.code
    dossier = open_by_code(request, typed.number, typed.code) if clean else None
    if dossier is None:
        return _problem(request, 404, _("No dossier has this number and code."))
    shown = public_view_of(dossier)
    return FollowOut(
        number=dossier.number,
        state=shown.state,
        opened_on=dossier.opened_on,
        do_by=shown.clock["do_by"] if shown.clock else None,
        history=[{"at": step.at, "title": step.title} for step in shown.history],
    )


class Agent(SessionAuth):
    """An agent of this council, signed in."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The person, or nothing."""
        return getattr(request, "person", None)


@api.get("/duties", response={200: list[DutyOut], **REFUSALS}, auth=Agent())
def list_duties(request: HttpRequest, page: int = 1) -> Any:
    """My duties, soonest first, fifty a page."""
    if not 1 <= page <= 10_000:
        return _problem(request, 422, _("There is no such page."))
    person = request.person  # type: ignore[attr-defined]
    start = (page - 1) * 50
    return [DutyOut.of(duty) for duty in dossiers.duties_of(person)[start : start + 50]]
