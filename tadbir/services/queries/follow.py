"""One request as the person who asked sees it: what he must do now, his remedies, and where it stands."""

from dataclasses import replace
from datetime import date
from functools import cached_property

from tadbir import law
from tadbir.councils.clock import local_date
from tadbir.councils.models import in_language
from tadbir.desk.added import additions, said_in
from tadbir.desk.followed import Followed
from tadbir.desk.words import NOTIFIED
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Document, Fact
from tadbir.services.queries.delay import Delay, delay_of
from tadbir.services.queries.reasons import reasons_day
from tadbir.services.queries.remedies import (
    Done,
    FiledRemedy,
    Way,
    done_of,
    filed_of,
    reasons_over,
    then_of,
    way_of,
    ways_elsewhere,
)
from tadbir.services.queries.todos import Todo, todos_of


class RequestView:
    """What the page of a request shows besides what every dossier shows."""

    def __init__(self, followed: Followed) -> None:
        self.followed, self.dossier = followed, followed.dossier

    @cached_property
    def standing(self) -> law.State:
        """What its facts make of it today."""
        return clockwork.standing(self.dossier, facts=self.followed.facts)

    def may(self, kind: str) -> law.Permission:
        """What the law says of a fact of this kind now."""
        return law.permitted(self.standing, kind)

    @cached_property
    def todos(self) -> list[Todo]:
        """What the council waits for from the person."""
        return todos_of(self.followed)

    def done(self, fact: str) -> Done | None:
        """What to say after the person did this himself, by the number of its fact; None for anything else."""
        done = next((one for one in self.followed.story.alive if str(one.pk) == fact), None)
        if done is None or done.source != "online" or done.by_id is not None:
            return None
        completed = self.followed.story.last("completed")
        if completed is not None and completed.pk < done.pk:
            completed = None
        told = dossiers.shows_delay(self.followed.facts)
        by = str((completed or done).pk)
        started = [row for row in self.followed.duties if row.trigger == by] if told else []
        # what it owes: its own rights, as to ask in the first half, end on other days
        owed = (row for row in started if row.type == "duty" and row.owner in dossiers.OURS and row.over_on is None)
        again = self._resumed if done.kind in _RESUMING else None
        first = next((row for row in owed if row.do_by), None)
        sheet = self.dossier.sheet.parsed if self.dossier.sheet else None
        document = sheet.document(str(done.data.get("document", ""))) if sheet else None
        name = self.followed.what_is_answered(done) + (f" ({document.label})" if document else "")
        return done_of(done, name, completed if told else None, first, again)

    @property
    def _resumed(self) -> date | None:
        """By when the council answers, where nothing holds its delay up any more."""
        return self.delay.day if self.delay.state == "running" and not self.todos else None

    def way(self, remedy: law.Appeal) -> Way:
        """One remedy that the council itself answers, as it stands today."""
        return way_of(self.standing, remedy)

    @cached_property
    def here(self) -> list[Way]:
        """The remedies that are filed on this page, that of its own law first. What may be filed early is said of that
        one alone."""
        if self.sense == "granted":  # nobody contests what he was granted; what his own law still opens stays
            return [one for one in self._here if one.state == "open" and one.filed == self._own]
        return [one for one in self._here if one.state == "open" or (one.state == "early" and one.filed == self._own)]

    @cached_property
    def elsewhere(self) -> list[Way]:
        """The ways that lead elsewhere, of those that are open; nobody contests what he took back, nor, without a day
        that his law gives for it, what he was granted."""
        granted, ways = self.sense == "granted", [] if self.is_stopped else self._elsewhere
        return [one for one in ways if one.state == "open" and (not granted or one.before or one.at_once)]

    @cached_property
    def over(self) -> list[Way]:
        """The ways whose last day is past, however one counts; of what was granted, that of its own law alone."""
        if self.followed.put_right:  # nobody could know from which day it was counted
            return []
        why = None if self.unreasoned else reasons_over(self.standing)
        ways = (*self._here, *self._elsewhere, *([why] if why else ()))
        found = [one for one in ways if one.state == "over" and one.over_since]
        if self.elsewhere:  # what comes after it is open all the same
            found = [replace(one, lost="") for one in found]
        return [one for one in found if one.filed == self._own] if self.sense == "granted" else found

    @cached_property
    def _here(self) -> list[Way]:
        regime = self.followed.regime
        return [self.way(one) for one in (regime.answered if regime else ())]

    @cached_property
    def _elsewhere(self) -> list[Way]:
        regime = self.followed.regime
        return list(ways_elsewhere(regime, self.standing)) if regime else []

    @property
    def has_ways(self) -> bool:
        """Whether something may be done against a silence or an answer now."""
        return bool([one for one in self.here if one.state == "open"] or self.elsewhere)

    @property
    def is_over(self) -> bool:
        """Whether nothing that contests is open or waits any more, where something was: a new request is left."""
        left = self.waits or self.has_ways or self.may_ask_reasons or self.is_stopped or self.sense == "granted"
        return bool(self.over) and not left

    @property
    def own_is_over(self) -> bool:
        """Whether the remedy of its own law is past and nothing waits: a new request is left, whatever else is."""
        return self.sense != "granted" and not self.waits and any(one.filed == self._own for one in self.over)

    @property
    def _own(self) -> str:
        return self.followed.regime.appeal.filed if self.followed.regime and self.followed.regime.appeal else ""

    @property
    def waits(self) -> bool:
        """Whether a remedy waits for its answer, or the reasons that were asked for."""
        return any(one.waits for one in (*self.filed, *self.reasons))

    @property
    def reasons_day(self) -> date | None:
        """By when the reasons are asked for, while that is to come."""
        return reasons_day(self.standing)

    @cached_property
    def filed(self) -> list[FiledRemedy]:
        """The remedies that the person filed with the council, those that wait first."""
        found = list[FiledRemedy]()
        regime = self.followed.regime
        for remedy in regime.answered if regime else ():
            then = then_of(self.standing, regime, remedy)
            found += filed_of(self.followed, remedy.filed, remedy.name, then, stopped=self.is_stopped)
        return sorted(found, key=lambda one: not one.waits)

    @cached_property
    def reasons(self) -> list[FiledRemedy]:
        """The reasons that were asked for, each time."""
        asked = "reasons_asked"
        return filed_of(self.followed, asked, law.FACTS[asked], stopped=self.is_stopped)

    def supported(self, filed: str) -> tuple[FiledRemedy | None, list[Document], list[Fact]]:
        """The remedy of a kind that waits, the documents that came for it, and the words that were added to it."""
        waiting = next((one for one in self.filed if one.waits and one.filed == filed), None)
        fact = next((one for one in self.followed.story.alive if waiting and one.pk == waiting.fact), None)
        added = additions(self.followed.story, fact) if fact else []
        ours = {one.pk for one in (fact, *added) if one}
        came = [row for row in self.followed.documents if row.fact_id in ours]
        return waiting, came, [one for one in added if said_in(one)]

    @property
    def is_stopped(self) -> bool:
        """Whether nothing of it goes on here, not even a remedy that waited: taken back, filed twice, another's."""
        return self.dossier.closed_by_kind in _STOPPED

    @property
    def goes_on(self) -> bool:
        """Whether the council studies it, or waits for its documents: it has its receipt and nothing else happened."""
        return self.state in ("filing", "study")

    @property
    def reached(self) -> str:
        """What was decided on the way to an answer, in the words of the law; empty for most requests."""
        found = self.followed.story.last(*_ON_THE_WAY)
        return in_language(law.FACTS[found.kind].ar, law.FACTS[found.kind].fr) if found else ""

    @property
    def answered_remedy(self) -> str:
        """The remedy that the last answer is the answer to; empty where it is that of the request itself."""
        told, regime = self._told, self.followed.regime
        found = [one for one in (regime.answered if regime else ()) if told is not None and one.answered == told.kind]
        return in_language(found[0].name.ar, found[0].name.fr) if found else ""

    @property
    def way_chosen(self) -> str:
        """In what form the answer is wanted, where its form asked it: then it is not always handed at the counter."""
        asked = self.dossier.sheet.parsed.questions if self.dossier.sheet else ()
        return str(self.dossier.answers.get("form", "")) if any(one.code == "form" for one in asked) else ""

    @property
    def lapsed(self) -> bool:
        """Whether a delay of the council ran out."""
        return bool(self.followed.story.lapses)

    @property
    def may_withdraw(self) -> bool:
        """Whether the person may take the request back."""
        return self.may("withdrawn").allowed

    @property
    def may_ask_reasons(self) -> bool:
        """Whether, after a silence or a decision that bears no reasons, the person may ask why."""
        return self.may("reasons_asked").allowed

    @property
    def unreasoned(self) -> bool:
        """Whether the answer was taken by necessity, without its reasons (law 03-01, article 4)."""
        return bool((told := self.followed.story.last("notified")) and told.data.get("unreasoned"))

    @property
    def sense(self) -> str:
        """What was answered last, to the request or to an appeal, once it was notified."""
        return str(self._told.data.get("sense", "")) if self._told else ""

    @cached_property
    def _told(self) -> Fact | None:
        """The last answer to the request or to a remedy; one that only took back a return says nothing of either."""
        story = self.followed.story
        return next((one for one in reversed(story.of(*_ANSWERS)) if not story.resumes(one)), None)

    @property
    def taken_back(self) -> date | None:
        """The day on which the return of the file was taken back, where the request goes on from there."""
        story = self.followed.story
        last = story.last(*_ANSWERS)
        return local_date(story.moment(last)) if last is not None and story.resumes(last) else None

    @property
    def answer_stands(self) -> bool:
        """Whether an answer was notified and something else stands at the top: a remedy that waits hides no answer."""
        return self.state != "answered" and self._told is not None

    @property
    def answer_tone(self) -> str:
        """The colour of an answer: a refusal is never shown as good news."""
        return _TONES.get(self.sense, "info")

    @property
    def tone(self) -> str:
        """The colour of the sentence at the top."""
        return self.answer_tone if self.state == "answered" else _TONES.get(self.state, "info")

    @cached_property
    def delay(self) -> Delay:
        """Where the delay of the council stands: what the clock beside says, and no other."""
        return delay_of(self.followed)

    @cached_property
    def state(self) -> str:
        """Which sentence stands at the top of the page."""
        story, closed_by = self.followed.story, self.dossier.closed_by_kind
        if closed_by:
            return "answered" if closed_by in _ANSWERS else closed_by
        if self.followed.put_right:
            return "put_right"
        if self.followed.ready:
            return "ready"
        if story.ended:  # a remedy against it opened the dossier
            return "appealed" if self.filed and self.filed[0].waits else story.ended.kind
        if story.first("missing_listed") and not story.first("completed"):
            return "filing"
        if self.todos:
            return "waiting"
        if self.filed and self.filed[0].waits:
            return "appealed"
        if self.filed and self._told:
            return "answered"
        if self.lapsed or self.delay.state == "over":
            return "late"
        return "passing" if self.delay.state == "passing" else "study"


#: What ends a suspension.
_RESUMING = ("information_received", "replacement_received")
#: What a petition goes through before anything is answered.
_ON_THE_WAY = ("bureau_accepted", "bureau_refused", "put_on_agenda")
_STOPPED = {"withdrawn", "misdirected", "duplicate_of"}
_ANSWERS = NOTIFIED | {"delivered_on_spot"}
#: The colour of the sentence at the top, by what it says: an answer has that of its sense.
_TONES = {
    **dict.fromkeys(("late", "passing", "put_right", "filing", "waiting", "file_returned"), "warn"),
    "ready": "good",
    "granted": "good",
    "partial": "warn",
    "refused": "bad",
}
