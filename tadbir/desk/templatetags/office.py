"""`{% load office %}`: the side of every office page, its sections, and the words of facts, owners and permissions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.councils.rights import holders
from tadbir.desk import words
from tadbir.desk.matter import menu
from tadbir.desk.papers.parts import remedy_words
from tadbir.desk.sections import Shown
from tadbir.dossiers.why import label_of
from tadbir.law.cites import cite_ar, cite_fr

register = template.Library()
for _filter in (words.fact_name, words.kind_name, words.link_name, words.owner_name, words.quality_name, remedy_words):
    register.filter(_filter)


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """What a code is called in a table of names; itself where it is no longer there."""
    return names.get(code, code)


@dataclass(frozen=True)
class Line:
    """One line of the side."""

    url: str
    label: str
    here: bool
    key: str


@register.inclusion_tag("office/nav.html", takes_context=True)
def office_nav(context: Context) -> dict[str, Any]:
    """What this agent may open."""
    request = context["request"]
    name = getattr(request.resolver_match, "url_name", "") or ""
    held = {role.quality for role in getattr(request, "roles", [])}
    items = [
        Line(
            reverse(item.address),
            str(item.label),
            name == item.address or (bool(item.below) and name.startswith(item.below)),
            item.key,
        )
        for item in menu()
        if item.right is None or held & holders(item.right)
    ]
    return {
        "items": items,
        "person": getattr(request, "person", None),
        "sign_in": reverse("mfa_index"),
        "at_sign_in": name == "mfa_index",
        "sign_out": reverse("account_logout"),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def section(context: Context, one: Shown) -> SafeString:
    """A section of a page: its template, with what it shows laid over what the page knows."""
    engine = context.template.engine if context.template else None
    assert engine is not None  # noqa: S101 - a tag is drawn by a template
    with context.push(**one.context):
        return mark_safe(engine.get_template(one.template).render(context))  # noqa: S308 - a template of the house


@register.filter
def in_reader_language(words: Any) -> str:
    """The Arabic or French of anything with `ar` and `fr`, a reason of the law or a mapping."""
    if isinstance(words, dict):
        return in_language(str(words.get("ar", "")), str(words.get("fr", "")))
    return in_language(words.ar, words.fr)


@register.filter
def cited(permission: Any) -> str:
    """The article and the law of a permission, in the reader's language."""
    place = (permission.article, permission.law)
    return in_language(cite_ar(*place), cite_fr(*place))


@register.filter
def label(duty: Any) -> str:
    """What a duty is about, in a few words of the reader's language."""
    words = label_of(duty)
    return in_language(words.ar, words.fr)


@register.filter
def unit_name(row: Any) -> str:
    """The unit of a line of figures."""
    return in_language(row["unit__name_ar"], row["unit__name_fr"])


@register.filter
def away(person: Any) -> bool:
    """Whether a person is absent today."""
    return bool(person) and person.is_absent(today())
