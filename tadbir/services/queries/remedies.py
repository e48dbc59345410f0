"""What a person may do against a silence or an answer: each way of his law, with its own day, and what is over.

The law says what is open (`law.permitted`), here as in the office: nothing is counted a second time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.desk.followed import Followed
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Duty, Fact
from tadbir.dossiers.story import Story

#: Reasons of the law: the day that it advises, shown by itself; that another remedy comes before the court.
_LAST_DAY, _ANOTHER_FIRST = "advice", "appeal_first"


@dataclass(frozen=True)
class Way:
    """One way to contest. `filed`: the fact that files it with the council, empty for one that goes elsewhere.

    `state`: open, early, over, or shut (for the `reasons`).
    `before`: the day advised; None where there is none, and once only its latest reading is left (`at_once`).
    `promised`: what its law says of the answer and of what comes next holds here.
    """

    name: str
    state: str
    filed: str = ""
    before: date | None = None
    at_once: bool = False
    over_since: date | None = None
    reasons: tuple[str, ...] = ()
    promised: bool = True

    @property
    def may(self) -> bool:
        """Whether it may be filed now, early or not."""
        return self.state in ("open", "early")


@dataclass(frozen=True)
class FiledRemedy:
    """A remedy that the person filed, by the name that its law gives it; when it is answered, while it waits.

    `counted_from`: the day from which that is counted, where it came before there was anything to contest.
    """

    name: str
    on: date
    waits: bool
    answer_by: date | None
    then: str = ""  # what comes after it
    filed: str = ""  # the kind of its fact
    fact: int = 0
    counted_from: date | None = None
    text: str = ""  # what it says, where that was written on line
    stopped: bool = False  # the request was taken back before its answer


def _last_day(rows: Sequence[Duty]) -> tuple[date | None, bool]:
    """The day advised among rights that are open, while it is not over; else that today is not too late."""
    days = [row.file_before for row in rows if row.over_on is None and row.file_before]
    last = max(days, default=None)
    return (None, True) if last and last < today() else (last, False)


def way_of(state: law.State, remedy: law.Appeal, duties: Sequence[Duty]) -> Way:
    """A remedy that the council itself answers, as the law reads it today."""
    answer, name = law.permitted(state, remedy.filed), in_language(remedy.name.ar, remedy.name.fr)
    reasons = tuple(in_language(one.ar, one.fr) for one in answer.reasons if one.code != _LAST_DAY)
    rows = [row for row in duties if row.rule == answer.rule_id]
    if answer.allowed and answer.early:
        return Way(name, "early", remedy.filed, reasons=reasons)
    if answer.allowed:
        before, at_once = _last_day(rows)
        promised = all(one.code != _ANOTHER_FIRST for one in answer.reasons)
        return Way(name, "open", remedy.filed, before, at_once, reasons=reasons, promised=promised)
    if any(reason.code == "too_late" for reason in answer.reasons):
        last = max((row.accept_until for row in rows if row.accept_until), default=None)
        return Way(name, "over", remedy.filed, over_since=last, reasons=reasons)
    return Way(name, "shut", remedy.filed, reasons=reasons)


def ways_elsewhere(regime: law.Regime, duties: Sequence[Duty]) -> Iterator[Way]:
    """The ways that the council does not answer: open each until its day, or over. One that comes after another has
    no day yet: it is named while that other is open, or waits for its answer."""
    first, day = regime.appeal.rule if regime.appeal else "", today()
    standing = [row for row in duties if row.over_on is None]
    usable = [row for row in standing if (row.accept_until or day) >= day]
    used = {row.rule for row in duties if row.discharged_on}
    running = {row.rule for row in usable if row.file_before}
    for remedy in regime.remedies:
        if remedy.rule == first:
            continue
        name, rows = in_language(remedy.ar, remedy.fr), [row for row in standing if row.rule == remedy.rule]
        if remedy.rule in running:
            before, at_once = _last_day([row for row in usable if row.rule == remedy.rule])
            yield Way(name, "open", before=before, at_once=at_once)
        elif remedy.after in running or (remedy.after in used and all(row.rule != remedy.rule for row in duties)):
            yield Way(name, "open")
        elif ended := [
            row.accept_until for row in rows if row.file_before and row.accept_until and row.accept_until < day
        ]:
            yield Way(name, "over", over_since=max(ended))


def then_of(state: law.State, regime: law.Regime | None, remedy: law.Appeal) -> str:
    """What comes after a remedy that was filed: where the law puts another one before the court, that; of a request
    filed twice, that the first one goes on."""
    if double := state.filed_twice:
        return in_language(double.ar, double.fr)
    if regime is not None and regime.appeal is not None and remedy.filed != regime.appeal.filed:
        court = law.permitted(state, "court_seised") if "court_seised" in regime.facts else None
        if court is not None and any(one.code == "before_court" for one in court.reasons):
            first = in_language(regime.appeal.name.ar, regime.appeal.name.fr)
            return _("The court comes only after: %(remedy)s. This does not take its place.") % {"remedy": first}
    return in_language(remedy.next.ar, remedy.next.fr) if remedy.next else ""


@dataclass(frozen=True)
class Done:
    """What the person just did, and what follows from it."""

    at: datetime
    name: str
    completed_on: date | None  # where the file became complete by it
    answer_by: date | None


@dataclass(frozen=True)
class Delay:
    """Where the delay of the council stands, for whoever contests before there is anything to contest.

    `state`: running, untold (under a draft sheet), suspended, incomplete, passing (over by one reading), over, ready,
    or none.
    """

    state: str
    day: date | None = None


def delay_of(followed: Followed) -> Delay:
    """What is true of the delay today: that it runs, waits, has not begun, is just over, or that there is none.

    It is read off the very duty that the office sees. Under a draft sheet no delay was told: what is said of it is
    the day from which silence may be contested.
    """
    if followed.ready:
        return Delay("ready")
    row = dossiers.choose_clock(followed.duties)
    if row is None:
        return Delay("none")
    if row.owner in law.PERSONS:
        return Delay("incomplete")
    if row.is_suspended:
        return Delay("suspended")
    if row.do_by and row.do_by < today():
        certain = row.lapses_on is None or row.lapses_on <= today()
        return Delay("over") if certain else Delay("passing", row.lapses_on)
    if followed.dossier.sheet and not dossiers.shows_delay(followed.facts):
        return Delay("untold", row.lapses_on)
    return Delay("running", row.do_by)


def contestable(story: Story) -> Fact | None:
    """What was decided first, that an appeal may contest: an answer told, or a delay of the council that ran out."""
    return min([*story.of("notified")[:1], *story.lapses[:1]], key=lambda fact: fact.happened_at, default=None)


def ground_of_appeal(story: Story) -> str:
    """What an appeal filed now contests: refusal (an answer, whatever it says, or a file that was returned), lapse (a
    silence needs no words), or early."""
    if story.first(*law.REFUSING, *law.ANSWERING) or story.ended:
        return "refusal"
    return "lapse" if story.silences else "early"
