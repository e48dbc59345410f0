"""Following a dossier with its number and code: the same clock the officer sees, what happened, papers and files."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tadbir.desk.followed import Followed
from tadbir.desk.forms.follow import FollowForm
from tadbir.desk.matter import begun_elsewhere, matter_of
from tadbir.desk.public import access
from tadbir.desk.public.opened import with_dossier
from tadbir.desk.public.unsent import ask_before_closing
from tadbir.dossiers.models import Dossier

#: In the address of the page that asks for number and code: what was open here was closed a moment ago.
CLOSED = "closed"


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Number and code open a dossier. An unknown number and a wrong code get the same answer."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        dossier = access.open_by_code(request, form.cleaned_data["number"], form.cleaned_data["code"])
        if dossier is not None:
            return access.grant(request, redirect("dossier", number=dossier.number), dossier)
        form.add_error(None, access.NOT_THIS)
    return asking(request, form)


def asking(request: HttpRequest, form: Form, *, status: int = 422) -> HttpResponse:
    """The page that asks for number and code, or for what stands under them: `form` is the one that was sent."""
    besides = [(one.template, form if type(form) is one.form else one.form()) for one in begun_elsewhere()]
    context = {"form": form if isinstance(form, FollowForm) else FollowForm(), "besides": besides}
    context["closed"] = CLOSED in request.GET and not form.is_bound
    return render(request, "desk/public/follow.html", context, status=status if form.errors else 200)


@csrf_exempt
@require_POST
def close(request: HttpRequest) -> HttpResponseBase:
    """Close what this browser opened, and what it began besides, once it is known what becomes of what was typed: the
    question is asked of a page that waited too long too, before its token is looked at."""
    return ask_before_closing(request) or _close(request)


@csrf_protect
def _close(request: HttpRequest) -> HttpResponse:
    for one in begun_elsewhere():
        if page := one.close(request):
            return page
    return access.leave(request, redirect(f"{reverse('follow')}?{CLOSED}"))


def page(request: HttpRequest, dossier: Dossier, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a dossier as its matter draws it; `more` is laid over it (a form with its errors)."""
    followed = Followed(dossier)
    own = matter_of(dossier.kind).follow
    context: dict[str, Any] = {"followed": followed, "dossier": dossier, "steps": steps_of(followed)}
    context |= own.context(request, followed) if own else {}
    template = own.template if own else "desk/public/dossier.html"
    return render(request, template, context | more, status=status)


def steps_of(followed: Followed) -> list[dict[str, object]]:
    """The history as the page draws it, newest first."""
    return [
        {
            "at": step.at,
            "title": step.title,
            "text": step.text,
            "tone": "warn" if step.corrected else "",
            "by": _("entry corrected later") if step.corrected else "",
        }
        for step in reversed(followed.history)
    ]


@require_safe
@with_dossier
def dossier(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The page of a dossier."""
    return page(request, dossier)
