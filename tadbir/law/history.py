"""The facts of one dossier in order, without those that a later fact removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from .casablanca import day_of
from .corrected import as_entered, lifted
from .errors import LawError
from .facts import ANSWERING, ANSWERS, CLOSED_UNANSWERED, CLOSING_AGAIN, FACTS, REFUSING, REOPENING
from .given_up import given_up
from .match import Match
from .model import Fact
from .vocabulary import GRANTING, HOUSE
from .voided import voided


class History:
    """What is true of a dossier, in order of day then of recording. Raises LawError for an unknown kind."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        given = list(facts)
        seen: set[str] = set()
        for fact in given:
            if fact.kind not in FACTS:
                raise LawError(f"fact {fact.id}", f"{fact.kind!r} is not in the vocabulary of facts")
            if fact.id in seen:
                raise LawError(f"fact {fact.id}", "the same id twice")
            seen.add(fact.id)
        gone = voided(given)
        self._day = {fact.id: day_of(fact.at, f"fact {fact.id}") for fact in given}
        self._place = {fact.id: (self._day[fact.id], fact.seq, fact.id) for fact in given}
        #: What was struck out, as it was recorded.
        self.struck = tuple(fact for fact in given if fact.id in gone)
        #: What each correction that stands took out, by its number.
        self.targets = {one.id: fact for one in given for fact in self.struck if one.voids == fact.id}
        self._given = given
        self.facts: tuple[Fact, ...] = tuple(sorted((fact for fact in given if fact.id not in gone), key=self.order))
        self._of_kind: dict[str, list[Fact]] = {}
        for fact in self.facts:
            self._of_kind.setdefault(fact.kind, []).append(fact)
        self._by_id = {fact.id: fact for fact in self.facts}

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def day(self, fact: Fact) -> date:
        """The civil day of a fact in Casablanca."""
        return self._day[fact.id]

    def order(self, fact: Fact) -> tuple[date, int, str]:
        """The place of a fact in the dossier."""
        return self._place[fact.id]

    def of(self, *kinds: str) -> list[Fact]:
        """The facts of some kinds, in order."""
        if len(kinds) == 1:
            return self._of_kind.get(kinds[0], [])
        return [fact for fact in self.facts if fact.kind in kinds]

    def until(self, on: date) -> History:
        """The same dossier as it stood at the end of a day; what was removed stays removed."""
        return self._only(fact for fact in self.facts if self._day[fact.id] <= on)

    def pursued(self) -> History:
        """The same dossier without the remedies that their person took back."""
        gone = given_up(self)
        return self._only(fact for fact in self.facts if fact.id not in gone) if gone else self

    def _only(self, facts: Iterable[Fact]) -> History:
        then = History(replace(fact, voids=None) for fact in facts)
        then.struck, then._place, then.targets, then._given = self.struck, self._place, self.targets, self._given
        return then

    def when_entered(self, fact: Fact) -> History:
        """The dossier as it stood when a fact was entered, whatever was put right since."""
        return History(as_entered(self._given, fact))

    def first(self, *kinds: str) -> Fact | None:
        """The first fact of some kinds."""
        found = self.of(*kinds)
        return found[0] if found else None

    def last(self, *kinds: str) -> Fact | None:
        """The last fact of some kinds."""
        found = self.of(*kinds)
        return found[-1] if found else None

    def matching(self, match: Match) -> list[Fact]:
        """The facts that pass a filter, in order."""
        return [fact for fact in self.of(match.fact) if match.fits(fact.data)]

    @cached_property
    def answers(self) -> dict[str, Fact]:
        """For each question, the fact that answered it: by its id, else by document, else the first waiting.

        A reply that names a question of another kind answers this one beside it: the reasons that were asked for are
        in the answer to the appeal.
        """
        found: dict[str, Fact] = {}
        for kind, replies in ANSWERS.items():
            questions = self._asked(kind)
            for reply in self.of(*replies) if questions else ():
                question = self._question(kind, reply, [q for q in questions if q.id not in found])
                if question is not None:
                    found[question.id] = reply
        return found

    def _asked(self, kind: str) -> list[Fact]:
        """The questions of a kind. Whoever goes to the governor asks nothing anew of the council: he reports that his
        appeal waits (law 55-19, article 21), and that one is answered."""
        return [fact for fact in self.of(kind) if fact.data.get("level") != "governor"]

    def _question(self, kind: str, reply: Fact, waiting: list[Fact]) -> Fact | None:
        earlier = [question for question in waiting if self.order(question) < self.order(reply)]
        named = reply.data.get("asked")
        other = self._by_id.get(named) if named is not None else None
        if named is not None and (other is None or other.kind == kind):
            return next((question for question in earlier if question.id == named), None)
        document = reply.data.get("document")
        for question in earlier:
            if document is None or question.data.get("document") in (None, document):
                return question
        return None

    def waiting(self, kind: str) -> list[Fact]:
        """The questions of a kind that nothing answered. A remedy waits no more once it is taken back, all that was
        asked is granted, or what it contests was struck out; nor does what he asked for before he took his request
        back, or before his file was returned."""
        found = [one for one in self._asked(kind) if one.id not in self.answers and one.id not in given_up(self)]
        if kind in REOPENING or kind == "reasons_asked":
            ends = [end for end in self.of(*CLOSED_UNANSWERED) if end.kind not in REFUSING]
            gone = [end for end in ends if end.id not in self.undone]
            found = [fact for fact in found if all(self.order(end) < self.order(fact) for end in gone)]
        return [fact for fact in found if not (self.met(fact) or lifted(self, fact))] if kind in REOPENING else found

    @cached_property
    def _favourable(self) -> list[Fact]:
        refused = self.refusals
        said = [fact for fact in self.of(*ANSWERING) if fact.data.get("sense", "granted") == "granted"]
        return [fact for fact in said if fact not in refused]

    @cached_property
    def grants(self) -> list[Fact]:
        """The answers to the request that say that they give all that was asked."""
        return [fact for fact in self._favourable if not self.carries_out_part(fact)]

    def met(self, remedy: Fact, before: Fact | None = None) -> bool:
        """Whether all that was asked was granted after a remedy (and `before` a fact): it waits no more."""
        return any(
            self.order(remedy) < self.order(fact) and (before is None or self.order(fact) < self.order(before))
            for fact in self.grants
        )

    @cached_property
    def undone(self) -> frozenset[str]:
        """The ends without an answer (a file returned) that a remedy, granted after them, took away: their numbers."""
        granted = [fact for fact in self.of(*CLOSING_AGAIN) if fact.data.get("sense") in GRANTING]
        last = granted[-1] if granted else None
        ends = self.of(*CLOSED_UNANSWERED) if last is not None else []
        gone = [fact for fact in ends if last is not None and self.order(fact) < self.order(last)]
        return frozenset(fact.id for fact in gone if fact.kind not in REFUSING or self.lacking(fact))

    def lacking(self, end: Fact) -> bool:
        """Whether the file lacked a document when this ended it: no delay had begun, and it is to be completed."""
        before = [fact.kind for fact in self.of("missing_listed", "completed") if self.order(fact) < self.order(end)]
        return bool(before) and "completed" not in before

    def closing_contested(self, remedy: Fact) -> Fact | None:
        """The end without an answer that a remedy contests: that which stood when it came, if one did."""
        if remedy.kind not in REOPENING:
            return None
        ends = [one for one in self.of(*CLOSED_UNANSWERED) if one.kind not in REFUSING]
        last = next((one for one in reversed(ends) if self.order(one) < self.order(remedy)), None)
        return last if last is not None and self.taken_back(last, remedy) is None else None

    def taken_back(self, end: Fact, before: Fact | None = None) -> Fact | None:
        """The answer to a remedy that took an end away, by granting (before another fact) what contested it."""
        for fact in self.of(*CLOSING_AGAIN):
            if fact.data.get("sense") in GRANTING and self.order(end) < self.order(fact):
                return fact if before is None or self.order(fact) < self.order(before) else None
        return None

    def question_of(self, fact: Fact) -> Fact:
        """What a fact answers, or the fact itself."""
        return next((self._by_id[name] for name, reply in self.answers.items() if reply is fact), fact)

    def resumes(self, reply: Fact) -> bool:
        """Whether the answer to a remedy says nothing of what was asked: it contested an end without an answer, and the
        request goes on where that is taken away."""
        return self.closing_contested(self.question_of(reply)) is not None

    def asks_anew(self, reply: Fact) -> bool:
        """Whether the answer to a remedy leaves the request to be answered, in whatever sense: what it took away was an
        end without an answer, or a letter that sent its person elsewhere, which may have been struck out since."""
        asked = self.question_of(reply)
        if self.resumes(reply) or reply.data.get("sense") != "granted" or self.of("bureau_refused"):
            return self.resumes(reply)
        struck = [fact for fact in self.struck if fact.kind in REFUSING and self.order(fact) < self.order(asked)]
        said = [fact for fact in self.before(asked) if fact in self.refusals or self._says_no(fact)]
        last = said[-1] if said else None
        return last.kind in REFUSING if last is not None else bool(struck)

    @cached_property
    def refusals(self) -> list[Fact]:
        """The answers to the request that refused it, in whole or in part, in order."""
        said = self.of("notified", *REFUSING)
        return [fact for fact in said if fact.kind in REFUSING or fact.data.get("sense") != "granted"]

    @cached_property
    def lapses(self) -> list[Fact]:
        """The delays recorded as over without what the administration owed: that of the person is nobody's silence."""
        return [fact for fact in self.of("lapsed") if fact.data.get("owner", "administration") in HOUSE]

    def contesting(self, kind: str) -> list[Fact]:
        """The appeals of a kind that wait and contest something: a refusal, a silence."""
        return [fact for fact in self.waiting(kind) if self.contests(fact)]

    def contests(self, remedy: Fact, before: Fact | None = None) -> bool:
        """Whether there is (or was, `before` a fact) something to contest.

        One that came early contests nothing until the council refused or its delay lapsed; nor does one against a
        decision that was struck out since, or that an earlier remedy, granted, took away.
        """
        against, since = remedy.data.get("against"), self.granted_before(remedy)
        if self.closing_contested(remedy) is not None or (against == "lapse" and since is None):
            return True
        decided = self._refused_before(remedy) if against == "refusal" else []
        found = [*self.refusals, *self.lapses, *decided]
        # what was given in words only, or was not what was asked
        found += [fact for fact in self._favourable if self.order(fact) < self.order(remedy)]
        found = [fact for fact in found if since is None or self.order(fact) > since]
        return any(before is None or self.order(fact) < self.order(before) for fact in found)

    def told_before(self, remedy: Fact) -> bool:
        """Whether something that a remedy may contest stands before it."""
        return any(one in self._favourable for one in self.before(remedy)) or bool(self._refused_before(remedy))

    def _refused_before(self, remedy: Fact) -> list[Fact]:
        """What stands before a remedy and refuses, and the decision of which only the notification was struck out."""
        told = {one.data.get("act") for one in self.struck if one.kind == "notified" and one.data.get("act")}
        return [
            one
            for one in self.before(remedy)
            if (one.kind == "outcome_signed" and one.data.get("act") in told) or self._says_no(one)
        ]

    def before(self, fact: Fact) -> list[Fact]:
        """What stands before it."""
        return [one for one in self.facts if self.order(one) < self.order(fact)]

    def granted_before(self, remedy: Fact | None) -> tuple[date, int, str] | None:
        """The place of the last answer (before a remedy) that granted all that an earlier one asked, or that the file
        goes on, if any."""
        said = [one for one in self.of(*CLOSING_AGAIN) if one.data.get("sense") in GRANTING]
        given = [one for one in said if one.data.get("sense") == "granted" or self.resumes(one)]
        before = [one for one in given if remedy is None or self.order(one) < self.order(remedy)]
        return self.order(before[-1]) if before else None

    @property
    def silences(self) -> list[Fact]:
        """The lapses that may be contested still: no remedy that was granted since took them away."""
        since = self.granted_before(None)
        return [fact for fact in self.lapses if since is None or self.order(fact) > since]

    def _says_no(self, fact: Fact) -> bool:
        """Whether a fact is a decision that refuses, in whole or in part, told or only signed: a remedy has its object
        in it, though the entry of its notification be struck out to be made again."""
        if "sense" in FACTS[fact.kind].keys:
            return fact.data.get("sense") != "granted"
        return fact.kind in CLOSED_UNANSWERED or fact.kind == "bureau_refused" or fact in self.lapses

    def decides(self, reply: Fact) -> bool:
        """Whether the answer to a remedy answers the request too: it refused, in whole or in part, what was contested.

        What a silence had refused is refused in words by then; a remedy that is granted leaves the request to be
        answered anew.
        """
        asked = self._by_id.get(str(reply.data.get("asked")))
        if asked is None or self.closing_contested(asked) is not None:
            return False  # it says nothing of what was asked
        return reply.data.get("sense") in ("refused", "partial") and self.contests(asked, reply)

    def came_to_nothing(self, remedy: Fact) -> bool:
        """Whether a remedy was answered before there was anything to contest, or what it contested was struck out
        since: it used no right, and ended none. What it granted stays owed."""
        reply = self.answers.get(remedy.id) if remedy.kind in REOPENING else None
        if reply is None or reply.data.get("sense") == "refused":
            return reply is not None and not self.decides(reply)
        return not self.contests(remedy, reply)

    def carries_out_part(self, fact: Fact) -> bool:
        """Whether an answer gives what a remedy granted in part: what it left refused may still be contested."""
        if fact.kind != "notified" or fact.data.get("sense") != "granted":
            return False
        last = next((one for one in reversed(self.before(fact)) if one.kind == "notified" or self.decides(one)), None)
        return last is not None and last.kind != "notified" and last.data.get("sense") == "partial"
