"""The door of every office page: signed in, an agent of this council today, in one of the qualities it asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from tadbir.councils.actions import DELEGATION_WRITERS, PEOPLE_WRITERS
from tadbir.councils.models import Person, Quality

__all__ = [
    "BLOCKS",
    "CALENDAR_WRITERS",
    "COUNTER",
    "DEFINITIONS",
    "DELEGATION_WRITERS",
    "OVERSEES",
    "PEOPLE",
    "PEOPLE_WRITERS",
    "REGISTER",
    "SHEETS",
    "SHEET_ADOPTERS",
    "SHEET_KEEPERS",
    "SHEET_WRITERS",
    "agent",
    "holds",
    "me",
]
View = Callable[..., HttpResponseBase]

#: Who meets the public and files for a visitor.
COUNTER = (Quality.CLERK, Quality.OFFICER, Quality.HEAD, Quality.DIRECTOR, Quality.INFORMATION_OFFICER)
#: Who prints and closes blocks of numbered paper receipts.
BLOCKS = (Quality.CLERK, Quality.HEAD, Quality.DIRECTOR)
#: Who looks at the whole council, or at his division.
OVERSEES = (Quality.PRESIDENT, Quality.DIRECTOR, Quality.SECRETARY, Quality.HEAD)
#: Who reads the register and prints its pages.
REGISTER = (Quality.SECRETARY, Quality.DIRECTOR, Quality.PRESIDENT)
#: Who sees people, units and roles; who changes them stands with the actions.
PEOPLE = (Quality.ADMIN, Quality.DIRECTOR, Quality.PRESIDENT, Quality.SECRETARY)
#: Who sees the sheets as they are kept; who takes and switches them; who corrects them; who adopts them.
SHEETS = (Quality.DIRECTOR, Quality.ADMIN, Quality.PRESIDENT, Quality.HEAD, Quality.SECRETARY)
SHEET_KEEPERS = (Quality.DIRECTOR, Quality.ADMIN)
SHEET_WRITERS = (Quality.DIRECTOR, Quality.ADMIN, Quality.PRESIDENT)
SHEET_ADOPTERS = (Quality.PRESIDENT, Quality.DIRECTOR)
#: Who types in the official date of a feast or a closure.
CALENDAR_WRITERS = (Quality.DIRECTOR, Quality.ADMIN, Quality.PRESIDENT)

#: Who sees and changes the council's own definitions: rules and wordings.
DEFINITIONS = (Quality.DIRECTOR, Quality.ADMIN)


def holds(request: HttpRequest, *qualities: str) -> bool:
    """Whether the agent holds one of the qualities today."""
    roles = getattr(request, "roles", [])
    return bool({role.quality for role in roles} & set(qualities))


def me(request: HttpRequest) -> Person:
    """The agent of a request that went through `agent`. Raises PermissionDenied without one."""
    person = getattr(request, "person", None)
    if not isinstance(person, Person):
        raise PermissionDenied(_("You hold no role in this council today."))
    return person


def agent(*qualities: str, write: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Let in only agents of this council who hold one of the qualities today (any, when none is named).

    A visitor is sent to sign in and back. `write`: the qualities that a POST needs. Raises PermissionDenied
    with words for somebody whose role ended or is of another council, Http404 outside any council.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if getattr(request, "council", None) is None:
                raise Http404
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            me(request)
            if qualities and not holds(request, *qualities):
                raise PermissionDenied(_("Your role today does not allow this."))
            if request.method == "POST" and write and not holds(request, *write):
                raise PermissionDenied(_("Your role today does not allow this."))
            return view(request, *args, **kwargs)

        return guarded

    return wrap
