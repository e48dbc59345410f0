"""`{% load ledgers %}`: the words of the links of the chain, of readings, of registers and their periods."""

from typing import Any

from django import template

from tadbir.desk.words import fact_name
from tadbir.law.words import beside
from tadbir.ledgers.periods import name_of_part, part_of
from tadbir.ledgers.words import LINKS, PURPOSES

register = template.Library()


@register.filter
def link_name(kind: str) -> str:
    """What a kind of link of the register is called."""
    return str(LINKS.get(kind, kind))


@register.filter
def link_about(entry: Any) -> str:
    """The few fields of a link that a reader knows: number of the dossier or paper, kind of fact."""
    fields = entry.fields
    named = [fields[name] for name in ("dossier", "number") if fields.get(name)]
    about = named or [fields.get("code") or fields.get("block")]
    return beside(*about, fact_name(fields["fact"]) if fields.get("fact") else "")


@register.filter
def period_words(printed: Any) -> str:
    """The period of a print, in the reader's language."""
    return f"{name_of_part(part_of(printed.starts_on, printed.ends_on))} {printed.starts_on.year}"


@register.filter
def purpose_name(purpose: str) -> str:
    """What was opened, of the access log."""
    return str(PURPOSES.get(purpose.partition(":")[0], purpose))
