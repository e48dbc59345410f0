"""Words that several pages of the office share: kinds of fact, owners, qualities, senses of an answer, identities."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadbir import law
from tadbir.councils.models import Quality, in_language
from tadbir.councils.rights import Right, holders

#: The sense of an answer, as an officer chooses it and as everybody reads it.
SENSES = {"granted": _("granted"), "partial": _("granted in part"), "refused": _("refused")}
#: Facts that name the act they signed, and those that say that the person was notified of it.
SIGNED = frozenset({"outcome_signed", "answer_signed", "letter_signed"})
NOTIFIED = frozenset({"notified", *(remedy.answered for one in law.REGIMES.values() for remedy in one.answered)})
#: What of a dossier may be put right.
PARTICULARS = {
    "name": _("Name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "address": _("Address"),
    "representative": _("Represented by"),
    "subject": _("Subject"),
}
#: How days are counted.
COUNTING = {"plain": _("ordinary count"), "full": _("full days: neither the first nor the last counts")}
#: What a clerk may have seen. Neither the number nor a copy is kept (law 09-08, article 12).
IDENTITIES = {
    "": _("not seen"),
    "national card": _("national identity card"),
    "passport": _("passport"),
    "residence card": _("residence card"),
    "driving licence": _("driving licence"),
    "official card": _("official card of a body"),
}


#: Why a code is changed. The word enters the register.
NEW_CODE_REASONS = {
    "lost": _("the receipt or the telephone was lost"),
    "known": _("somebody else knows the code"),
    "other": _("another reason"),
}


#: How somebody whom no notice reached is told by the council itself.
BY_HAND = {
    "call": _("by telephone, in person"),
    "counter": _("at the counter"),
    "post": _("by a letter"),
    "relative": _("through somebody close to him"),
}
#: How what the person did himself reached the council.
TOLD = {"online": _("by the person himself, on line"), "written": _("in writing"), "said": _("said at the counter")}
#: What joins two dossiers, where no fact of one names it.
LINKS = {"same_matter": _("the same matter, filed by somebody else")}


def filed_name(regime: str, kind: str) -> law.Words:
    """What a person filed, under the name that the law of its dossier gives it."""
    remedy, words = law.REGIMES[regime].remedy(kind), law.FACTS[kind]
    return remedy.name if remedy else law.Words(words.ar, words.fr)


def _named(words: Any, code: str) -> str:
    return in_language(words.ar, words.fr) if words else code


def fact_name(kind: str) -> str:
    """What a kind of fact is called, in the reader's language."""
    return _named(law.FACTS.get(kind), kind)


def link_name(kind: str) -> str:
    """What joins two dossiers."""
    return str(LINKS[kind]) if kind in LINKS else fact_name(kind)


def how_name(how: object) -> str:
    """How somebody was told by hand, or told what he did; empty for anything else."""
    return str({**BY_HAND, **TOLD}.get(str(how), ""))


def scan_code(*, recognised: bool) -> str:
    """Whether the code of a scan was read when it was kept."""
    return gettext("the code on it is that of this paper") if recognised else gettext("no code could be read on it")


def kind_name(kind: str) -> str:
    """What a kind of dossier is called, in the reader's language."""
    return _named(law.REGIMES.get(kind), kind)


def owner_name(owner: str) -> str:
    """Who owes a duty, in the reader's language."""
    return _named(law.OWNERS.get(owner), owner)


def quality_name(quality: str) -> str:
    """What a quality is called."""
    return str(Quality(quality).label) if quality in Quality.values else quality


def named_holders(right: Right) -> str:
    """The qualities that hold a right, in words: whom an agent turns to who does not hold it."""
    *first, last = (str(one.label) for one in Quality if one in holders(right))
    return in_language(" أو ", " ou ").join([in_language("، ", ", ").join(first), last] if first else [last])


def sense_name(sense: object) -> str:
    """What the sense of an answer is called; empty for none."""
    return str(SENSES.get(str(sense), ""))


#: What is typed in a letter, by the name under which its step keeps it.
LETTER_WORDS = {"to": _("Who does it"), "reason": _("What the letter says (the person reads this)")}
