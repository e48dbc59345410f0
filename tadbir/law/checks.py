"""Checks that a row of a regime names: remedies of the person, silence, extension, return of a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from . import refusals, refusals_remedies
from .errors import LawError
from .facts import CLOSING, REFUSING
from .model import Duty, Fact, Permission
from .regime import RegimeFact
from .regimes import REGIMES
from .state import State, refuse
from .vocabulary import GRANTING, TO_COMPLETE

Check = Callable[[State, RegimeFact, Permission], Permission]

#: The checks that a row of a regime may name with `check = "..."`.
CHECKS: dict[str, Check] = {}


def register(name: str) -> Callable[[Check], Check]:
    """Give a check its name. A domain registers its own before it includes its folder. Raises LawError for a twin."""

    def keep(check: Check) -> Check:
        known = CHECKS.setdefault(name, check)
        if (known.__module__, known.__qualname__) != (check.__module__, check.__qualname__):
            raise LawError("checks", f"{name!r} is already a check of {known.__module__}")
        return check

    return keep


def lapsed_rules(state: State) -> list[Duty]:
    """What somebody failed to do in time. A right that was not used is nobody's failure."""
    found = [item.duty for items in state.found.values() for item in items]
    return [duty for duty in found if duty.type in ("duty", "effect") and duty.lapsed(state.on)]


def _decide_lapsed(state: State) -> bool:
    return any(duty.lapsed(state.on) for duty in state.duties("PROC-DECIDE"))


def _consents(state: State) -> bool:
    """Whether silence is an approval here: the decision is on the list of article 19 of law 55-19."""
    filed = state.history.first("filed")
    return filed is not None and filed.data.get("silence") == "consent"


def nothing_refused(state: State) -> bool:
    """Whether silence is an approval and no refusal came: there is nothing to contest (articles 19 and 21)."""
    return _consents(state) and not state.history.refusals


def silent(state: State) -> bool:
    """Whether the administration's silence counts as a refusal by now: the delay to decide certainly ran out."""
    owed = ("PROC-DECIDE", "ATI-ANSWER", "ATI-URGENT", "SILENCE-60")
    return any(duty.lapsed(state.on) for rule in owed for duty in state.duties(rule))


def last_accepted(duties: list[Duty]) -> date | None:
    """The latest day on which nothing is refused; None where one of them has no certain end."""
    days = [duty.accept_until for duty in duties]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


#: The senses of an answer that would give less than the remedy whose answer had this sense.
_LESS = {"granted": ("partial", "refused"), "partial": ("refused",)}


