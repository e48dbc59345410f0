"""Where a dossier is, and my duties, as data for machines: the same queries as the pages, the same limits."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.security import SessionAuth

from tadbir.acts.models import Act
from tadbir.desk.followed import Followed
from tadbir.desk.matter import state_of
from tadbir.desk.public.access import open_by_code
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Duty
from tadbir.dossiers.why import sentence_of
from tadbir.ui.machines import REFUSALS, NotHere, NotSo

router = Router()


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
        said = sentence_of(duty)
        return cls(
            dossier=duty.dossier.number,
            rule=duty.rule,
            owner=duty.owner,
            unit=duty.unit.code,
            starts_on=duty.starts_on,
            do_by=duty.do_by,
            suspended=duty.is_suspended,
            sentence_ar=said.ar,
            sentence_fr=said.fr,
        )


class FollowIn(Schema):
    """The number and the code of a dossier, as printed on its receipt."""

    number: str = Field(max_length=40)
    code: str = Field(max_length=40)


class PaperOut(Schema):
    """A paper that its person may have: who signed it, in what quality and how, and who recorded that."""

    number: str
    kind: str
    issued_on: date
    signed_by: str
    signed_quality: str
    signed_on: date | None
    signed: str
    recorded_by: str

    @classmethod
    def of(cls, act: Act) -> "PaperOut":
        """An act as data; what nobody signs has an empty state."""
        return cls(
            number=act.number,
            kind=act.kind,
            issued_on=act.date,
            signed_by=str(act.signed_by or ""),
            signed_quality=act.signed_quality,
            signed_on=act.signed_on,
            signed=act.signature_state,
            recorded_by=str(act.recorded_by or ""),
        )


class FollowOut(Schema):
    """Where a dossier is."""

    number: str
    state: str
    opened_on: date
    do_by: date | None
    history: list[dict[str, Any]]
    papers: list[PaperOut]


@router.post("/follow", response={200: FollowOut, **REFUSALS})
def follow(request: HttpRequest, typed: FollowIn) -> Any:
    """Where a dossier is, for whoever has its number and code; wrong tries are limited as on the page."""
    clean = "\x00" not in typed.number + typed.code
    dossier = open_by_code(request, typed.number, typed.code) if clean else None
    if dossier is None:
        raise NotHere(_("No dossier has this number and code."))
    shown = Followed(dossier)
    return FollowOut(
        number=dossier.number,
        state=state_of(shown),
        opened_on=dossier.opened_on,
        do_by=shown.clock["do_by"] if shown.clock else None,
        history=[{"at": step.at, "title": step.title} for step in shown.history],
        papers=[PaperOut.of(act) for act in shown.papers],
    )


class Agent(SessionAuth):
    """An agent of this council, signed in."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The person, or nothing."""
        return getattr(request, "person", None)


@router.get("/duties", response={200: list[DutyOut], **REFUSALS}, auth=Agent())
def list_duties(request: HttpRequest, page: int = 1) -> Any:
    """My duties, soonest first, fifty a page."""
    if not 1 <= page <= 10_000:
        raise NotSo(_("There is no such page."))
    person = request.person  # type: ignore[attr-defined]
    start = (page - 1) * 50
    return [DutyOut.of(duty) for duty in dossiers.duties_of(person)[start : start + 50]]
