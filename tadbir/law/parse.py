"""Reading one rule file strictly: an unknown key, shape or date is a LawError naming the file and the key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from .bilingual import toml_of, words
from .errors import LawError
from .facts import ANSWERS, FACTS
from .match import Match, Trigger
from .parse_when import parse_when
from .regimes import KINDS
from .rule import (
    APPLIES_BY,
    CONFIDENCES,
    LISTED,
    TYPES,
    Effect,
    Extension,
    Lengthening,
    OnlyAfter,
    Pause,
    Reading,
    Rule,
    Words,
)
from .table import Table
from .vocabulary import LAWS, OWNERS


def _fact(table: Table, key: str) -> str:
    kind = table.text(key)
    if kind not in FACTS:
        raise LawError(table.where, f"{key}: {kind!r} is not in the vocabulary of facts")
    return kind


def _match(table: Table) -> Match:
    match = Match(
        _fact(table, "fact"),
        table.mapping("where"),
        table.mapping("where_not"),
        table.flag("in_time", False),
        table.optional_text("starting"),
        table.flag("deciding", False),
        table.flag("pending", False),
        table.flag("resumed", False),
        table.flag("instead", False),
        table.flag("striking", False),
    )
    table.done()
    return match


def _trigger(table: Table) -> Trigger:
    lapse_of = table.optional_text("lapse_of")
    needs = table.optional_table("needs")
    match = None
    if lapse_of is None:
        match = Match(_fact(table, "fact"), table.mapping("where"), table.mapping("where_not"))
    trigger = Trigger(
        match=match,
        lapse_of=lapse_of,
        via=table.choice("via", ("fact", "lapse"), None) if lapse_of else None,
        take=table.choice("take", ("each", "first", "last"), "each") or "each",
        clock=_fact(table, "clock") if table.has("clock") else None,
        clock_data=table.optional_text("clock_data"),
        received=table.choice("received", ("optional", "required", "advised"), None),
        latest=table.optional_text("latest") if lapse_of else None,
        not_before_lapse=tuple(table.texts("not_before_lapse")) if table.has("not_before_lapse") else (),
        in_time_of=tuple(table.texts("in_time_of")) if table.has("in_time_of") else (),
        answering=table.optional_text("answering"),
        deciding=table.flag("deciding", False) if lapse_of is None else False,
        unspoken=table.flag("unspoken", False) if lapse_of else False,
        taking_back=_fact(table, "taking_back") if table.has("taking_back") else None,
        unlengthened=table.flag("unlengthened", False) if lapse_of else False,
        silent=table.integer("silent", 0, 1) if lapse_of else 0,
        late=table.flag("late", False) if lapse_of else False,
        beside=table.optional_text("beside"),
        taken_up=table.flag("taken_up", False) if lapse_of is None else False,
        confirms=tuple(table.texts("confirms")) if table.has("confirms") else (),
        striking=table.flag("striking", False) if lapse_of is None else False,
        needs=_match(needs) if needs else None,
    )
    table.done()
    return trigger


def _pause(table: Table) -> Pause:
    pause = Pause(
        _fact(table, "asked"),
        _fact(table, "received"),
        table.text("article"),
        table.optional_text("under"),
        _known(table, "law", LAWS) if table.has("law") else None,
        table.flag("anew", False),
    )
    table.done()
    if (pause.asked, pause.received) == LISTED:
        return pause
    if pause.received not in ANSWERS.get(pause.asked, ()):
        raise table.refuse("received", f"{pause.received!r} does not answer {pause.asked!r} in the vocabulary")
    return pause


def _extension(table: Table | None) -> Extension | None:
    if table is None:
        return None
    extension = Extension(
        fact=_fact(table, "fact"),
        article=table.text("article"),
        key=table.optional_text("data"),
        same=table.flag("same", False),
        times=table.integer("times", 1, 1),
        where=table.mapping("where"),
    )
    table.done()
    if (extension.key is None) == (not extension.same):
        raise LawError(table.where, "extension: give either data or same = true")
    return extension


def _lengthening(table: Table) -> Lengthening:
    found = Lengthening(
        _fact(table, "fact"),
        table.text("article"),
        _known(table, "law", LAWS),
        table.integer("least", None, 1),
        table.integer("most", None, 1),
        table.integer("tail", 0, 0),
        table.integer("within", 0, 0),
    )
    table.done()
    if found.least > found.most:
        raise table.refuse("least", "greater than most")
    return found


def _effect(table: Table) -> Effect:
    effect = Effect(
        table.text("ar"), table.text("fr"), table.text("code"), Match(_fact(table, "fact"), table.mapping("where"))
    )
    table.done()
    return effect


def _only_after(table: Table) -> OnlyAfter:
    unless = _fact(table, "unless") if table.has("unless") else None
    found = OnlyAfter(table.text("ar"), table.text("fr"), table.text("rule"), _kinds(table), unless)
    table.done()
    return found


def _kinds(table: Table) -> tuple[str, ...]:
    kinds = table.texts("kinds")
    for kind in kinds:
        if kind not in KINDS:
            raise LawError(table.where, f"kinds: {kind!r} is not one of {', '.join(KINDS)}")
    return tuple(kinds)


def _known(table: Table, key: str, known: Mapping[str, Any]) -> str:
    value = table.text(key)
    if value not in known:
        raise LawError(table.where, f"{key}: {value!r} is unknown; expected one of {', '.join(sorted(known))}")
    return value


def _each(table: Table, key: str, read: Callable[[Table], Any]) -> tuple[Any, ...]:
    return tuple(read(inner) for inner in table.tables(key))


def _reading(table: Table) -> Reading:
    reading = Reading(
        table.text("ar"),
        table.text("fr"),
        _kinds(table) if table.has("kinds") else (),
        tuple(table.texts("started_by")) if table.has("started_by") else (),
        table.flag("taken_up", False),
    )
    table.done()
    for name in reading.started_by:
        if name != "lapse" and name not in FACTS:
            raise LawError(table.where, f"started_by: {name!r} is not in the vocabulary of facts")
    return reading


def _head(table: Table) -> dict[str, Any]:
    force = table.table("in_force")
    effect = table.table("effect")
    head: dict[str, Any] = {
        "id": table.text("id"),
        "law": _known(table, "law", LAWS),
        "article": table.text("article"),
        "type": table.required_choice("type", TYPES),
        "kinds": _kinds(table),
        "owner": _known(table, "owner", OWNERS),
        "bound": table.flag("bound"),
        "version": table.integer("version", None, 1),
        "applies_by": table.required_choice("applies_by", APPLIES_BY),
        "confidence": table.required_choice("confidence", CONFIDENCES),
        "source": table.text("source"),
        "in_force_from": force.day("from"),
        "in_force_to": force.optional_day("to"),
        "sentence": words(table, "sentence"),
        "label": words(table, "label") if table.has("label") else None,
        "told": words(table, "told") if table.has("told") else None,
        "start": words(table, "start"),
        "late": words(table, "late") if table.has("late") else None,
        "effect": effect.text("code"),
        "effect_words": Words(effect.text("ar"), effect.text("fr")),
    }
    force.done()
    effect.done()
    return head


def parse_rule(text: str, where: str, *, kept: bool = False) -> Rule:
    """The rule of one file. Raises LawError naming the file and the key at fault.

    `kept`: a text of an earlier version, that a council corrected: words asked for since then may be missing in it.
    """
    table = Table(toml_of(text, where), where)
    head = _head(table)
    rule = Rule(
        **head,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        whens=_each(table, "when", parse_when),
        triggers=_each(table, "trigger", _trigger),
        discharged_by=_each(table, "discharged_by", _match),
        ended_by=_each(table, "ended_by", _match),
        pauses=_each(table, "suspension", _pause),
        extension=_extension(table.optional_table("extension")),
        lengthened_by=_each(table, "lengthened_by", _lengthening),
        readings=_each(table, "reading", _reading),
        effects=_each(table, "effect_where", _effect),
        only_after=_each(table, "only_after", _only_after),
        no_sooner=table.optional_text("no_sooner"),
        file=where,
    )
    table.done()
    _check(rule)
    if rule.bound and rule.label is None and not kept:
        raise LawError(where, "label: a bound rule says in a few words what it is about")
    return rule


def _check(rule: Rule) -> None:
    where = rule.file
    if Path(where).suffix == ".toml" and (Path(where).stem != rule.id or Path(where).parent.name != rule.law):
        raise LawError(where, f"id: a rule of {rule.law} named {rule.id} belongs in {rule.law}/{rule.id}.toml")
    if rule.in_force_to is not None and rule.in_force_to < rule.in_force_from:
        raise LawError(where, "in_force: ends before it begins")
    if not rule.whens:
        raise LawError(where, "when: a rule needs at least one dated value")
    _check_values(rule)
    shapes = {when.shape for when in rule.whens}
    by_calendar = shapes <= {"nth_weekday", "fixed_date", "every"}
    if rule.bound and not by_calendar and not rule.triggers:
        raise LawError(where, "trigger: a bound rule needs one")
    if rule.bound and "count" in shapes:
        raise LawError(where, "bound: the shape count is kept and listed; no engine computes it yet")
    if rule.told is not None and not all("{limit}" in said for said in (rule.told.ar, rule.told.fr)):
        raise LawError(where, "told: says the delay of the dossier as {limit}, in both languages")
    if rule.lengthened_by and any(when.unit != "days" or when.max is None for when in rule.whens):
        raise LawError(where, "lengthened_by: only a number of days is lengthened by days")
    if rule.pauses and any(when.unit not in ("days", "working_days") for when in rule.whens):
        raise LawError(where, "suspension: only days and working days can be suspended")


def _check_values(rule: Rule) -> None:
    previous: date | None = None
    for when in rule.whens:
        if previous is not None and when.since <= previous:
            raise LawError(rule.file, f"when.from: {when.since} is not after {previous}")
        if when.since < rule.in_force_from:
            raise LawError(rule.file, f"when.from: {when.since} is before the rule itself is in force")
        if when.until is not None and when.until < when.since:
            raise LawError(rule.file, f"when.to: {when.until} is before {when.since}")
        previous = when.since
