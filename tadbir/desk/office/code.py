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
_SHOWN = "codes_shown"


def _here(number: str) -> str:
    """A number of this council: the session may be that of an agent of two."""
    return f"{current_council().pk}:{number}"


def show_code(request: OfficeRequest, number: str, version: int) -> None:
    """Let this agent read this code of a dossier for a quarter of an hour; one that is given after it is another."""
    shown = dict(request.session.get(_SHOWN, {}))
    request.session[_SHOWN] = dict(list(shown.items())[-20:]) | {_here(number): [now().isoformat(), version]}


def version_shown(request: OfficeRequest, number: str) -> int | None:
    """The version of the code that this agent may read, who filed the dossier or checked an identity a moment ago."""
    since, version = request.session.get(_SHOWN, {}).get(_here(number), ("", 0))
    return int(version) if since and now() - datetime.fromisoformat(since) < CODE_SHOWN else None


def dossier_at_counter(request: OfficeRequest, number: str, just_filed: bool) -> Dossier:
    """A dossier at the counter: one this agent may open, or the one he filed a moment ago for another unit.

    Raises Http404 for any other one.
    """
    found = any_dossier(number) if just_filed else dossiers.get_visible(request.person, number)
    if found is None:
        raise Http404
    return found
