"""What a verb or a letter that closes a dossier does, for the pages that ask before it: derived from the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from tadbir import law
from tadbir.acts.models import Draft
from tadbir.councils.clock import CASABLANCA, now, today
from tadbir.councils.models import in_language
from tadbir.desk import papers
from tadbir.desk.dossier import Desk
from tadbir.desk.matter import left_out_of
from tadbir.desk.notices import Promise, promise_to
from tadbir.desk.verbs import ends
from tadbir.desk.words import fact_name
from tadbir.dossiers import clockwork
from tadbir.dossiers.ends import end_of
from tadbir.dossiers.models import Fact
from tadbir.dossiers.story import Story

#: Who corrects an entry of each kind, once it is recorded.
UNDONE: dict[str, Any] = {
    "worker": _("A mistake is corrected here, with a reason: the entry stays, struck out."),
    "answerable": _(
        "Only the director general or the president corrects it, with a reason: the entry stays, struck out."
    ),
    "nobody": _("This cannot be undone."),
}


class Clock(NamedTuple):
    """A duty, a right or an effect, as the page names it, by when, and the last day before it is certainly over."""

    label: str
    by: date | None
    sure: date | None = None

    @property
    def twofold(self) -> bool:
        """Whether it has two days, the advised one and the certain one, as one whose reception is recorded has."""
        return self.sure is not None and self.by is not None and self.sure != self.by


class Moved(NamedTuple):
    """The clocks that stop, those that begin, those whose last day is another one."""

    stops: list[Clock]
    begins: list[Clock]
    moves: list[Clock]


@dataclass(frozen=True)
class Ending:
    """What happens when a verb is done: what it is called in the history, whether the dossier leaves every list, the
    clocks that stop and those that begin, whether the person can be told by a message, and who corrects it. `notified`:
    it is done by a letter that takes effect once the person is notified of it."""

    name: str
    closes: bool
    stops: list[Clock]
    begins: list[Clock]
    promise: Promise
    undone: Any
    notified: bool


def ending_by(desk: Desk, draft: Draft) -> Ending | None:
    """What a letter would end and begin once it is signed or notified; None for one that ends nothing."""
    step = papers.step_of(draft)
    if step is None or step.about or not ends(step.fact):
        return None
    return ending(desk, step.fact, step.data)


def ending(desk: Desk, kind: str, data: Mapping[str, Any] | None = None) -> Ending:
    """What recording a fact of this kind would end and begin, were it done now."""
    facts = desk.story.told
    said = law.Fact("next", kind, now().astimezone(CASABLANCA), dict(data or {}), seq=len(facts))
    letter = papers.letter_of(desk.dossier.kind, kind)
    moved = moved_by(desk, [*facts, said])
    return Ending(
        name=fact_name(kind),
        closes=bool(end_with(desk, Fact(kind=kind, happened_at=now(), data=dict(data or {})))),
        stops=moved.stops,
        begins=moved.begins,
        promise=promise_to(desk.dossier.applicant),
        undone=UNDONE[law.FACTS[kind].corrected_by],
        notified=letter is not None and letter.paper.notified,
    )


def moved_by(desk: Desk, facts: list[law.Fact]) -> Moved:
    """What becomes of the clocks of a dossier, were these its facts."""
    before, after = _running(desk, desk.story.told), _running(desk, facts)
    return Moved(
        [_clock(duty) for key, duty in before.items() if key not in after and duty.type != "effect"],
        [_clock(duty) for key, duty in after.items() if key not in before and duty.type != "effect"],
        [_clock(duty) for key, duty in after.items() if key in before and _clock(before[key]) != _clock(duty)],
    )


def end_with(desk: Desk, fact: Fact) -> str:
    """The kind of fact that would have ended the dossier, were this one recorded now; "" while it would be open."""
    return end_of(Story([*desk.story.facts, fact]))


def _running(desk: Desk, facts: list[law.Fact]) -> dict[str, law.Duty]:
    """The duties that are still owed, late ones too, the rights that may still be used, and the silences that come, by
    their key; none that the page of the dossier leaves out."""
    left_out = left_out_of(desk.dossier)
    open_ = (duty for duty in clockwork.derived(desk.dossier, facts) if duty.open and duty.type != "bar")
    found = (duty for duty in open_ if duty.rule_id not in left_out)
    return {duty.key: duty for duty in found if duty.type == "duty" or not duty.lapsed(today())}


def _clock(duty: law.Duty) -> Clock:
    return Clock(in_language(duty.label_ar, duty.label_fr), duty.shown_day, duty.accept_until)
