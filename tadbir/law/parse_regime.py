"""Reading regimes strictly: an unknown key, fact, law or shared part is a LawError naming the file and the key."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Any

from .bilingual import arabic_and_french, toml_of, words
from .errors import LawError
from .facts import FACTS
from .regime import OPENED_BY, PHASES, PHASES_NAMED, Appeal, Delay, Letter, Regime, RegimeFact, Remedy
from .rule import CONFIDENCES
from .table import Table
from .vocabulary import LAWS

#: What several regimes may share: facts, and the remedy that goes with them.
_SHARED = {"facts", "grievance"}


def read_files(folder: Traversable) -> dict[str, dict[str, Any]]:
    """The tables of the files of a folder, by name; `_name` is a part that several regimes are based on."""
    return {
        file.name.removesuffix(".toml"): toml_of(file.read_text(encoding="utf-8"), f"regimes/{file.name}")
        for file in sorted(folder.iterdir(), key=lambda item: item.name)
        if file.name.endswith(".toml")
    }


def parse_regimes(
    files: Mapping[str, dict[str, Any]], known: Mapping[str, Regime], parts: Mapping[str, dict[str, Any]]
) -> dict[str, Regime]:
    """Those known and those of these files, based on these parts.

    Raises LawError naming the file and the key, also for a code that is there twice.
    """
    found = dict(known)
    for name, raw in files.items():
        if name.startswith("_"):
            continue
        regime = _regime(Table(_whole(name, raw, parts), f"regimes/{name}.toml"))
        if regime.code != name:
            raise LawError(regime.file, f"code: {regime.code} belongs in regimes/{regime.code}.toml")
        if regime.code in found:
            raise LawError(regime.file, f"code: {regime.code} is already in {found[regime.code].file}")
        found[regime.code] = regime
    return found


def _whole(name: str, raw: Mapping[str, Any], parts: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A regime with the facts of the parts it is based on; a key of its own stands before that of a part."""
    based_on, own = raw.get("based_on", []), raw.get("facts", {})
    if not isinstance(based_on, list) or not isinstance(own, dict):
        raise LawError(f"regimes/{name}.toml", "based_on: expected a list of texts, and facts: a table")
    facts = dict(own)
    own_keys = {key: value for key, value in raw.items() if key != "based_on"}
    for part in based_on:
        shared = parts.get(str(part))
        if shared is None:
            raise LawError(f"regimes/{name}.toml", f"based_on: {part!r} is no shared part")
        if not {"facts"} <= set(shared) <= _SHARED:
            raise LawError(f"regimes/{part}.toml", f"a shared part holds {', '.join(sorted(_SHARED))} and nothing else")
        own_keys = {key: shared[key] for key in shared if key != "facts"} | own_keys
        for code, row in shared["facts"].items():
            facts[code] = {**row, **facts.get(code, {})}
    return {**own_keys, "facts": facts}


def _regime(table: Table) -> Regime:
    said = arabic_and_french(table)
    law = _known_law(table) if table.has("law") else ""
    force, facts = table.optional_table("in_force"), table.table("facts")
    regime = Regime(
        said.ar,
        said.fr,
        code=table.text("code"),
        law=law,
        opened_by=table.required_choice("opened_by", OPENED_BY),
        needs_completion=table.flag("needs_completion", False),
        elsewhere=table.flag("elsewhere", False),
        undertaking=table.flag("undertaking", False),
        aim=table.flag("aim", False),
        urgent=table.flag("urgent", False),
        documents_need_basis=table.flag("documents_need_basis", False),
        says_filed=table.flag("says_filed", False),
        handled_by=table.optional_text("handled_by") or "",
        counted_by=tuple(table.texts("counted_by")) if table.has("counted_by") else (),
        delay=_delay(table.table("delay")) if table.has("delay") else None,
        since=force.optional_day("from") if force else None,
        until=force.optional_day("to") if force else None,
        day_confidence=force.required_choice("confidence", CONFIDENCES) if force else "",
        confidence=table.required_choice("confidence", CONFIDENCES),
        receipt=words(table, "receipt") if table.has("receipt") else None,
        asks=words(table, "asks") if table.has("asks") else None,
        remedies=tuple(_remedy(inner) for inner in table.tables("remedies")),
        appeal=_appeal(table.table("appeal")) if table.has("appeal") else None,
        grievance=_appeal(table.table("grievance")) if table.has("grievance") else None,
        facts={code: _fact(code, facts.table(code), law) for code in facts.raw},
        file=table.file,
    )
    for inner in (force, table):
        if inner is not None:
            inner.done()
    return regime


