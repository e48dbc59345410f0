"""Office pages of a council's own definitions: the rules in words, one rule with its changes, what an upgrade did."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tadbir import law
from tadbir.councils.attempt import attempt, posted
from tadbir.councils.guard import agent, form_page
from tadbir.councils.requests import OfficeRequest
from tadbir.councils.rights import Right
from tadbir.desk.forms.definitions import EndForm, RuleForm
from tadbir.desk.queries import definitions as read
from tadbir.dossiers import definitions as kept
from tadbir.dossiers.actions import definitions as actions
from tadbir.dossiers.models import DefinitionChange
from tadbir.dossiers.queries import redating
from tadbir.ui.paging import page_of_list

RULE = kept.Subject.RULE
SHOWN = ("applied", "changed", "conflict")


@agent(Right.CHANGE_DEFINITIONS)
@require_safe
def definitions(request: OfficeRequest) -> HttpResponse:
    """The rules in words, law by law: who owes what, how sure it is, what this council changed, what waits."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    context = {
        "page": page_of_list(read.lines(show), request, size=50),
        "show": show,
        "waiting": len(kept.overlaid().conflicts),
        "version": kept.rules().version,
        "lost": read.lost(),
        "redating": redating(),
    }
    return render(request, "desk/definitions.html", context)


@agent(Right.CHANGE_DEFINITIONS)
@form_page
def definition(request: OfficeRequest, code: str) -> HttpResponse:
    """One rule: as it is shipped, as this council has it, a form for one change, its history."""
    form = _form(code, posted(request))
    if form is not None and form.is_valid():
        ground, keys, off = form.ground(), form.keys, form.off
        shown = form.cleaned_data["shown"]
        if attempt(form, lambda: actions.change_rule(request.person, code, ground, keys, off=off, shown=shown)):
            messages.success(request, _("The change is recorded. Open dossiers are dated anew."), "good")
            return redirect("office-definition", code)
    return _page(request, code, form)


def _form(code: str, typed: QueryDict | None = None) -> RuleForm | None:
    """The form of a rule; None for one of which this council may change nothing."""
    allowed = read.allowed(code)
    if not allowed:
        return None
    live, shown = kept.live(RULE, code), kept.as_shown(RULE, code)
    return RuleForm(typed, rule=law.RULES[code], allowed=allowed, live=live, shown=shown)


def _page(request: OfficeRequest, code: str, form: RuleForm | None, ending: EndForm | None = None) -> HttpResponse:
    line, live = read.line_of(code), kept.live(RULE, code)
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
        "end_form": ending or EndForm(auto_id="end_%s", shown=kept.as_shown(RULE, code)),
        "history": read.told(RULE, code),
        "upgrade": read.upgrade_of(live) if live and conflict else [],
    }
    failed = ending or form
    return render(request, "desk/definition.html", context, status=failed.status if failed else 200)


@agent(Right.CHANGE_DEFINITIONS)
@require_POST
def end(request: OfficeRequest, code: str) -> HttpResponse:
    """End the change in force: the shipped rule holds again from that day."""
    live = kept.live(RULE, code)
    if live is None:
        raise Http404
    ending = end_as_typed(request, live, _("The change ends. Open dossiers are dated anew."))
    if ending is None:
        return redirect("office-definition", code)
    return _page(request, code, _form(code), ending)


def end_as_typed(request: OfficeRequest, live: DefinitionChange, said: str) -> EndForm | None:
    """End a change as its form says, and say so; the form comes back where it was refused."""
    ending = EndForm(request.POST, auto_id="end_%s", shown=kept.as_shown(live.subject, live.code))
    typed = ending.cleaned_data if ending.is_valid() else None
    if typed is not None and attempt(ending, lambda: bool(actions.end_change(request.person, live, **typed))):
        messages.success(request, said, "good")
        return None
    return ending
