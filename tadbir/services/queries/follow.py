"""One request as the person who asked sees it: what he must do now, his remedies, and where it stands."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tadbir import law
from tadbir.councils.clock import local_date
from tadbir.councils.models import in_language
from tadbir.desk.followed import Followed
from tadbir.desk.words import NOTIFIED
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Document, Duty, Fact
from tadbir.services.queries.remedies import Delay, Done, FiledRemedy, Way, delay_of, then_of, way_of, ways_elsewhere


@dataclass(frozen=True)
class Todo:
    """Something the council waits for from the person, and the date to do it before."""

    kind: str
    label: str
    before: date | None
    document: str = ""
    reason: str = ""
    asked: int = 0  # the fact that asks it

    @property
    def is_text(self) -> bool:
        """Whether it is answered in words rather than with a document."""
        return not self.document


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
        """Missing documents of an incomplete file, then the questions that nobody answered yet."""
        if self.dossier.closed_at is not None:
            return []
        story, sheet = self.followed.story, self.dossier.sheet.parsed if self.dossier.sheet else None
        listed, found = story.last("missing_listed"), list[Todo]()
        if listed is not None and not story.of("completed"):  # nothing is missing once it is complete
            brought = {row.requirement for row in self.followed.documents}
            missing = story.missing(sheet, self.dossier.applicant_kind, brought)
            found = [Todo(listed.kind, one.label, self._before(listed), one.code) for one in missing]
        for fact in story.asked_of("person"):
            code = str(fact.data.get("document", ""))
            document = sheet.document(code) if sheet and code else None
            words = law.FACTS[fact.kind]
            label = document.label if document else in_language(words.ar, words.fr)
            reason = str(fact.words.get("reason", ""))
            found.append(Todo(fact.kind, label, self._before(fact), code, reason, fact.pk))
        return found

    def done(self, fact: str) -> Done | None:
        """What to say after the person did this himself, by the number of its fact; None for anything else."""
        done = next((one for one in self.followed.story.alive if str(one.pk) == fact), None)
        if done is None or done.source != "online" or done.by_id is not None:
            return None
        completed = self.followed.story.last("completed")
        if completed is not None and completed.pk < done.pk:
            completed = None
        told = dossiers.shows_delay(self.followed.facts)
        started = self._started_by(completed or done) if told else []
        # what it owes: its own rights, as to ask in the first half, end on other days
        owed = (row for row in started if row.type == "duty" and row.owner in dossiers.OURS and row.over_on is None)
        words = law.FACTS[done.kind]
        return Done(
            done.happened_at,
            in_language(words.ar, words.fr),
            local_date(completed.happened_at) if completed and told else None,
            next((row.do_by for row in owed), None),
        )

    def _started_by(self, fact: Fact) -> list[Duty]:
        return [row for row in self.followed.duties if row.trigger == str(fact.pk)]

    def _before(self, fact: Fact) -> date | None:
        """By when: of a document, where the return of the file was taken back, by the day counted from there."""
        rows = [row for row in self.followed.duties if row.rule in law.TO_COMPLETE and row.over_on is None]
        again = [row.file_before for row in rows if row.file_before and fact.kind in _DOCUMENTS]
        return dossiers.day_of_person(self.followed.duties, fact) or min(again, default=None)

    def way(self, remedy: law.Appeal) -> Way:
        """One remedy that the council itself answers, as it stands today."""
        return way_of(self.standing, remedy, self.followed.duties)

    @cached_property
    def here(self) -> list[Way]:
        """The remedies that are filed on this page, that of its own law first. What may be filed early is said of that
        one alone."""
        regime = self.followed.regime
        own = regime.appeal.filed if regime and regime.appeal else ""
        if self.sense == "granted":  # nobody contests what he was granted; what his own law still opens stays
            return [one for one in self._here if one.state == "open" and one.filed == own]
        return [one for one in self._here if one.state == "open" or (one.state == "early" and one.filed == own)]

    @cached_property
    def elsewhere(self) -> list[Way]:
        """The ways that lead elsewhere, of those that are open; nobody contests what he took back, nor, without a day
        that his law gives for it, what he was granted."""
        if self.is_stopped:
            return []
        found = [one for one in self._elsewhere if one.state == "open"]
        return [one for one in found if one.before or one.at_once] if self.sense == "granted" else found

    @cached_property
    def over(self) -> list[Way]:
        """The ways whose last day is past, however one counts; of what was granted, that of its own law alone."""
        regime = self.followed.regime
        own = regime.appeal.filed if regime and regime.appeal else ""
        found = [one for one in (*self._here, *self._elsewhere) if one.state == "over" and one.over_since]
        return [one for one in found if one.filed == own] if self.sense == "granted" else found

    @cached_property
    def _here(self) -> list[Way]:
        regime = self.followed.regime
        return [self.way(one) for one in (regime.answered if regime else ())]

    @cached_property
    def _elsewhere(self) -> list[Way]:
        regime = self.followed.regime
        return list(ways_elsewhere(regime, self.followed.duties)) if regime else []

    @property
    def has_ways(self) -> bool:
        """Whether something may be done against a silence or an answer now."""
        return bool([one for one in self.here if one.state == "open"] or self.elsewhere)

    @cached_property
    def filed(self) -> list[FiledRemedy]:
        """The remedies that the person filed with the council, those that wait first."""
        found = list[FiledRemedy]()
        regime = self.followed.regime
        for remedy in regime.answered if regime else ():
            found += self._sent(
                remedy.filed, in_language(remedy.name.ar, remedy.name.fr), then_of(self.standing, regime, remedy)
            )
        return sorted(found, key=lambda one: not one.waits)

    @cached_property
    def reasons(self) -> list[FiledRemedy]:
        """The reasons that were asked for, each time."""
        words = law.FACTS["reasons_asked"]
        return self._sent("reasons_asked", in_language(words.ar, words.fr))

    def _sent(self, kind: str, name: str, then: str = "") -> list[FiledRemedy]:
        story, found = self.followed.story, list[FiledRemedy]()
        waiting = [] if self.is_stopped else story.waiting(kind)
        for fact in story.of(kind):
            ours = [row for row in self._started_by(fact) if row.owner in dossiers.OURS]
            waits, on = fact in waiting, local_date(fact.happened_at)
            owed = next(iter(ours), None) if waits else None
            late = owed.starts_on if owed and owed.do_by and owed.starts_on and owed.starts_on > on else None
            kept = (kind, fact.pk, late, str(fact.words.get("text", "")))
            stopped = not waits and story.stopped(fact)
            found.append(FiledRemedy(name, on, waits, owed.do_by if owed else None, then, *kept, stopped))
        return found

    def supported(self, filed: str) -> tuple[FiledRemedy | None, list[Document]]:
        """The remedy of a kind that waits, and the documents that came with it."""
        waiting = next((one for one in self.filed if one.waits and one.filed == filed), None)
        return waiting, [row for row in self.followed.documents if waiting and row.fact_id == waiting.fact]

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
        told, regime = self.followed.story.last(*_ANSWERS), self.followed.regime
        found = [one for one in (regime.answered if regime else ()) if told is not None and one.answered == told.kind]
        return in_language(found[0].name.ar, found[0].name.fr) if found else ""

    @property
    def return_taken_back(self) -> bool:
        """Whether the last answer granted that a file which had gone back goes on: nothing is to be fetched."""
        return (
            bool(self.answered_remedy and self.followed.story.last("file_returned")) and not self.followed.story.ended
        )

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
        return (self.lapsed or self.unreasoned) and self.may("reasons_asked").allowed

    @property
    def unreasoned(self) -> bool:
        """Whether the answer was taken by necessity, without its reasons (law 03-01, article 4)."""
        return bool((told := self.followed.story.last("notified")) and told.data.get("unreasoned"))

    @property
    def sense(self) -> str:
        """What was answered last, to the request or to an appeal, once it was notified."""
        told = self.followed.story.last(*_ANSWERS)
        return str(told.data.get("sense", "")) if told else ""

    @property
    def answer_stands(self) -> bool:
        """Whether an answer was notified and something else stands at the top: a remedy that waits hides no answer."""
        return self.state != "answered" and self.followed.story.last(*_ANSWERS) is not None

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
        if self.followed.ready:
            return "ready"
        if story.ended:  # a remedy against it opened the dossier
            return "appealed" if self.filed and self.filed[0].waits else story.ended.kind
        if story.first("missing_listed") and not story.first("completed"):
            return "filing"
        if self.todos:
            return "waiting"
        if self.filed:
            return "appealed" if self.filed[0].waits else "answered"
        if self.lapsed or self.delay.state == "over":
            return "late"
        return "passing" if self.delay.state == "passing" else "study"


#: What asks for documents.
_DOCUMENTS = ("missing_listed", "replacement_asked")
#: What a petition goes through before anything is answered.
_ON_THE_WAY = ("bureau_accepted", "bureau_refused", "put_on_agenda")
_STOPPED = {"withdrawn", "misdirected", "duplicate_of"}
_ANSWERS = NOTIFIED | {"delivered_on_spot"}
#: The colour of the sentence at the top, by what it says: an answer has that of its sense.
_TONES = {
    **dict.fromkeys(("late", "passing", "filing", "waiting", "file_returned"), "warn"),
    "ready": "good",
    "granted": "good",
    "partial": "warn",
    "refused": "bad",
}
