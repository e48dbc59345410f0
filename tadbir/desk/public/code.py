"""A new code for whoever opened his dossier: given once, on a page and on a paper of its own.

What the line loses is asked again: the same form sent again within a quarter of an hour shows the same code, though
the cookie it comes with opens nothing any more. As long, its address shows the code to whoever has the dossier open:
loaded again and in the other language, it does not ask as if nothing had been done.
"""

import secrets
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tadbir.acts.models import Act
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.clock import now
from tadbir.desk import actions
from tadbir.desk.codes import follow_code
from tadbir.desk.followed import Followed
from tadbir.desk.forms.follow import NewCodeForm
from tadbir.desk.public import access
from tadbir.desk.public.opened import with_dossier
from tadbir.desk.queries.follow import dossier_by_number, own_paper_of_code, paper_of_code
from tadbir.desk.shown import person_shown
from tadbir.dossiers.models import Dossier
from tadbir.register.actions import once
from tadbir.register.queries import answer_before

_PURPOSE = "person:new-code"
#: How long an answer that the line lost may be asked for again.
AGAIN = timedelta(minutes=15)
#: In the address: he was shown his new code, and wants yet another.
ANOTHER = "another"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask whether one is sure, then give the new code."""
    return _given_before(request, number) or _change(request, number=number)


@with_dossier
def _change(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    if request.method != "POST" and ANOTHER not in request.GET and _is_new(own_paper_of_code(dossier)):
        return _given(request, dossier)
    shown = person_shown(dossier, Followed(dossier).facts)
    form = NewCodeForm(posted(request), shown=shown, initial={"key": secrets.token_hex(16)})
    if form.is_valid():
        key, token = form.cleaned_data["key"], form.cleaned_data["shown"]

        def change_it() -> dict[str, str]:
            return {"paper": actions.change_own_code(dossier, shown=token).number}

        if attempt(form, lambda: once(_PURPOSE, key, _body(dossier), change_it)):
            return _given(request, dossier)
        if (given := _given_before(request, dossier.number)) is not None:  # two clicks at the same moment
            return given
    return render(request, "desk/public/new_code.html", {"form": form, "dossier": dossier}, status=form.status)


def _body(dossier: Dossier) -> dict[str, int]:
    return {"dossier": dossier.pk}


def _given(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The new code, and its paper; this browser goes on with it."""
    context = {"dossier": dossier, "code": follow_code(dossier), "paper": paper_of_code(dossier)}
    return access.grant(request, render(request, "desk/public/code_given.html", context), dossier)


def _given_before(request: HttpRequest, number: str) -> HttpResponse | None:
    """The same answer again for a form that was sent, whose answer the line may have lost."""
    key = request.POST.get("key", "").replace("\x00", "")
    dossier = dossier_by_number(number) if key and access.has_visited(request, number) else None
    answer = answer_before(_PURPOSE, key, _body(dossier)) if dossier else None
    if dossier is None or answer is None:
        return None
    paper = paper_of_code(dossier)
    is_the_one = paper is not None and paper.number == answer["paper"] and _is_new(paper)
    return _given(request, dossier) if is_the_one else None


def _is_new(paper: Act | None) -> bool:
    """Whether a code was given a moment ago: as long, its page shows it again."""
    return paper is not None and now() - paper.issued_at < AGAIN
