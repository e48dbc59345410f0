"""Before an office page opens: a second factor; and no typed text is lost when the session has ended."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tadbir.councils.address import counted_address
from tadbir.councils.limits import too_many
from tadbir.councils.requests import CouncilRequest, ask_as
from tadbir.site.account.actions import forget_kept_form, keep_form
from tadbir.site.account.rules import has_second_factor
from tadbir.ui.errors import error_page
from tadbir.ui.limited import refusal
from tadbir.ui.typed import typed_in

#: In the session: the account whose second factor was seen; the sign-in came from a demonstration link.
STRONG, DEMO_SIGN_IN = "second_factor_of", "demo_sign_in"
#: A cookie that outlives the session, signed: whose pages are open in this browser. It opens nothing; it says whose the
#: words are that a page sends after its session has ended.
WRITER, WRITER_DAYS = "writer", 14


def is_office(request: HttpRequest) -> bool:
    """Whether the address is one of the office's, in either language."""
    return request.path_info.removeprefix("/fr").startswith("/office/")


def is_demo_sign_in(request: HttpRequest) -> bool:
    """Whether this session came from a one-time link of a demonstration."""
    council = getattr(request, "council", None)
    return bool(settings.DEMO and council and council.demo and request.session.get(DEMO_SIGN_IN))


def is_strong(request: HttpRequest) -> bool:
    """Whether the signed-in account has its second factor (asked of the database once a session)."""
    if request.session.get(DEMO_SIGN_IN):  # strong in its demonstration, nowhere else
        return is_demo_sign_in(request)
    if request.session.get(STRONG) == request.user.pk:
        return True
    if has_second_factor(request.user):  # type: ignore[arg-type]
        request.session[STRONG] = request.user.pk
        return True
    return False


def _writer(request: HttpRequest) -> str:
    """The account that was signed in last in this browser, where its cookie says so."""
    return str(request.get_signed_cookie(WRITER, "", salt=WRITER, max_age=WRITER_DAYS * 86_400))


def _remember(response: HttpResponse, request: HttpRequest) -> None:
    response.set_signed_cookie(
        WRITER,
        str(request.user.pk),
        salt=WRITER,
        max_age=WRITER_DAYS * 86_400,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


class SecondFactorMiddleware:
    """An account without a second factor is nobody: it can only go and set one. Stands after PersonMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: CouncilRequest) -> HttpResponse:
        if request.user.is_authenticated and not is_strong(request):
            ask_as(request, None)
            if is_office(request):
                return redirect("second-factor")
        response = self.get_response(request)
        if request.user.is_authenticated and is_office(request) and _writer(request) != str(request.user.pk):
            _remember(response, request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Keep an office form that was sent after the session ended; after signing in it can be sent again.

        The form token was checked before this runs, so no other site can put anything here.
        """
        if request.method != "POST" or not is_office(request):
            return None
        typed = typed_in(request)
        if request.user.is_authenticated:
            if key := dict(typed.fields).get("kept") if typed else None:
                forget_kept_form(request.session, key)
            return None
        if too_many("kept_form", counted_address(request)):
            said = refusal("kept_form", _("Too many forms were sent from here without a session. Wait until %(time)s."))
            return error_page(request, said.status, reason=said.reason, retry_after=said.retry_after)
        if typed is None or not keep_form(request.session, typed, _writer(request)):
            return error_page(request, 413)
        return HttpResponseRedirect(f"{reverse('account_login')}?next={reverse('kept-form')}")
