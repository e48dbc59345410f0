"""What stands and what waits in a dossier, read in one place: the rows of its facts, as the law understands them."""

from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tadbir import law
from tadbir.councils.clock import CASABLANCA, day_start
from tadbir.dossiers.models import Fact
from tadbir.procedures.sheet import RequiredDocument, SheetBody


def law_facts(facts: Sequence[Fact]) -> list[law.Fact]:
    """The facts of a dossier as the law reads them: their day or instant, in Casablanca; a filing whose day or urgency
    was put right, as it was put right; what was struck out and recorded anew of a paper, before what followed it that
    day.

    One that is asked about before it is written has no row yet: its rank stands for it.
    """
    right, urgent, places = _days_put_right(facts), _urgency_put_right(facts), _places(facts)
    was = _days_before(facts)
    return [
        law.Fact(
            id=str(fact.pk or f"new-{rank}"),
            kind=fact.kind,
            at=right.get(str(fact.pk)) or fact.happened_at.astimezone(CASABLANCA),
            data={**fact.data, **urgent.get(str(fact.pk), {})},
            voids=str(fact.voids_id) if fact.voids_id else None,
            seq=places.get(rank, rank),
            entered=rank,
            was=was.get(str(fact.pk), ()),
        )
        for rank, fact in enumerate(facts)
    ]


def _places(facts: Sequence[Fact]) -> dict[int, int]:
    """The rank of the first fact, struck out since, that said of the same paper what each of these ranks says anew."""
    struck = {fact.voids_id for fact in facts if fact.voids_id}
    first, found = dict[tuple[str, str], int](), dict[int, int]()
    for rank, fact in enumerate(facts):
        key = (fact.kind, str(fact.data.get("act", "")))
        if not key[1] or fact.voids_id:
            continue
        if key in first:
            found[rank] = first[key]
        elif fact.pk in struck:
            first[key] = rank
    return found


def _days_put_right(facts: Sequence[Fact]) -> dict[str, datetime]:
    """The right day of each fact whose day was typed wrong, by its number; what was put right last counts."""
    said = [fact.data for fact in facts if fact.kind == "day_corrected"]
    return {pk: day_start(date.fromisoformat(data["day"])) for data in said for pk in data["facts"]}


def _days_before(facts: Sequence[Fact]) -> dict[str, tuple[tuple[int, datetime], ...]]:
    """The days that each fact bore before one was put right, by its number, each with the rank of what did it."""
    rows = {str(fact.pk): fact for fact in facts}
    stood: dict[str, datetime] = {}
    found: dict[str, tuple[tuple[int, datetime], ...]] = {}
    for rank, fact in enumerate(facts):
        for pk in fact.data["facts"] if fact.kind == "day_corrected" else ():
            day = stood.get(pk) or rows[pk].happened_at.astimezone(CASABLANCA)
            found[pk] = (*found.get(pk, ()), (rank, day))
            stood[pk] = day_start(date.fromisoformat(fact.data["day"]))
    return found


def _urgency_put_right(facts: Sequence[Fact]) -> dict[str, dict[str, bool]]:
    """Whether each filing whose urgency was typed wrong is urgent, by its number; what was put right last counts."""
    said = [fact.data for fact in facts if fact.kind == "urgency_corrected"]
    return {data["filing"]: {"urgent": data["urgent"]} for data in said}