def _fact(code: str, table: Table, law: str) -> RegimeFact:
    if code not in FACTS:
        raise LawError(table.where, f"{code!r} is not in the vocabulary of facts")
    article = table.optional_text("article") or ""
    own = _known_law(table) if table.has("law") else law
    fact = RegimeFact(
        code,
        phases=_phases(table),
        law=own if article else "",
        article=article,
        confidence=table.required_choice("confidence", CONFIDENCES) if article else "",
        times=table.optional_integer("times", 1),
        window=table.optional_text("window"),
        answers=_kind(table, "answers") if table.has("answers") else None,
        needs=_kinds(table, "needs"),
        check=table.optional_text("check"),
        since=table.optional_day("from"),
        until=table.optional_day("to"),
        step=table.flag("step", False),
        reasoned=table.flag("reasoned", False),
        leaves_today=table.flag("leaves_today", False),
        told=table.optional_text("told") or "",
        letters=tuple(_letter(inner) for inner in table.tables("letters")),
    )
    table.done()
    if article and not own:
        raise table.refuse("law", "missing; expected the law of the article")
    if (fact.reasoned or fact.leaves_today or fact.told) and not fact.step:
        raise table.refuse("step", "only a step is reasoned, leaves today or is told")
    if fact.answers and code not in FACTS[fact.answers].answered_by:
        raise table.refuse("answers", f"{code!r} does not answer {fact.answers!r} in the vocabulary")
    return fact


def _letter(table: Table) -> Letter:
    said, title = arabic_and_french(table), arabic_and_french(table, "title_ar", "title_fr")
    letter = Letter(said.ar, said.fr, title=title, where=table.mapping("where"))
    table.done()
    return letter


def _phases(table: Table) -> tuple[str, ...]:
    if isinstance(table.raw.get("phases"), str):
        return PHASES_NAMED[table.required_choice("phases", tuple(PHASES_NAMED))]
    phases = tuple(table.texts("phases"))
    for phase in phases:
        if phase not in PHASES:
            raise table.refuse("phases", f"{phase!r} is unknown; expected one of {', '.join(PHASES)}")
    return phases


def _known_law(table: Table) -> str:
    return table.required_choice("law", tuple(LAWS))


def _kind(table: Table, key: str) -> str:
    kind = table.text(key)
    if kind not in FACTS:
        raise table.refuse(key, f"{kind!r} is not in the vocabulary of facts")
    return kind


def _kinds(table: Table, key: str) -> tuple[str, ...]:
    kinds = tuple(table.texts(key)) if table.has(key) else ()
    for kind in kinds:
        if kind not in FACTS:
            raise table.refuse(key, f"{kind!r} is not in the vocabulary of facts")
    return kinds


def _delay(table: Table) -> Delay:
    said = arabic_and_french(table)
    delay = Delay(said.ar, said.fr, rule=table.text("rule"))
    table.done()
    return delay


def _remedy(table: Table) -> Remedy:
    said = arabic_and_french(table)
    after, over = table.optional_text("after") or "", None
    if table.has("over_ar"):
        over = arabic_and_french(table, "over_ar", "over_fr")
    remedy = Remedy(said.ar, said.fr, rule=table.text("rule"), after=after, over=over)
    table.done()
    return remedy


def _appeal(table: Table) -> Appeal:
    appeal = Appeal(
        filed=_kind(table, "filed"),
        answered=_kind(table, "answered"),
        rule=table.text("rule"),
        name=arabic_and_french(table, "name_ar", "name_fr"),
        answer=arabic_and_french(table, "answer_ar", "answer_fr"),
        next=arabic_and_french(table, "next_ar", "next_fr") if table.has("next_ar") else None,
    )
    table.done()
    return appeal
