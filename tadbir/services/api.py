"""The services of the council as data, for machines: the same sheets and the same clock as the pages."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from tadbir import law
from tadbir.councils.clock import is_of_these_years
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.procedures import queries as procedures
from tadbir.procedures.models import Sheet
from tadbir.ui.machines import REFUSALS, NotHere, NotSo

router = Router()


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


@router.get("/services", response={200: list[ServiceOut], **REFUSALS})
def list_services(request: HttpRequest) -> Any:
    """The services the council offers."""
    return [ServiceOut.of(sheet) for sheet in procedures.open_sheets()]


@router.get("/services/{code}", response={200: ServiceOut, **REFUSALS})
def show_service(request: HttpRequest, code: str) -> Any:
    """One service."""
    sheet = procedures.current_sheet(code) if "\x00" not in code else None
    if sheet is None or not sheet.switched_on:
        raise NotHere(_("There is no such service."))
    return ServiceOut.of(sheet)


@router.get("/services/{code}/clock", response={200: list[ClockOut], **REFUSALS})
def count_clock(request: HttpRequest, code: str, complete_on: date) -> Any:
    """When an answer would be due, were the file complete on a day."""
    sheet = procedures.current_sheet(code) if "\x00" not in code else None
    if sheet is None or not sheet.is_adopted:
        raise NotHere(_("There is no such service."))
    if not is_of_these_years(complete_on, 2):
        raise NotSo(_("Choose a day of these years."))
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
