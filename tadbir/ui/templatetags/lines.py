"""`{% load lines %}`: the lines of a list, kept as they were drawn: who opens it again sees mostly the same ones."""

from collections.abc import Hashable, Iterable

from django import template
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tadbir.councils.clock import today
from tadbir.councils.scope import current_council

register = template.Library()
#: Lines kept by a process, some 2,000 bytes each.
KEPT = 1000
_kept: dict[tuple[Hashable, ...], SafeString] = {}


@register.simple_tag
def lines(items: Iterable[Hashable], name: str) -> SafeString:
    """Each item drawn by the template of this name, which knows `line` (the item: values alone) and nothing else of
    the page. Equal items on one day, in one language, under one stamp of the council are therefore drawn alike."""
    around = (name, get_language(), get_script_prefix(), today(), current_council().stamp)
    return mark_safe("".join([_drawn(name, around, one) for one in items]))  # noqa: S308 - templates of the house


def _drawn(name: str, around: tuple[Hashable, ...], item: Hashable) -> SafeString:
    drawn = _kept.get((around, item))
    if drawn is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        drawn = _kept[around, item] = SafeString(get_template(name).render({"line": item}))
    return drawn
