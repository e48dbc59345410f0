"""The clock bar: what a duty's dates say today, in words and as a thin bar.

Nothing legal is decided here: the dates come from `law`. The only arithmetic is how many calendar days
lie between two dates already given, to draw them and to say them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadbir.ui.dates import as_date, day_words, reader_language

#: Days left from which the bar warns.
SOON = 7
#: Compact bars kept drawn by a process, some 700 bytes each.
BARS_KEPT = 2000


@dataclass(frozen=True)
class Span:
    """A stretch of the bar, in percent of its length, written with a point whatever the language."""

    start: str
    width: str
    end: str


@dataclass(frozen=True)
class ClockView:
    """What the template draws. `state` is also the CSS class."""

    state: str
    words: str
    label: str
    starts_on: date | None
    due: date | None
    elapsed: str
    suspended: list[Span]
    steps: list[dict[str, str]] = field(default_factory=list)
    sentence: str = ""
    article: str = ""
    unconfirmed: bool = False
    late: bool = False


def _get(source: Any, name: str, default: Any = None) -> Any:
    found = source.get(name, default) if isinstance(source, Mapping) else getattr(source, name, default)
    return default if found is None else found


def _in_reader_language(source: Any, name: str) -> str:
    """`name_ar` or `name_fr`, else the other one, else `name` itself."""
    first, second = ("fr", "ar") if reader_language() == "fr" else ("ar", "fr")
    return str(_get(source, f"{name}_{first}", "") or _get(source, f"{name}_{second}", "") or "")


def _pairs(suspensions: Iterable[Any]) -> list[tuple[date, date | None]]:
    """Suspensions from tuples, lists or mappings with `from` and `to`."""
    found = []
    for one in suspensions:
        ends = (one.get("from"), one.get("to")) if isinstance(one, Mapping) else tuple(one)
        start = as_date(ends[0])
        if start is not None:
            found.append((start, as_date(ends[1])))
    return found


def _percent(day: date, start: date, due: date) -> float:
    whole = (due - start).days
    return 100.0 if whole <= 0 else min(100.0, max(0.0, (day - start).days * 100 / whole))


def _steps(steps: Iterable[Any]) -> list[dict[str, str]]:
    """Explanation steps from law.Step objects or their stored mappings, in the reader's language."""
    other = "ar" if reader_language() == "fr" else "fr"
    return [
        {"text": str(_get(step, reader_language(), "") or _get(step, other, "")), "iso": str(_get(step, "iso", ""))}
        for step in steps
    ]


def _start(duty: Any, due: date | None) -> date | None:
    """The day from which it runs; none where it is counted back from a later day, as so many days before a session."""
    start = as_date(_get(duty, "starts_on"))
    return None if start and due and start > due else start


def _state(duty: Any, start: date | None, due: date | None, today: date, paused: date | None) -> str:
    done = as_date(_get(duty, "discharged_on"))
    if done:
        return "done_late" if due and done > due else "done"
    if paused:
        return "suspended"
    if due is None:
        return "open"
    if today > due:  # only a duty is late; a right or an effect has had its time
        return "late" if _get(duty, "type", "duty") == "duty" else "over"
    if today == due:
        return "due"
    if start and start > today:
        return "waiting"
    return "soon" if (due - today).days <= SOON else "running"


def _left(days: int) -> str:
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def _over(days: int) -> str:
    return ngettext("late by %(days)s day", "late by %(days)s days", days) % {"days": days}


def _words(state: str, duty: Any, start: date | None, due: date | None, today: date, paused: date | None) -> str:
    """The few words everybody reads first."""
    done = as_date(_get(duty, "discharged_on"))
    if state == "done" and done:
        return _("done on %(day)s") % {"day": day_words(done)}
    if state == "done_late" and done and due:
        return _("done on %(day)s, %(late)s") % {"day": day_words(done), "late": _over((done - due).days)}
    if state == "suspended" and paused:
        return _("the count is stopped since %(day)s") % {"day": day_words(paused)}
    if state == "due":
        return _("last day today")
    if state == "waiting" and start:
        return _("starts on %(day)s") % {"day": day_words(start)}
    if due is None:
        return _("no fixed date")
    if state == "over":
        return _("ended on %(day)s") % {"day": day_words(due)}
    return _over((today - due).days) if state == "late" else _left((due - today).days)


def _label(words: str, start: date | None, due: date | None) -> str:
    """What a screen reader says of the bar."""
    if start and due:
        return _("From %(start)s to %(due)s: %(words)s") % {
            "start": day_words(start),
            "due": day_words(due),
            "words": words,
        }
    return words


def _spans(pairs: list[tuple[date, date | None]], start: date, due: date, today: date) -> list[Span]:
    found = []
    for first, last in pairs:
        left, right = _percent(first, start, due), _percent(last or max(today, first), start, due)
        if right > left:
            found.append(Span(f"{left:.1f}%", f"{right - left:.1f}%", f"{right:.1f}%"))
    return found


#: How a state is told to somebody who owes nothing by it.
_CALM = {"late": "over", "soon": "running", "due": "running"}


#: The names of the day on which a bar ends; the first that is there counts.
_DUE = ("shown_day", "do_by", "file_before", "lapses_on")
#: What a bar without its explanation is drawn from.
_DATES = ("type", "starts_on", "discharged_on", "suspensions", *_DUE)


def dates_of(duty: Any) -> tuple[str, ...]:
    """All that the bar of a duty without its explanation is drawn from, besides today and the reader's language."""
    return tuple([str(_get(duty, name, "")) for name in _DATES])


def view(duty: Any, today: date, *, why: bool = True, calm: bool = False) -> ClockView:
    """Read the dates of a duty (object or mapping, see docs/ui.md) as they stand today.

    `why`: with sentence, article and steps, which are made for whoever opens them. `calm`: it is not the reader's to
    do, and raises no alarm. Raises ValueError on a date that is not ISO.
    """
    due = next((found for name in _DUE if (found := as_date(_get(duty, name)))), None)
    start = _start(duty, due)
    pairs = _pairs(_get(duty, "suspensions", ()))
    paused = next((first for first, last in pairs if last is None and first <= today), None)
    state = _state(duty, start, due, today, paused)
    words = _words("over" if calm and state == "late" else state, duty, start, due, today, paused)
    state = _CALM.get(state, state) if calm else state
    until = as_date(_get(duty, "discharged_on")) or paused or today
    drawn = start is not None and due is not None
    elapsed = _percent(until, start, due) if start and due else 0.0
    return ClockView(
        state=state,
        words=words,
        label=_label(words, start, due),
        starts_on=start,
        due=due,
        elapsed=f"{elapsed:.1f}%" if drawn else "",
        suspended=_spans(pairs, start, due, today) if start and due else [],
        steps=_steps(_get(duty, "steps", ())) if why else [],
        sentence=_in_reader_language(duty, "sentence") if why else "",
        article=str(_get(duty, "article", "")) if why else "",
        unconfirmed=why and _get(duty, "confidence", "") == "memory",
        late=state in {"late", "done_late"},
    )
