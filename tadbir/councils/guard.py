"""The door of every office page: signed in, an agent of this council today, with the right that it asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadbir.councils.requests import CouncilRequest, OfficeRequest
from tadbir.councils.rights import Right, holders

View = Callable[..., HttpResponseBase]
#: A page with a form: read, or sent.
form_page = require_http_methods(["GET", "HEAD", "POST"])


def holds(request: CouncilRequest | OfficeRequest, right: Right) -> bool:
    """Whether the agent holds the right today."""
    return bool(holders(right) & request.qualities)


def agent(right: Right | None = None, write: Right | None = None) -> Callable[[View], View]:
    """Let in only agents of this council who hold the right today (any agent, when none is named).

    A visitor is sent to sign in and back. `write`: the right that a POST needs. The view gets an `OfficeRequest`.
    Raises PermissionDenied with words for somebody whose role ended or is of another council, Http404 outside any
    council.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: CouncilRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.council is None:
                raise Http404
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
            if request.person is None:
                raise PermissionDenied(_("You hold no role in this council today."))
            needed = (right, write) if request.method == "POST" else (right,)
            if not all(holds(request, one) for one in needed if one):
                raise PermissionDenied(_("Your role today does not allow this."))
            return view(cast("OfficeRequest", request), *args, **kwargs)

        guarded.right, guarded.write = right, write  # type: ignore[attr-defined]  # for the table of who opens what
        return guarded

    return wrap
