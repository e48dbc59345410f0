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
from tadbir.desk.promises import ending_of, said_of_day
from tadbir.dossiers import clockwork
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
    `second`: the day advised by a second reading, from an answer that came after a silence.
    `until`: the last day by that reading; None where nothing says when it ends.
    `promised`: what its law says of the answer and of what comes next holds here.
    `lost`: of one that is over, what its law opens only after it.
    """

    name: str
    state: str
    filed: str = ""
    before: date | None = None
    at_once: bool = False
    until: date | None = None
    over_since: date | None = None
    reasons: tuple[str, ...] = ()
    promised: bool = True
    lost: str = ""
    second: date | None = None

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
    said: str = ""  # what its last day is, where no text sets one to answer
    lifted: bool = False  # what it contests was taken back: nothing is left to answer
    given_up: bool = False  # its person took it back, and his request goes on
    granted: bool = False  # all that was asked was granted after it came: it has no object any more
    unsettled: bool = False  # its day rests on a notification that is being put right
    answered_on: date | None = None  # the day of the letter that answered it, by itself or with something else
    request_until: date | None = None  # of an early one: the last day of the request, where `counted_from` is closed
    governor_from: date | None = None  # from when its silence is certain, where the governor is written to then


def _last_day(rights: Sequence[law.Duty]) -> tuple[date | None, bool]:
    """The day advised among rights that are open, while it is not over; else that only the latest reading is left."""
    days = [one.file_before for one in rights if one.open and one.file_before]
    last = max(days, default=None)
    return (None, True) if last and last < today() else (last, False)


def _second(rights: Sequence[law.Duty]) -> date | None:
    """The day advised by the second reading of a right that is open."""
    return max((one.second_reading for one in rights if one.open and one.second_reading), default=None)


def _lost(kind: str, rule: str) -> str:
    """What no longer opens where the last day of this right is past."""
    found = [one.over for one in law.REGIMES[kind].remedies if one.rule == rule and one.over]
    return in_language(found[0].ar, found[0].fr) if found else ""


def way_of(state: law.State, remedy: law.Appeal) -> Way:
    """A remedy that the council itself answers, as the law reads it today."""
    answer, name = law.permitted(state, remedy.filed), in_language(remedy.name.ar, remedy.name.fr)
    said = (law.to_person(one) for one in answer.reasons if one.code != _LAST_DAY)
    reasons = tuple(in_language(one.ar, one.fr) for one in said)
    rights = state.duties(answer.rule_id or "")
    if answer.allowed and answer.early:
        return Way(name, "early", remedy.filed, reasons=reasons)
    if answer.allowed:
        days = _last_day(rights)
        promised = all(one.code != _ANOTHER_FIRST for one in answer.reasons)
        second = _second(rights)
        return Way(name, "open", remedy.filed, *days, answer.until, reasons=reasons, promised=promised, second=second)
    if _is_late(answer):
        last = _latest(rights)
        return Way(name, "over", remedy.filed, over_since=last, reasons=reasons, lost=_lost(state.kind, remedy.rule))
    return Way(name, "shut", remedy.filed, reasons=reasons)


def _is_late(answer: law.Permission) -> bool:
    return any(reason.code == "too_late" for reason in answer.reasons)


def _latest(rights: Sequence[law.Duty]) -> date | None:
    """The last day of a right, however one counts."""
    return max((one.accept_until for one in rights if one.accept_until), default=None)


def reasons_over(state: law.State) -> Way | None:
    """The right to be told why nothing was answered, where its last day is past."""
    answer, words = law.permitted(state, "reasons_asked"), law.FACTS["reasons_asked"]
    if not _is_late(answer):
        return None
    last = _latest(state.duties(answer.rule_id or ""))
    return Way(in_language(words.ar, words.fr), "over", over_since=last)


def ways_elsewhere(regime: law.Regime, state: law.State) -> Iterator[Way]:
    """The ways that the council does not answer: open each until its day, or over. One that comes after another has
    no day yet: it is named while that other is open, or waits for its answer."""
    first, day = regime.appeal.rule if regime.appeal else "", today()
    found = {rule: state.duties(rule) for rule in state.found}
    standing = {rule: [one for one in rights if one.open] for rule, rights in found.items()}
    usable = {rule: [one for one in rights if (one.accept_until or day) >= day] for rule, rights in standing.items()}
    used = {rule for rule, rights in found.items() if any(one.discharged_on for one in rights)}
    running = {rule for rule, rights in usable.items() if any(one.file_before for one in rights)}
    named = {one.rule for one in regime.remedies}
    told = any(rule in named and any(one.file_before for one in rights) for rule, rights in standing.items())
    for remedy in regime.remedies:
        rule = remedy.rule
        if rule == first:
            continue
        endless = told and not law.RULES[rule].bound  # it has no last day: what was refused opens it for good
        name, rights = in_language(remedy.ar, remedy.fr), standing.get(rule, [])
        if rule in running:
            days, ends = _last_day(usable[rule]), [one.accept_until for one in usable[rule]]
            second, last = _second(usable[rule]), None if None in ends else _latest(usable[rule])
            yield Way(name, "open", "", *days, until=last, second=second)
        elif endless or remedy.after in running or (remedy.after in used and not found.get(rule)):
            yield Way(name, "open")
        elif ended := _latest([one for one in rights if one.file_before and (one.accept_until or day) < day]):
            yield Way(name, "over", over_since=ended, lost=_lost(regime.code, rule))


def then_of(state: law.State, regime: law.Regime | None, remedy: law.Appeal) -> str:
    """What comes after a remedy that was filed: where the law puts another one before the court, that; of a request
    filed twice, that the first one goes on."""
    if double := state.filed_twice:
        return in_language(double.ar, double.fr)
    if regime is not None and regime.appeal is not None and remedy.filed != regime.appeal.filed:
        court = law.permitted(state, "court_seised") if "court_seised" in regime.facts else None
        if court is not None and any(one.code.startswith("before_court") for one in court.reasons):
            first = in_language(regime.appeal.name.ar, regime.appeal.name.fr)
            return _("The court comes only after: %(remedy)s. This does not take its place.") % {"remedy": first}
    if remedy.next is None:
        return ""
    if regime is not None and not _opens_court(state, regime, remedy):
        return _("It opens no other day before the court: what stands below is to be kept.")
    return in_language(remedy.next.ar, remedy.next.fr)


def _opens_court(state: law.State, regime: law.Regime, remedy: law.Appeal) -> bool:
    """Whether the refusal of a remedy that waits would give a day of its own; where it gives none and another one runs
    already, that one is the only day to keep."""
    waiting = state.history.waiting(remedy.filed)
    named = {one.rule for one in regime.remedies}
    runs = any(one.open and one.file_before for rule in named for one in state.duties(rule))
    if not waiting or not runs:
        return True
    said = law.Fact("next", remedy.answered, state.on, {"asked": waiting[-1].id, "sense": "refused"}, seq=10**6)
    after = law.duties(state.kind, [*state.history.facts, said], clockwork.calendar(), state.on, state.rules)
    return any(one.rule_id in named and one.trigger_fact == "next" and one.file_before for one in after)


def not_an_answer(duty: Duty | None) -> str:
    """What the last day of a duty is, in a sentence, where it is not that of an answer."""
    return said_of_day(duty) if duty is not None and ending_of(duty.rule) != "answer" else ""


def _is_unsettled(followed: Followed, filed: Fact, *, counted: bool) -> bool:
    """Whether the day of a remedy that waits rests on a notification that is being put right. It does not where it is
    `counted` from its own filing, nor where its own answer alone is notified anew: what was told of it stands."""
    return not counted and any(one.data.get("asked") != str(filed.pk) for one in followed.struck_out)


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
        back = str(fact.pk) in story.given_up
        over = not waits and not back and story.stopped(fact)
        said = not_an_answer(owed)
        by = owed.do_by if owed and not said else None
        gone = not (waits or over or back) and story.lifted(fact)
        met = not (waits or over or back or gone) and story.met(fact)
        reply = None if waits or over or back or gone or met else story.reply_to(fact)
        told = local_date(reply.happened_at) if reply is not None and reply.data.get("act") else None
        open_ = waits and _is_unsettled(followed, fact, counted=bool(by or said) and late is None)
        named = in_language(name.ar, name.fr)
        governor = owed.lapses_on if owed and by and law.RULES[owed.rule].effect == "to_governor" else None
        more = (open_, told, clockwork.carried(late), governor)
        found.append(FiledRemedy(named, on, waits, by, then, *kept, over, said, gone, back, met, *more))
    return found


#: What is answered by itself, beside the request.
_BESIDE = {"reasons_asked", *(one.filed for regime in law.REGIMES.values() for one in regime.answered)}


@dataclass(frozen=True)
class Done:
    """What the person just did, and what follows from it."""

    at: datetime
    name: str
    completed_on: date | None  # where the file became complete by it
    answer_by: date | None
    said: str = ""  # instead of it, where no text sets a day to answer
    is_remedy: bool = False  # the answer is that of the remedy, or the reasons, and not of the request


def done_of(done: Fact, name: str, completed: Fact | None, owed: Duty | None, resumed: date | None) -> Done:
    """What to say of what was done: the day of the duty that it started, else of the delay that runs again."""
    said = not_an_answer(owed)
    on = local_date(completed.happened_at) if completed else None
    by = owed.do_by if owed else resumed
    return Done(done.happened_at, name, on, None if said else by, said, bool(owed) and done.kind in _BESIDE)


def contestable(story: Story) -> Fact | None:
    """What was decided first, that an appeal may contest: an answer told, or a delay of the council that ran out."""
    return next(iter(story.contestable), None)


def ground_of_appeal(story: Story, may: law.Permission) -> str:
    """What an appeal filed now contests (see `law.ground_of`); a silence needs no words. `may`: what the law says of
    it; it knows of a silence before the daily round."""
    return story.ground(silent=may.allowed and not may.early)