@register("outcome")
def outcome(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """While a remedy waits, its answer comes next; after the end, only what reopened the matter allows a decision: a
    remedy that was granted, or the commission of another law, since the last answer.

    A remedy that came before there was anything to contest stops nothing: the request itself is answered first. What
    was granted is given: no answer refuses it.
    """
    history, remedies = state.history, REGIMES[state.kind].answered
    for one in remedies:
        if history.contesting(one.filed):
            return refuse(answer, refusals_remedies.of_remedy("waits", one.name))
    signed = history.last("outcome_signed")
    if signed is not None and follows(state, signed, history.last("notified")):
        return refuse(answer, refusals.plain("already_decided"))
    told, decided = history.last("notified", *REFUSING), history.last(*(one.answered for one in remedies))
    since = [fact for fact in history.of("cdai_seised", "cdai_answered") if follows(state, fact, told)]
    owed = state.owed_grant
    if owed is not None and state.data.get("sense") in _LESS[str(owed.data.get("sense"))]:
        return refuse(answer, refusals_remedies.given_on_remedy(state.remedy_of(owed), state.history.day(owed)))
    if owed or since or (decided and decided.data.get("sense") in GRANTING and follows(state, decided, told)):
        return answer
    if decided is not None and (decided.data.get("sense") == "granted" or history.decides(decided)):
        return refuse(answer, refusals_remedies.of_remedy("decided", state.remedy_of(decided)))
    if state.phase == "answered":
        return refuse(answer, refusals_remedies.nothing_open([one.name for one in remedies]))
    return answer


@register("reply")
def reply(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """The answer to a remedy takes back nothing of what another one granted, which is still to be given or answered.
    Against an end without an answer, it says nothing of what was asked."""
    owed, history = state.owed_answer, state.history
    filed = [one.filed for one in REGIMES[state.kind].answered if row.code in (one.answered, "answer_signed")]
    asked = [one for kind in filed for one in history.waiting(kind)]
    if owed is None or state.data.get("sense") not in _LESS[str(owed.data.get("sense"))]:
        return answer
    if any(history.closing_contested(one) for one in asked):
        return answer
    return refuse(answer, refusals_remedies.given_on_remedy(state.remedy_of(owed), history.day(owed)))


#: What of the rights of law 09-08 each of these gives.
_GIVES = {"access_given": ("access",), "rectified": ("rectification", "objection")}


@register("carried_out")
def carried_out(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """What gives the person what was asked, without a letter that decides: once an answer was notified, only where a
    remedy granted since gives all of it. What it gives in part is told with what it refuses."""
    if (right := state.history.facts[0].data.get("right")) and right not in _GIVES.get(row.code, (right,)):
        return refuse(answer, refusals.plain("another_right"))
    if state.phase != "answered":
        return answer
    history, remedies = state.history, REGIMES[state.kind].answered
    said = history.last(*(one.answered for one in remedies))
    sense = said.data.get("sense") if said is not None else None
    if said is None or sense not in GRANTING or not follows(state, said, history.last(*CLOSING)):
        return refuse(answer, refusals.plain("already_answered"))
    return answer if sense == "granted" else refuse(answer, refusals.plain("part_by_letter"))


@register("notified")
def notified(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """The answer that is signed; in a dossier that is answered, that of which the notification was struck out although
    a remedy contests it."""
    history = state.history
    signed = history.last("outcome_signed")
    if state.phase == "decided":
        return answer
    if signed is not None and all(told.data.get("act") != signed.data.get("act") for told in history.of("notified")):
        filed = history.of(*(one.filed for one in REGIMES[state.kind].answered))
        if any(one.data.get("against") == "refusal" and follows(state, one, signed) for one in filed):
            return answer
    return refuse(answer, refusals.plain("already_answered"))


def follows(state: State, fact: Fact, told: Fact | None) -> bool:
    """Whether a fact comes after another; after nothing, where there is none."""
    return told is None or state.history.order(fact) > state.history.order(told)


@register("lapsed")
def lapsed(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """A lapse is recorded once, from the first day on which it is certain."""
    wanted = state.data.get("rule")
    for duty in lapsed_rules(state):
        if wanted is not None and duty.rule_id != wanted:
            continue
        if not _recorded(state, duty):
            answer = replace(answer, article=duty.article, law=duty.law, confidence=duty.confidence)
            return replace(answer, rule_id=duty.rule_id, opens_on=duty.lapses_on)
    recorded = state.history.first("lapsed") is not None and bool(lapsed_rules(state))
    return refuse(answer, refusals.plain("lapse_recorded" if recorded else "not_lapsed"))


def _recorded(state: State, duty: Duty) -> bool:
    return any(
        fact.data.get("rule") == duty.rule_id and fact.data.get("trigger") in (None, duty.trigger_fact)
        for fact in state.history.of("lapsed")
    )


@register("lapse_told")
def lapse_told(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """The person is told of a lapse once there is one."""
    if state.history.first("lapsed") is None and not lapsed_rules(state):
        return refuse(answer, refusals.plain("not_lapsed"))
    return answer


@register("returned")
def returned(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """A file is returned when the time to complete it, or to replace a document, is certainly over."""
    waiting = {fact.id for fact in state.history.waiting("replacement_asked")}
    found = [duty for rule in TO_COMPLETE for duty in state.duties(rule) if duty.discharged_by is None]
    found += [duty for duty in state.duties("PROC-REPLACE") if duty.trigger_fact in waiting]
    found = [duty for duty in found if duty.ended_by is None]  # that of a return which was taken back is over
    if any(duty.lapsed(state.on) for duty in found):
        return answer
    opens = [duty for duty in found if duty.lapses_on is not None]
    if opens:
        first = min(opens, key=lambda duty: duty.lapses_on or state.on)
        return refuse(
            answer, refusals.too_early(first.lapses_on or state.on, first.article, first.law), opens_on=first.lapses_on
        )
    return refuse(answer, refusals.plain("nothing_to_return", row.article, row.law))


@register("extension")
def extension(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """Expertise or public inquiry only, and no longer than they take."""
    ground, days = state.data.get("ground"), state.data.get("days")
    if ground is not None and ground not in ("expertise", "inquiry"):
        return refuse(answer, refusals.plain("ground_needed", "17"))
    if "days" in state.data and (not isinstance(days, int) or isinstance(days, bool) or days < 1):
        return refuse(answer, refusals.plain("length_needed", "17"))
    known = (refusals.plain("ground_needed", "17"), refusals.plain("length_free", "17"))
    return replace(answer, reasons=known)


@register("extension_31_13")
def extension_31_13(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """In time, once, with reasons; the urgent delay has its own window."""
    window = "ATI-EXT-URGENT" if state.duties("ATI-EXT-URGENT") else "ATI-EXT"
    answer = replace(answer, article=state.article(window)[0])
    if "reasons" in state.data and not str(state.data["reasons"] or "").strip():
        return refuse(answer, refusals.plain("reasons_needed", "16", "31-13"))
    answer = replace(answer, rule_id=window, reasons=(refusals.plain("reasons_needed", "16", "31-13"),))
    found = state.duties(window)
    last = found[-1].do_by if found else None
    if last is not None and state.on > last:
        return refuse(answer, refusals.too_late(last, *state.article(window)))
    return replace(answer, until=last)


@register("in_delay")
def in_delay(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """A question that suspends a delay comes before that delay is certainly over."""
    rules = [rule for rule in state.rules.for_kind(state.kind) if rule.type == "duty"]
    asking = [rule.id for rule in rules if any(pause.asked == row.code for pause in rule.pauses)]
    found = [duty for rule_id in asking for duty in state.duties(rule_id)]
    last = last_accepted(found)
    if last is not None and state.on > last:
        late = refusals.too_late(last, found[-1].article, found[-1].law)
        return refuse(answer, late, refusals.plain("suspends_nothing"))
    return replace(answer, until=last)


@register("exchange")
def exchange(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """Only with the prior consent of the person."""
    if state.data.get("consent") is False:
        return refuse(answer, refusals.plain("consent_needed", "24"))
    return replace(answer, reasons=(refusals.plain("consent_needed", "24"),))


@register("silence")
def silence(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """Only for a decision of the regulatory list, once the delay has lapsed."""
    if not _consents(state):
        return refuse(answer, refusals.plain("not_consent", "19"))
    if not _decide_lapsed(state):
        return refuse(answer, refusals.plain("not_lapsed", "19"))
    return answer
