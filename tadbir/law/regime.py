"""A regime as data: the law a dossier lives under, and which fact may happen in it when. See docs/law.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .rule import Words

#: Of a dossier: none (nothing filed), filed (not complete), complete (being processed), decided (signed, not
#: notified), answered (notified or delivered), closed (withdrawn, returned, sent elsewhere, duplicate).
PHASES = ("none", "filed", "complete", "decided", "answered", "closed")
#: Words for what would otherwise be listed again and again.
PHASES_NAMED = {"open": PHASES[1:5], "filed_or_later": PHASES[1:], "always": PHASES}
OPENED_BY = ("person", "council")


def holds(since: date | None, until: date | None, day: date) -> bool:
    """Whether a day is between two days in force, either of which may be absent."""
    return (since is None or since <= day) and (until is None or day <= until)


@dataclass(frozen=True)
class Letter(Words):
    """What the letter of a step says in this regime, under its own law; `where`: only where the first fact says so."""

    title: Words
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RegimeFact:
    """When one kind of fact may happen in a regime.

    `window`: the rule whose dates bound it. `answers`: the question it answers, which must wait. `needs`: one of
    these facts must exist. `check`: a check of its own (checks.py). `step`: an officer records it as it happens,
    `reasoned` with its reasons, `leaves_today` by a letter that cannot bear another date; `told`: the code of the
    notice that tells the person; `letters`: what the letter says, the first that fits.
    """

    code: str
    phases: tuple[str, ...]
    law: str = ""
    article: str = ""
    confidence: str = ""
    times: int | None = None
    window: str | None = None
    answers: str | None = None
    needs: tuple[str, ...] = ()
    check: str | None = None
    since: date | None = None
    until: date | None = None
    step: bool = False
    reasoned: bool = False
    leaves_today: bool = False
    told: str = ""
    letters: tuple[Letter, ...] = ()

    def letter(self, data: Mapping[str, Any]) -> Letter | None:
        """The letter of this step, where the dossier was opened with these data; None where none is worded."""
        return next((one for one in self.letters if all(data.get(k) == v for k, v in one.where.items())), None)

    def in_force(self, day: date) -> bool:
        """Whether it may happen on a day at all."""
        return holds(self.since, self.until, day)


@dataclass(frozen=True)
class Remedy(Words):
    """A way to contest, as printed on a paper; the date comes from the rule.

    `after`: the rule of the remedy that comes first, beside which it is named while it has no date of its own. `over`:
    what opens only after it, said once its own last day is past and it was not used.
    """

    rule: str = ""
    after: str = ""
    over: Words | None = None


@dataclass(frozen=True)
class Appeal:
    """The remedy inside the administration: the facts that file and answer it, the rule that dates it.

    A regime may have one of its own law, before the head of the council, and the grievance of law 41-90.
    `name`: what its law calls it; `answer`: by when it is answered, in a sentence; `next`: what comes after, if
    anything does.
    """

    filed: str
    answered: str
    rule: str
    name: Words
    answer: Words
    next: Words | None = None


@dataclass(frozen=True)
class Delay(Words):
    """The delay that a sheet states, capped by a rule; `ar` and `fr` cite the articles."""

    rule: str = ""


@dataclass(frozen=True)
class Regime(Words):
    """One regime; `ar` and `fr` are its name. `law` is empty where another authority's law applies.

    `handled_by`: the right whose holders see its dossiers and work on them beside the unit. `documents_need_basis`:
    a sheet requires nothing that no text allows. `says_filed`: the receipt says whether the file is filed or being
    filed. `aim`: its delays are aims, no duties. `counted_by`: the answers of the request, by their question, that
    its first fact repeats because a rule counts by them. `day_confidence` is that of its dates in force, `confidence`
    that of the rest of the file. `asks`: what stands over the questions of its form, where it is no request.
    """

    code: str = ""
    law: str = ""
    opened_by: str = "person"
    needs_completion: bool = False
    elsewhere: bool = False
    undertaking: bool = False
    aim: bool = False
    urgent: bool = False
    documents_need_basis: bool = False
    says_filed: bool = False
    handled_by: str = ""
    counted_by: tuple[str, ...] = ()
    delay: Delay | None = None
    since: date | None = None
    until: date | None = None
    day_confidence: str = ""
    confidence: str = "memory"
    receipt: Words | None = None
    asks: Words | None = None
    remedies: tuple[Remedy, ...] = ()
    appeal: Appeal | None = None
    grievance: Appeal | None = None
    facts: Mapping[str, RegimeFact] = field(default_factory=dict)
    file: str = field(default="", compare=False)

    def __contains__(self, code: object) -> bool:
        return code in self.facts

    @property
    def answered(self) -> tuple[Appeal, ...]:
        """The remedies that the council itself answers, that of its own law first."""
        return tuple(one for one in (self.appeal, self.grievance) if one)

    def remedy(self, filed: str) -> Appeal | None:
        """The remedy that a fact of this kind files; None for any other kind."""
        return next((one for one in self.answered if one.filed == filed), None)

    @property
    def steps(self) -> tuple[str, ...]:
        """The facts that an officer records as they happen, in the order of the file."""
        return tuple(code for code, fact in self.facts.items() if fact.step)

    def in_force(self, day: date) -> bool:
        """Whether a dossier may be opened under it on a day."""
        return holds(self.since, self.until, day)