class Story:
    """The facts of one dossier, given oldest first; no query is asked. A correction that was corrected removes nothing.

    Raises LawError where the facts contradict each other (one removes a fact of another dossier).
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts: tuple[Fact, ...] = tuple(facts)
        #: The same facts as the law reads them.
        self.told = law_facts(self.facts)
        self._history = law.History(self.told)
        self._right = _days_put_right(self.facts)
        self._rows = {said.id: row for said, row in zip(self.told, self.facts, strict=True)}

    def _rows_of(self, facts: Sequence[law.Fact]) -> list[Fact]:
        return [self._rows[fact.id] for fact in facts]

    @cached_property
    def _standing(self) -> frozenset[str]:
        return frozenset(fact.id for fact in self._history)

    @cached_property
    def alive(self) -> list[Fact]:
        """The facts that stand, in the order they were recorded, without the corrections themselves."""
        return [row for name, row in self._rows.items() if name in self._standing and row.voids_id is None]

    @property
    def in_place(self) -> list[Fact]:
        """The same facts in the order they happened, as the law reads them: those of one day as they were recorded,
        each that was recorded anew in the place of the one that was struck out."""
        return [row for one in self._history if (row := self._rows[one.id]).voids_id is None]

    def _from(self, place: int) -> list[Fact]:
        """What stands after a place, in place."""
        said = sorted((one for one in self.told if one.id in self._standing), key=lambda one: one.seq)
        return [row for one in said if one.seq > place and (row := self._rows[one.id]).voids_id is None]

    def resting_on(self, fact: Fact) -> Fact | None:
        """What stands and needs an answer that was signed before it: a remedy against it, or a new answer."""
        found = (row for row in self._after(fact) if _contests_an_answer(row) or row.kind == "outcome_signed")
        return next(found, None)

    def answering(self, fact: Fact, kinds: Container[str]) -> Fact | None:
        """The first fact of some kinds, or a new answer, that followed an entry, struck out or not."""
        return next((row for row in self._after(fact) if row.kind in kinds or row.kind == "outcome_signed"), None)

    def _after(self, fact: Fact) -> list[Fact]:
        return self._from(next(one.seq for one in self.told if one.id == str(fact.pk)))

    @cached_property
    def voided(self) -> dict[int, Fact]:
        """The facts that do not stand, by number, each with the fact that removes it."""
        return {
            row.voids_id: row for name, row in self._rows.items() if name in self._standing and row.voids_id is not None
        }

    def moment(self, fact: Fact) -> datetime:
        """When a fact happened, as it was put right."""
        return self._right.get(str(fact.pk), fact.happened_at)

    @property
    def filed_as(self) -> Mapping[str, Any]:
        """What was said at the filing, as it was put right; nothing before it."""
        return next((said.data for said in self.told if said.kind == "filed"), {})

    def of(self, *kinds: str) -> list[Fact]:
        """The facts of some kinds that stand, in the order they happened."""
        return self._rows_of(self._history.of(*kinds))

    def first(self, *kinds: str) -> Fact | None:
        """The first fact of some kinds that stands."""
        return next(iter(self.of(*kinds)), None)

    def last(self, *kinds: str) -> Fact | None:
        """The last fact of some kinds that stands."""
        return next(reversed(self.of(*kinds)), None)

    @cached_property
    def ended(self) -> Fact | None:
        """What ended the request without an answer and stands: a remedy against it opens the dossier, asking the person
        for nothing; one that is granted takes the end away."""
        ends = (fact for fact in self._history.of(*law.CLOSED_UNANSWERED) if fact.id not in self._history.undone)
        return next((self._rows[fact.id] for fact in ends), None)

    def undone(self, fact: Fact) -> bool:
        """Whether a remedy, granted since, took this end without an answer away."""
        return str(fact.pk) in self._history.undone

    @property
    def lapses(self) -> list[Fact]:
        """The delays of the council that are recorded as over, in order: that of a person is nobody's silence."""
        return self._rows_of(self._history.lapses)

    @property
    def contestable(self) -> list[Fact]:
        """What stands to be contested, in order: see `law.contestable`."""
        return self._rows_of(law.contestable(self._history))

    def ground(self, *, silent: bool) -> str:
        """See `law.ground_of`."""
        return law.ground_of(self._history, silent=silent)

    def waiting(self, *kinds: str) -> list[Fact]:
        """The questions of some kinds that nothing answered, in the order they were asked."""
        found = [fact for kind in kinds for fact in self._history.waiting(kind)]
        return self._rows_of(sorted(found, key=self._history.order))

    @cached_property
    def given_up(self) -> frozenset[str]:
        """The remedies that their person took back while the request goes on: their numbers."""
        return law.given_up(self._history)

    def stopped(self, fact: Fact) -> bool:
        """Whether what a person asked for ended without its answer, for he took it back, or his whole request."""
        if str(fact.pk) in self.given_up:
            return True
        gone = self.last("withdrawn")
        rows = {row.pk: said for said, row in zip(self.told, self.facts, strict=True)}
        if gone is None or str(fact.pk) in self._history.answers:
            return False
        return self._history.order(rows[fact.pk]) < self._history.order(rows[gone.pk])

    def lifted(self, fact: Fact) -> bool:
        """Whether what a remedy contests was struck out since: its person has what he asked."""
        said = next(one for one, row in zip(self.told, self.facts, strict=True) if row.pk == fact.pk)
        return law.lifted(self._history, said) is not None

    def contesting(self, *kinds: str) -> list[Fact]:
        """The remedies of some kinds that wait and contest a refusal or a silence, in the order they came."""
        found = [fact for kind in kinds for fact in self._history.contesting(kind)]
        return self._rows_of(sorted(found, key=self._history.order))

    def met(self, fact: Fact) -> bool:
        """Whether all that was asked was granted after a remedy that nothing answered: it has no object any more."""
        said = next(one for one, row in zip(self.told, self.facts, strict=True) if row.pk == fact.pk)
        return fact.kind in law.REOPENING and said.id not in self._history.answers and self._history.met(said)

    def reply_to(self, fact: Fact) -> Fact | None:
        """What answered a question or a remedy; None while nothing did."""
        reply = self._history.answers.get(str(fact.pk))
        return self._rows[reply.id] if reply is not None else None

    def decides(self, fact: Fact) -> bool:
        """Whether the answer to a remedy answers the request too: see `law.History.decides`."""
        pairs = zip(self.told, self.facts, strict=True)
        return any(row is fact and self._history.decides(said) for said, row in pairs)

    def resumes(self, fact: Fact) -> bool:
        """Whether the answer to a remedy took away an end without an answer, and says nothing of what was asked."""
        pairs = zip(self.told, self.facts, strict=True)
        granting = fact.data.get("sense") in law.GRANTING
        return granting and any(row is fact and self._history.resumes(said) for said, row in pairs)

    def asked_of(self, whom: str) -> list[Fact]:
        """The questions asked of somebody ("person", "unit", "cndp"…) that nothing answered; of the person, none once
        the request ended, nor one from before its answer: a remedy that opens the dossier again asks nothing anew."""
        if whom == "person" and self.ended:
            return []
        kinds = [code for code, kind in law.FACTS.items() if kind.asks == whom]
        answer = self.last(*law.ANSWERING) if whom == "person" else None
        return [fact for fact in self.waiting(*kinds) if answer is None or fact in self._after(answer)]

    def not_received(self, missing: Sequence[RequiredDocument] = ()) -> list[Fact]:
        """Requests and answers to the person whose reception is not recorded: his delay has no certain start.

        The list of what is missing is one of them while some of it (`missing`) has not come.
        """
        got = {str(fact.data.get("asked")) for fact in self.of("request_received")}
        listed = self.of("missing_listed") if missing else []
        answers = [fact for fact in self.of(*law.RECEIVED) if not fact.data.get("means")]  # notified: it has its proof
        return [fact for fact in (*listed, *self.asked_of("person"), *answers) if str(fact.pk) not in got]

    def missing(self, sheet: SheetBody | None, kind: str, brought: Container[str]) -> list[RequiredDocument]:
        """What was listed as missing and has not come, or was withdrawn; nothing once the file is complete, or ended.

        `kind`: of whom the documents are asked.
        """
        if sheet is None or self.of("completed") or self.ended:
            return []
        codes = [code for fact in self.of("missing_listed") for code in fact.data.get("documents", ())]
        gone = (fact.data["requirement"] for fact in self.of("document_withdrawn"))
        required = {document.code for document in sheet.required_of(kind)}
        codes += [code for code in gone if code in required and code not in codes]
        found = [sheet.document(code) for code in codes if code not in brought]
        return [document for document in found if document]


def _contests_an_answer(fact: Fact) -> bool:
    return fact.kind in law.REOPENING and fact.data.get("against") == "refusal"
