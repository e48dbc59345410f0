"""What a person may do against a silence or an answer: each way of his law, with its own day, and what is over.

The law says what is open (`law.permitted`), here as in the office: nothing is counted a second time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.clock import local_date, today
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
    `lost`: of one that is over, what its law opens only after it.
    """

    name: str
    state: str
    filed: str = ""
    before: date | None = None
    at_once: bool = False
    over_since: date | None = None
    reasons: tuple[str, ...] = ()
    promised: bool = True
    lost: str = ""

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
    lifted: bool = False  # what it contests was taken back: nothing is left to answer


def _last_day(rows: Sequence[Duty]) -> tuple[date | None, bool]:
    """The day advised among rights that are open, while it is not over; else that today is not too late."""
    days = [row.file_before for row in rows if row.over_on is None and row.file_before]
    last = max(days, default=None)
    return (None, True) if last and last < today() else (last, False)


def _lost(kind: str, rule: str) -> str:
    """What no longer opens where the last day of this right is past."""
    found = [one.over for one in law.REGIMES[kind].remedies if one.rule == rule and one.over]
    return in_language(found[0].ar, found[0].fr) if found else ""


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
    if _is_late(answer):
        last = _latest(rows)
        return Way(name, "over", remedy.filed, over_since=last, reasons=reasons, lost=_lost(state.kind, remedy.rule))
    return Way(name, "shut", remedy.filed, reasons=reasons)


def _is_late(answer: law.Permission) -> bool:
    return any(reason.code == "too_late" for reason in answer.reasons)


def _latest(rows: Sequence[Duty]) -> date | None:
    """The last day of a right, however one counts."""
    return max((row.accept_until for row in rows if row.accept_until), default=None)


def reasons_over(state: law.State, duties: Sequence[Duty]) -> Way | None:
    """The right to be told why nothing was answered, where its last day is past."""
    answer, words = law.permitted(state, "reasons_asked"), law.FACTS["reasons_asked"]
    if not _is_late(answer):
        return None
    last = _latest([row for row in duties if row.rule == answer.rule_id])
    return Way(in_language(words.ar, words.fr), "over", over_since=last)


def ways_elsewhere(regime: law.Regime, duties: Sequence[Duty]) -> Iterator[Way]:
    """The ways that the council does not answer: open each until its day, or over. One that comes after another has
    no day yet: it is named while that other is open, or waits for its answer."""
    first, day = regime.appeal.rule if regime.appeal else "", today()
    standing = [row for row in duties if row.over_on is None]
    usable = [row for row in standing if (row.accept_until or day) >= day]
    begun, used = {row.rule for row in duties}, {row.rule for row in duties if row.discharged_on}
    running = {row.rule for row in usable if row.file_before}
    told = {row.rule for row in standing if row.file_before} & {one.rule for one in regime.remedies}
    for remedy in regime.remedies:
        if remedy.rule == first:
            continue
        endless = told and not law.RULES[remedy.rule].bound  # it has no last day: what was refused opens it for good
        name, rows = in_language(remedy.ar, remedy.fr), [row for row in standing if row.rule == remedy.rule]
        if remedy.rule in running:
            before, at_once = _last_day([row for row in usable if row.rule == remedy.rule])
            yield Way(name, "open", before=before, at_once=at_once)
        elif endless or remedy.after in running or (remedy.after in used and remedy.rule not in begun):
            yield Way(name, "open")
        elif ended := [
            row.accept_until for row in rows if row.file_before and row.accept_until and row.accept_until < day
        ]:
            yield Way(name, "over", over_since=max(ended), lost=_lost(regime.code, remedy.rule))


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


def filed_of(
    followed: Followed, kind: str, name: law.Words, then: str = "", *, stopped: bool = False
) -> list[FiledRemedy]:
    """What its person filed of one kind, each time; nothing of it waits in a dossier that is `stopped`."""
    story, found = followed.story, list[FiledRemedy]()
    waiting = [] if stopped else story.waiting(kind)
    for fact in story.of(kind):
        ours = [row for row in followed.duties if row.trigger == str(fact.pk) and row.owner in dossiers.OURS]
        waits, on = fact in waiting, local_date(fact.happened_at)
        owed = next(iter(ours), None) if waits else None
        late = owed.starts_on if owed and owed.do_by and owed.starts_on and owed.starts_on > on else None
        kept = (kind, fact.pk, late, str(fact.words.get("text", "")))
        over = not waits and story.stopped(fact)
        gone = not waits and not over and story.lifted(fact)
        by = owed.do_by if owed else None
        found.append(FiledRemedy(in_language(name.ar, name.fr), on, waits, by, then, *kept, over, gone))
    return found


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
