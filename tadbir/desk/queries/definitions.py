"""What the pages of a council's own definitions read: the rules in words, their state, what an upgrade brought."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir import law
from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.desk.words import COUNTING
from tadbir.dossiers.definitions import history, overlaid
from tadbir.dossiers.models import DefinitionChange
from tadbir.law.bounds import changeable
from tadbir.law.cites import cite_ar, cite_fr
from tadbir.procedures.queries import Change as Difference
from tadbir.procedures.queries import differences


@dataclass(frozen=True)
class Line:
    """One rule in the list: as it holds today, and whether this council changed it."""

    rule: law.Rule
    state: str  # applied, unapplied, off, changed, later
    conflict: law.Conflict | None

    @property
    def sentence(self) -> str:
        """What the rule asks."""
        return in_language(self.rule.sentence.ar, self.rule.sentence.fr)

    @property
    def cite(self) -> str:
        """Its article and law."""
        rule = self.rule
        return in_language(cite_ar(rule.article, rule.law), cite_fr(rule.article, rule.law))

    @property
    def owner(self) -> str:
        """Who owes it."""
        words = law.OWNERS[self.rule.owner]
        return in_language(words.ar, words.fr)

    @property
    def confidence(self) -> str:
        """How sure it is."""
        words = law.PROMISED if self.rule.law == "council" else law.CONFIDENCES[self.rule.confidence]
        return in_language(words.ar, words.fr)

    @property
    def length(self) -> str:
        """How long it gives, as shipped or as the council says."""
        words = law.length_of(self.rule.whens[-1])
        return in_language(words.ar, words.fr)


def _state(shipped: law.Rule, now: law.Rule) -> str:
    if now.own is not None:
        return "off" if now.own.off else "changed"
    ahead = any(one.own and one.own.since > today() for one in shipped.variants)
    return "later" if ahead else "applied" if shipped.bound else "unapplied"


def lines(show: str = "") -> list[Line]:
    """The rules, law by law, those applied first. `show`: all, or only applied, changed or conflict."""
    known = overlaid()
    waiting = {one.rule: one for one in known.conflicts}
    order = list(law.LAWS)
    found = []
    for rule in sorted(known.book, key=lambda one: (order.index(one.law), not one.bound, one.id)):
        now = rule.on(today())
        shown = rule if now.own is not None and now.own.off else now
        line = Line(shown, _state(rule, now), waiting.get(rule.id))
        kept = {
            "applied": rule.bound,
            "changed": line.state in ("off", "changed", "later"),
            "conflict": line.conflict is not None,
        }.get(show, True)
        if kept:
            found.append(line)
    return found


def conflict_of(code: str) -> str:
    """What no longer fits in a rule, and which version applies meanwhile; empty when nothing waits."""
    found = next((one for one in overlaid().conflicts if one.rule == code), None)
    return in_language(found.ar, found.fr) if found else ""


def lost() -> list[str]:
    """Rules that this council changed, of which nothing is left: neither shipped nor readable."""
    return [one.rule for one in overlaid().conflicts if one.rule not in overlaid().book]


def line_of(code: str) -> Line | None:
    """One rule as it stands in the list."""
    return next((line for line in lines() if line.rule.id == code), None)


def allowed(code: str) -> tuple[str, ...]:
    """What this council may change in a shipped rule."""
    return changeable(law.RULES[code], law.RULES) if code in law.RULES else ()


def upgrade_of(row: DefinitionChange) -> list[Difference]:
    """What differs between the rule a change corrected and the one shipped today, key by key."""
    new = law.RULES[row.code].text if row.code in law.RULES else ""
    if new == row.shipped:
        return []
    return differences(tomllib.loads(row.shipped), tomllib.loads(new), name_of)


@dataclass(frozen=True)
class Told:
    """One change in words: what it replaces, and whether it holds, will hold, or is over."""

    row: DefinitionChange
    says: list[tuple[str, str]]
    state: str  # now, later, over

    @property
    def reason(self) -> str:
        """Why, in the reader's language."""
        return in_language(self.row.reason_ar, self.row.reason_fr)


def told(subject: str, code: str) -> list[Told]:
    """The history of one definition in words, the newest first."""
    return [Told(row, _says(row), _when(row)) for row in history(subject, code)]


def _when(row: DefinitionChange) -> str:
    if row.over_from is not None and (row.over_from <= today() or row.over_from <= row.since):
        return "over"
    return "later" if row.since > today() else "now"


#: What the keys of a definition are called.
_NAMES: Mapping[str, Any] = {
    "owner": gettext_lazy("Who must do it"),
    "max": gettext_lazy("Length"),
    "counting": gettext_lazy("How days are counted"),
    "article": gettext_lazy("Article"),
    "sentence": gettext_lazy("Sentence"),
    "subject_ar": gettext_lazy("Subject in Arabic"),
    "subject_fr": gettext_lazy("Subject in French"),
    "ar": gettext_lazy("Text in Arabic"),
    "fr": gettext_lazy("Text in French"),
}


def name_of(path: str) -> str:
    """What a key of a definition is called, by the path that leads to it; never the key itself."""
    parts = path.replace("[", ".").replace("]", "").split(".")
    return next((str(_NAMES[part]) for part in parts if part in _NAMES), _("another part of the text"))


def _says(row: DefinitionChange) -> list[tuple[str, str]]:
    return [(name_of(key), _value(key, value)) for key, value in row.keys.items()]


def _value(key: str, value: Any) -> str:
    if key == "owner" and value in law.OWNERS:
        return in_language(law.OWNERS[value].ar, law.OWNERS[value].fr)
    if key == "sentence":
        return in_language(value["ar"], value["fr"])
    if key == "counting":
        return str(COUNTING[value])
    return str(value)
