"""The parts of a dossier's page on its people: who they are, whether a message reaches them, what was not told."""

from typing import Any

from django.utils.translation import gettext as _

from tadbir.councils.rights import Right
from tadbir.desk.dossier import Desk
from tadbir.desk.forms.reaching import reaching_forms
from tadbir.desk.notices import promise_to, why_not_told
from tadbir.desk.queries.unreached import unreached_in
from tadbir.desk.words import IDENTITIES
from tadbir.dossiers.models import Party
from tadbir.law.words import beside
from tadbir.ui.dates import day_words


def untold(desk: Desk) -> dict[str, Any] | None:
    """That no message reaches this person, and what he was not told; None where he is told."""
    party = desk.dossier.applicant
    if party is None or desk.dossier.erased_at:
        return None
    told, one = promise_to(party), unreached_in(desk.person, desk.dossier.number)
    nobody = not told.can and not desk.dossier.closed_at
    if not nobody and one is None:
        return None
    return {
        "nobody": nobody,
        "why": why_not_told(party),
        "one": one,
        "drawn": reaching_forms(one) if one and desk.holds(Right.REACH_PEOPLE) else {},
    }


def party_rows(party: Party | None) -> list[tuple[str, Any]]:
    """Who somebody is, for the page."""
    if party is None:
        return []
    seen = IDENTITIES.get(party.identity_kind, party.identity_kind)
    on = day_words(party.identity_seen_on) if party.identity_seen_on else ""
    return [
        (_("Name"), party.name),
        (_("He is"), party.get_kind_display()),
        (_("Phone"), party.phone),
        (_("E-mail"), party.email),
        (_("Address"), party.address),
        (_("Identity document seen"), beside(seen, on) if on else ""),
    ]


def people(desk: Desk) -> dict[str, Any] | None:
    """Who asks, and who acts for him; None for a dossier that nobody asked for, or whose people were erased."""
    dossier = desk.dossier
    if dossier.applicant is None or dossier.erased_at:
        return None
    mandate = (dossier.request.body or {}).get("mandate", "") if dossier.request else ""
    return {
        "applicant": party_rows(dossier.applicant),
        "representative": party_rows(dossier.representative),
        "mandate": mandate,
        "put_right": desk.story.of("particulars_corrected"),
    }
