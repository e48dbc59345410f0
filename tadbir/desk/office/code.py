"""The code of a dossier on the counter's screen: for a quarter of an hour after filing or an identity check."""

from datetime import datetime, timedelta

from django.http import Http404

from tadbir.councils.clock import now
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.scope import current_council
from tadbir.desk.queries.dossier import any_dossier
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier

#: How long the code stays readable.
CODE_SHOWN = timedelta(minutes=15)
_SHOWN = "office_codes"


def _here(number: str) -> str:
    """A number of this council: the session may be that of an agent of two."""
    return f"{current_council().pk}:{number}"


def show_code(request: OfficeRequest, number: str) -> None:
    """Let this agent read the code of a dossier for a quarter of an hour."""
    shown = dict(request.session.get(_SHOWN, {}))
    request.session[_SHOWN] = dict(list(shown.items())[-20:]) | {_here(number): now().isoformat()}


def code_is_shown(request: OfficeRequest, number: str) -> bool:
    """Whether this agent filed the dossier, or checked an identity, a moment ago."""
    since = request.session.get(_SHOWN, {}).get(_here(number))
    return bool(since) and now() - datetime.fromisoformat(since) < CODE_SHOWN


def dossier_at_counter(request: OfficeRequest, number: str, just_filed: bool) -> Dossier:
    """A dossier at the counter: one this agent may open, or the one he filed a moment ago for another unit.

    Raises Http404 for any other one.
    """
    found = any_dossier(number) if just_filed else dossiers.get_visible(request.person, number)
    if found is None:
        raise Http404
    return found
