"""Office pages of a council's own definitions: the rules in words, one rule with its changes, what an upgrade did."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tadbir import law
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.forms.definitions import EndForm, RuleForm
from tadbir.desk.office.people import paged
from tadbir.dossiers import definitions as read
from tadbir.dossiers.actions import definitions as actions
from tadbir.dossiers.models import DefinitionChange

SHOWN = ("applied", "changed", "conflict")


@agent(Right.CHANGE_DEFINITIONS)
@require_GET
def definitions(request: OfficeRequest) -> HttpResponse:
    """The rules in words, law by law: who owes what, how sure it is, what this council changed, what waits."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    page = paged(request, read.lines(show))
    if show:
        page |= {side: f"{page[side]}&show={show}" for side in ("newer", "older") if page[side]}
    context = {
        "page": page,
        "show": show,
        "waiting": len(read.overlaid().conflicts),
        "version": read.rules().version,
        "lost": read.lost(),
    }
    return render(request, "desk/definitions.html", context)


@agent(Right.CHANGE_DEFINITIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def definition(request: OfficeRequest, code: str) -> HttpResponse:
    """One rule: as it is shipped, as this council has it, a form for one change, its history."""
    allowed, live = read.allowed(code), read.live(read.Subject.RULE, code)
    form = None
    if allowed:
        form = RuleForm(posted(request), rule=law.RULES[code], allowed=allowed, live=live)
        if form.is_valid():
            checked = form
            row = attempt(
                form, lambda: actions.change_rule(request.person, code, checked.ground(), checked.keys, off=checked.off)
            )
            if row:
                messages.success(request, _("The change is recorded. Open dossiers are dated anew."), "good")
                return redirect("office-definition", code)
    return _page(request, code, form)


def _page(request: OfficeRequest, code: str, form: RuleForm | None, ending: EndForm | None = None) -> HttpResponse:
    line, live = read.line_of(code), read.live(read.Subject.RULE, code)
    if line is None and live is None:
        raise Http404
    conflict = read.conflict_of(code)
    context: dict[str, Any] = {
        "line": line,
        "form": form,
        "live": live,
        "code": code,
        "conflict": conflict,
        "shipped": code in law.RULES,
        "end_form": ending or EndForm(auto_id="end_%s"),
        "history": read.told(read.Subject.RULE, code),
        "upgrade": read.upgrade_of(live) if live and conflict else [],
    }
    failed = (form is not None and form.errors) or (ending is not None and ending.errors)
    return render(request, "desk/definition.html", context, status=422 if failed else 200)


@agent(Right.CHANGE_DEFINITIONS)
@require_POST
def end(request: OfficeRequest, code: str) -> HttpResponse:
    """End the change in force: the shipped rule holds again from that day."""
    live = read.live(read.Subject.RULE, code)
    if live is None:
        raise Http404
    ending = end_as_typed(request, live, _("The change ends. Open dossiers are dated anew."))
    if ending is None:
        return redirect("office-definition", code)
    allowed = read.allowed(code)
    form = RuleForm(rule=law.RULES[code], allowed=allowed, live=live) if allowed else None
    return _page(request, code, form, ending)


def end_as_typed(request: OfficeRequest, live: DefinitionChange, said: str) -> EndForm | None:
    """End a change as its form says, and say so; the form comes back where it was refused."""
    ending = EndForm(request.POST, auto_id="end_%s")
    if ending.is_valid():
        data = ending.cleaned_data
        if attempt(ending, lambda: actions.end_change(request.person, live, data["over_from"], data["reason"])):
            messages.success(request, said, "good")
            return None
    return ending
