"""Letters by which a step of a dossier is taken: a question, an extension, an orientation. Whoever works on the dossier
writes one, somebody who may signs it, and only then does the step stand."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts import actions as acts
from tadbir.acts.kinds import Kind
from tadbir.acts.models import Act, Draft
from tadbir.acts.queries import acts_of
from tadbir.councils.models import Person
from tadbir.councils.shown import Line, Shown
from tadbir.desk.papers.parts import told_by
from tadbir.desk.papers.returned import sent_back_lines
from tadbir.desk.words import LETTER_WORDS
from tadbir.dossiers.models import Dossier
from tadbir.register.canonical import canonical


@dataclass(frozen=True)
class Step:
    """What a letter does: the kind of fact, its data, and the words that were written for it.

    `about`: the fact that stood before the letter, which only tells it. `on`: the day of what it says, where that is
    not the day of its signature.
    """

    fact: str
    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    on: str = ""

    def to_body(self) -> dict[str, Any]:
        """The same as a part of the paper, where every value is text."""
        return {**asdict(self), "data": canonical(dict(self.data)).decode()}


@dataclass(frozen=True)
class Letter:
    """How a step is written. The signature of its paper records the step; its notification, where the paper waits for
    one. `counted` gives the keys of the body that are counted on the day of the seal."""

    paper: Kind
    body: Callable[[Dossier, Step], dict[str, Any]]
    counted: Callable[[Dossier, Step], dict[str, Any]] | None = None


_letters: dict[tuple[str, str], Letter] = {}


def register_letter(kind: str, fact: str, letter: Letter) -> None:
    """Say how a step is written in the dossiers of a kind; declared once, at start."""
    _letters[(kind, fact)] = letter


def letter_of(kind: str, fact: str) -> Letter | None:
    """How a step is written in the dossiers of a kind; None where it is taken without a letter."""
    return _letters.get((kind, fact))


def letters_taken() -> set[str]:
    """The kinds of fact that some law takes by letter."""
    return {fact for _kind, fact in _letters}


def step_of(paper: Act | Draft) -> Step | None:
    """The step that a paper takes; None for one that takes none."""
    told = told_by(paper).get("step")
    return Step(**{**told, "data": json.loads(told["data"])}) if told else None


def _written(dossier: Dossier, step: Step | None) -> tuple[Step, Letter]:
    """A step and how it is written. Raises ValidationError where it takes no letter."""
    letter = letter_of(dossier.kind, step.fact) if step else None
    if step is None or letter is None:
        raise ValidationError(_("This step does not belong to this kind of dossier."))
    return step, letter


def _with_step(letter: Letter, dossier: Dossier, step: Step) -> dict[str, Any]:
    return letter.body(dossier, step) | {"step": step.to_body()}


def draft_letter(dossier: Dossier, step: Step, by: Person) -> Draft:
    """A step as a draft act. Raises ValidationError while one of its kind waits, or where it takes no letter."""
    step, letter = _written(dossier, step)
    if waiting := letter_waiting(dossier, step.fact):
        raise ValidationError(already_written(waiting))
    if letter_to_notify(dossier, step.fact):
        raise ValidationError(_("Such a letter is signed: notify it first."))
    return acts.prepare_draft(letter.paper.code, _with_step(letter, dossier, step), dossier_ref=dossier.number, by=by)


def already_written(draft: Draft) -> str:
    """Why a letter is not written a second time: what the first one waits for."""
    if draft.sent_back_at is not None:
        return _("Such a letter was sent back without being signed: write that one again, or give it up.")
    return _("Such a letter is already written and waits for its signature.")


def rewrite(draft: Draft, dossier: Dossier, words: Mapping[str, str], by: Person) -> Draft:
    """The same step in other words."""
    step, letter = _written(dossier, step_of(draft))
    changed = replace(step, words={**step.words, **words})
    return acts.change_draft(draft, _with_step(letter, dossier, changed), by)


def unsigned(dossier: Dossier) -> list[Draft]:
    """The papers of a dossier that are written and that nobody signed, oldest first."""
    found = Draft.objects.filter(dossier_ref=dossier.number, signed_on__isnull=True, act__isnull=True)
    return list(found.select_related("prepared_by").order_by("pk"))


def letter_waiting(dossier: Dossier, fact: str) -> Draft | None:
    """The letter of one kind of step that waits for its signature."""
    return next((draft for draft in unsigned(dossier) if (step := step_of(draft)) and step.fact == fact), None)


def letter_to_notify(dossier: Dossier, fact: str) -> Act | None:
    """The letter of one kind of step that is signed, and takes it only once the person is notified."""
    return next((act for act in acts_of(dossier.number) if waits_to_take(act, fact)), None)


def waits_to_take(act: Act, fact: str) -> bool:
    """Whether a sealed paper waits for its notification to take a step of this kind."""
    step = step_of(act) if act.waits_for_notification else None
    return step is not None and step.fact == fact


def words_shown(draft: Draft) -> Shown:
    """What the page that changes the words of a letter displays."""
    step = step_of(draft)
    lines = [Line(name, LETTER_WORDS[name], text) for name, text in step.words.items()] if step else []
    lines += sent_back_lines(draft)
    return Shown(f"letter:{draft.pk}", lines, by=str(draft.prepared_by or ""), at=draft.prepared_at)


def told_by_letter(kind: str) -> list[str]:
    """The steps of a kind of dossier that stand as soon as they are recorded, and that a letter then tells."""
    regime = law.REGIMES.get(kind)
    rows = regime.facts if regime else {}
    return [
        code
        for code, row in rows.items()
        if row.step and letter_of(kind, code) and not (row.leaves_today or law.FACTS[code].closes)
    ]
