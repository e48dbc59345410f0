"""`{% load office %}`: the side of every office page, and the words of facts, reasons and permissions."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy

from tadbir import law
from tadbir.councils.clock import today
from tadbir.councils.models import Quality, in_language
from tadbir.councils.rights import Right, held_by
from tadbir.services.models import RegisterPrint
from tadbir.services.periods import name_of_part, part_of

register = template.Library()

#: Address, label, the right to open it (everybody when none), access key, prefixes of the addresses below it.
_ITEMS: tuple[tuple[str, Any, Right | None, str, tuple[str, ...]], ...] = (
    ("office-home", gettext_lazy("My duties"), None, "1", ("office-tray",)),
    ("office-counter", gettext_lazy("Counter"), Right.FILE_AT_COUNTER, "2", ("office-counter", "office-receipt")),
    ("office-search", gettext_lazy("Find a dossier"), None, "3", ("office-dossier", "office-answer")),
    ("office-opinions", gettext_lazy("Opinions asked of my unit"), Right.GIVE_OPINIONS, "", ()),
    ("office-late", gettext_lazy("What is late"), Right.OVERSEE, "4", ()),
    ("office-blocks", gettext_lazy("Paper receipts"), Right.PRINT_BLOCKS, "", ("office-block",)),
    ("office-sheets", gettext_lazy("Services"), Right.SEE_SHEETS, "", ("office-sheet",)),
    ("office-calendar", gettext_lazy("Calendar"), None, "", ()),
    (
        "office-definitions",
        gettext_lazy("Rules and wordings"),
        Right.CHANGE_DEFINITIONS,
        "",
        ("office-definition", "office-wording"),
    ),
    ("office-people", gettext_lazy("People"), Right.SEE_PEOPLE, "", ("office-person", "office-unit", "office-deleg")),
    ("office-register", gettext_lazy("Register"), Right.READ_REGISTER, "", ("office-register", "office-readings")),
)


@dataclass(frozen=True)
class Item:
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
    held = held_by(getattr(request, "qualities", frozenset()))
    items = [
        Item(reverse(address), str(label), name == address or (bool(below) and name.startswith(below)), key)
        for address, label, right, key, below in _ITEMS
        if right is None or right in held
    ]
    return {
        "items": items,
        "person": getattr(request, "person", None),
        "sign_out": reverse("account_logout"),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def fact_name(kind: str) -> str:
    """What a kind of fact is called, in the reader's language."""
    words = law.FACTS.get(kind)
    return in_language(words.ar, words.fr) if words else kind


@register.filter
def owner_name(owner: str) -> str:
    """Who owes a duty, in the reader's language."""
    words = law.OWNERS.get(owner)
    return in_language(words.ar, words.fr) if words else owner


@register.filter
def in_reader_language(words: Any) -> str:
    """The Arabic or French of anything with `ar` and `fr`, a reason of the law or a mapping."""
    if isinstance(words, dict):
        return in_language(str(words.get("ar", "")), str(words.get("fr", "")))
    return in_language(words.ar, words.fr)


@register.filter
def label(duty: Any) -> str:
    """What a duty is about, in a few words of the reader's language."""
    return in_language(duty.label_ar, duty.label_fr)


@register.filter
def quality_name(quality: str) -> str:
    """What a quality is called."""
    return str(Quality(quality).label) if quality in Quality.values else quality


@register.filter
def unit_name(row: Any) -> str:
    """The unit of a line of figures."""
    return in_language(row["unit__name_ar"], row["unit__name_fr"])


@register.filter
def away(person: Any) -> bool:
    """Whether a person is absent today."""
    return bool(person) and person.is_absent(today())


_LINKS = {
    "fact": gettext_lazy("fact of a dossier"),
    "act_issued": gettext_lazy("paper numbered and sealed"),
    "act_sealed": gettext_lazy("PDF sealed"),
    "act_notified": gettext_lazy("paper notified"),
    "act_scanned": gettext_lazy("signed paper scanned"),
    "document_scanned": gettext_lazy("document scanned"),
    "definition_changed": gettext_lazy("rule or wording changed by the council"),
    "definition_ended": gettext_lazy("change of a rule or wording ended"),
    "sheet_settled": gettext_lazy("shipped sheet set aside"),
    "sheet_adopted": gettext_lazy("sheet adopted"),
    "calendar_changed": gettext_lazy("calendar changed"),
    "paper_block": gettext_lazy("block of paper receipts"),
    "paper_number_closed": gettext_lazy("paper number closed"),
    "paper_block_closed": gettext_lazy("block closed"),
    "content_erased": gettext_lazy("content erased"),
    "restored": gettext_lazy("restored from a backup"),
    "role_given": gettext_lazy("role given"),
    "role_ended": gettext_lazy("role ended"),
    "delegation_recorded": gettext_lazy("delegation recorded"),
    "delegation_ended": gettext_lazy("delegation ended"),
    "enrolment_made": gettext_lazy("enrolment link made"),
    "account_enrolled": gettext_lazy("account opened by a link"),
    "act_notification_corrected": gettext_lazy("notification corrected"),
    "act_replaced": gettext_lazy("paper replaced"),
    "act_annulled": gettext_lazy("paper annulled"),
    "register_printed": gettext_lazy("register printed"),
    "register_signed_off": gettext_lazy("signed pages of a register kept"),
    "absence_recorded": gettext_lazy("absence recorded"),
    "absence_ended": gettext_lazy("absence ended"),
}
_PURPOSES = {
    "page": gettext_lazy("the dossier"),
    "paper": gettext_lazy("a paper"),
    "document": gettext_lazy("a document"),
    "receipt": gettext_lazy("the receipt at the counter"),
    "register": gettext_lazy("pages of a register"),
    "answer": gettext_lazy("the answer being written"),
    "draft": gettext_lazy("the letter to sign"),
}
#: Why a receipt was not used, as `CloseBlockForm` keeps it.
_UNUSED = {"never used": gettext_lazy("never used"), "spoiled": gettext_lazy("spoiled"), "lost": gettext_lazy("lost")}


@register.filter
def link_name(kind: str) -> str:
    """What a kind of link of the register is called."""
    return str(_LINKS.get(kind, kind))


@register.filter
def link_about(entry: Any) -> str:
    """The few fields of a link that a reader knows: number of the dossier or paper, kind of fact."""
    fields = entry.fields
    about = fields.get("dossier") or fields.get("number") or fields.get("code") or fields.get("block") or ""
    return f"{about} · {fact_name(fields['fact'])}" if fields.get("fact") else str(about)


@register.filter
def unused_name(reason: str) -> str:
    """Why a numbered paper receipt was not used: a choice of the form in the reader's language, else as written."""
    return str(_UNUSED.get(reason, reason))


@register.filter
def register_name(code: str) -> str:
    """What a register is called."""
    return str(RegisterPrint.Register(code).label)


@register.filter
def period_words(printed: Any) -> str:
    """The period of a print, in the reader's language."""
    return f"{name_of_part(part_of(printed.starts_on, printed.ends_on))} {printed.starts_on.year}"


@register.filter
def purpose_name(purpose: str) -> str:
    """What was opened, of the access log."""
    return str(_PURPOSES.get(purpose.partition(":")[0], purpose))
