"""Which requests stopped the clock of a rule: only those the law allowed when they were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .dates import Count
from .history import History
from .model import Fact, Suspension
from .rule import LISTED, Book, Pause, Rule, When


@dataclass(frozen=True)
class Refused:
    """A request that stopped nothing: made too late, or once too often."""

    fact: Fact
    day: date
    article: str
    why: str  # late, out_of_time, over or again
    law: str | None = None


@dataclass(frozen=True)
class Pauses:
    """The suspensions of one running of a rule, and the requests that suspended nothing."""

    kept: tuple[Suspension, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def intervals(self) -> tuple[tuple[date, date | None], ...]:
        """For counting."""
        return _intervals(self.kept)


@dataclass(frozen=True)
class Length:
    """How long a delay is without its extensions; `cap`: a limit in another unit that it never passes; `full`: its
    latest reading."""

    number: int
    cap: int | None = None
    cap_unit: str = "days"
    full: bool = False

    def end(self, start: date, count: Count) -> date | None:
        """Its last day, not rolled; None in an open suspension."""
        if self.number:
            return count.last_day(start, self.number, self.full)
        answered = [until for _, until in count.pauses]
        return None if None in answered else max([start, *(day for day in answered if day is not None)])

    def share(self, window: When, start: date, count: Count) -> tuple[date | None, int, str]:
        """The last day of a share of the delay (its first half), None in an open suspension; its number and unit."""
        number = self.number * window.numerator // window.denominator
        last = count.last_with_elapsed(start, number)
        if self.cap is not None and self.cap_unit != count.unit:
            most = self.cap * window.numerator // window.denominator
            capped = replace(count, unit=self.cap_unit).last_with_elapsed(start, most)
            if last is not None and capped is not None and capped < last:
                return capped, most, self.cap_unit
        return last, number, count.unit


def _lawful(day: date, start: date, length: Length, count: Count, earlier: int, window: When | None) -> str | None:
    """Why a request does not suspend (late, out_of_time, over, again), or None if it does.

    A window that is a share of the delay is not carried past a closed day; one with its own days is. Where no rule says
    until when one may ask, what has ended is suspended no more.
    """
    if window is None:
        end = length.end(start, count)
        return "over" if end is not None and day > count.calendar.next_open(end) else None
    if window.times is not None and earlier >= window.times:
        return "again"
    if window.shape == "offset":
        end = replace(count, unit=window.unit).last_day(start, window.max or 0, False)
        return "out_of_time" if end is not None and day > count.calendar.next_open(end) else None
    last, _, _ = length.share(window, start, count)
    return "late" if last is not None and day > last else None


def _window(pause: Pause, day: date, history: History, book: Book) -> When | None:
    """The rule that says when asking is lawful, as it holds for this dossier."""
    if pause.under is None:
        return None
    rule = book[pause.under]
    return rule.value_on(history.day(history.facts[0]) if rule.applies_by == "opening" else day)


def pauses_of(rule: Rule, history: History, start: date, length: Length, count: Count, book: Book) -> Pauses:
    """Suspensions of a rule that started on `start`, in order of asking.

    Whether a request came in the first half depends on the suspensions before it, so they are taken in turn.
    """
    by_kind = {pause.asked: pause for pause in rule.pauses}
    kept: list[Suspension] = []
    refused: list[Refused] = []
    asked: dict[str, int] = {}
    for fact in history.of(*by_kind) if by_kind else ():
        pause, day = by_kind[fact.kind], history.day(fact)
        counted = replace(count, pauses=_intervals(kept))
        window = _window(pause, day, history, book)
        why = _lawful(day, start, length, counted, asked.get(fact.kind, 0), window)
        if why is not None:
            refused.append(Refused(fact, day, pause.article, why, pause.law))
            continue
        asked[fact.kind] = asked.get(fact.kind, 0) + 1
        answer = _answer(pause, fact, history)
        answered_on = history.day(answer) if answer is not None else None
        # Answered the same day, or before the clock started: nothing was suspended.
        if answered_on is None or answered_on > max(start, day):
            since = start if pause.anew else None
            kept.append(Suspension(day, answered_on, fact.id, pause.article, pause.law, since))
    return Pauses(tuple(kept), tuple(refused))


def _answer(pause: Pause, fact: Fact, history: History) -> Fact | None:
    """What answers a question; the list of what is missing is answered once the file is complete."""
    if (pause.asked, pause.received) != LISTED:
        return history.answers.get(fact.id)
    return next((one for one in history.of(pause.received) if history.order(one) > history.order(fact)), None)


def _intervals(kept: Sequence[Suspension]) -> tuple[tuple[date, date | None], ...]:
    return tuple((pause.since or pause.asked_on, pause.received_on) for pause in kept)
