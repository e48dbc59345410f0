"""Pages of sign-in that allauth does not have: enrolment, the choice of a second factor, kept forms, demo links."""

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tadbir.councils.actions.enrolling import use_enrolment
from tadbir.councils.models import Person
from tadbir.councils.queries import enrolment_of
from tadbir.councils.scope import council_or_none
from tadbir.register import signing_in
from tadbir.site.account.actions import enrol, kept_forms
from tadbir.site.account.forms import EnrolForm
from tadbir.site.account.middleware import DEMO_SIGN_IN, is_strong
from tadbir.ui.errors import Gone

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def _sign_in(request: HttpRequest, person: Person) -> None:
    """Open a session. Enrolment counts as just having typed the password, so that a factor can be added."""
    assert person.account is not None  # noqa: S101 - both callers checked it
    login(request, person.account, backend=BACKEND)
    record_authentication(request, person.account, "password", reauthenticated=True)
    UserSession.objects.create_from_request(request)  # so that it is in the list of sessions


def _holder(token: str) -> Person:
    if council_or_none() is None:
        raise Http404
    link = enrolment_of(token)
    if link is None or link.person.account is None or not signing_in.opens(link):
        raise Gone(gettext_lazy("This link was used already or is too old. Ask your administrator for a new one."))
    if link.waits:
        raise PermissionDenied(_("This link waits: a second person of the council must confirm it. Try again then."))
    return link.person


def enrolment(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link uses nothing (mail programs open links by themselves); sending the form does."""
    person = _holder(token)
    assert person.account is not None  # noqa: S101 - _holder checked it
    form = EnrolForm(person.account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _sign_in(request, enrol(token, form.cleaned_data["password1"]))
        except ValidationError as error:
            raise Gone(error.messages[0]) from error
        return redirect("second-factor")
    return render(request, "account/enrol.html", {"form": form, "holder": person, "email": person.account.email})


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Choose the second factor; nothing of the office opens before."""
    if is_strong(request):
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "account/second_factor.html")


@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; an account that has none (a demonstration, a passkey alone) has nothing to change."""
    if request.user.is_anonymous or not request.user.has_usable_password():
        return redirect("mfa_index")
    answer: HttpResponse = allauth_views.password_change(request)
    return answer


@login_required
def kept_form(request: HttpRequest) -> HttpResponse:
    """Show what was typed before the session ended, ready to be sent again; each stays until it is sent."""
    kept = kept_forms(request.session, str(request.user.pk))
    if not kept:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "account/kept_form.html", {"kept": kept})


def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link of the demonstration: signs in without password and second factor, and says so."""
    council = council_or_none()
    if not settings.DEMO or council is None or not council.demo:
        raise Http404
    person = _holder(token)
    if request.method != "POST":
        return render(request, "account/demo_sign_in.html", {"holder": person})
    return _demo_open(request, token)


@require_POST
def _demo_open(request: HttpRequest, token: str) -> HttpResponse:
    person = use_enrolment(token)
    if person is None:
        raise Gone(gettext_lazy("This link was used already or is too old."))
    _sign_in(request, person)
    request.session[DEMO_SIGN_IN] = True
    messages.warning(request, _("SPÉCIMEN: signed in by a link of the demonstration, without a second factor."))
    return redirect(settings.LOGIN_REDIRECT_URL)
