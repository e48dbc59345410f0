"""`tadbir law`: read the rules, see why a date, list the sessions. Needs no installation and no database."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from .book import RULES, RuleBook
from .calendar import Calendar
from .cites import cite_ar, cite_fr
from .engine import explain_from
from .errors import LawError
from .lengths import length_of
from .model import Duty
from .overlay_check import check_file
from .regime import Regime
from .regimes import REGIMES
from .rule import Rule, Words
from .sessions import ordinary_sessions
from .vocabulary import CONFIDENCES, LAWS, OWNERS, PROMISED, TYPES
from .words import day_ar, day_fr

LANGUAGES = ("ar", "fr")
USAGE = {
    "ar": """tadbir law list [LAW]                              القواعد، المطبقة وغير المطبقة بعد، والأنظمة القانونية
tadbir law explain RULE --from 2026-12-01 [--lang ar|fr]   لماذا هذا التاريخ، ابتداء من يوم
tadbir law sessions 2027 2028                      متى تُفتتح الدورات العادية
tadbir law overlay check FILE                      أثر تغييرات المجلس، وما لا يستقيم منها
""",
    "fr": """tadbir law list [LAW]                              les règles, appliquées ou pas encore, et les régimes
tadbir law explain RULE --from 2026-12-01 [--lang ar|fr]   pourquoi cette date, à partir d’un jour
tadbir law sessions 2027 2028                      quand s’ouvrent les sessions ordinaires
tadbir law overlay check FILE                      ce que feraient les changements du conseil, et ce qui ne va pas
""",
}
#: What each date of a duty is.
DATES = {
    "do_by": ("آخر يوم للإنجاز", "dernier jour pour le faire"),
    "lapses_on": ("اليوم الذي ينتج فيه السكوت أثره", "jour où le silence produit son effet"),
    "file_before": ("يُنصح بتقديمه إلى غاية هذا اليوم", "conseillé au plus tard ce jour"),
    "accept_until": ("يُقبل إلى غاية هذا اليوم", "accepté jusqu’à ce jour"),
}


def _terminal() -> str:
    """The language of the terminal, as every command reads it: Arabic where it says so, else French."""
    said = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    return "ar" if next((one for one in said if one), "").startswith("ar") else "fr"


def _wrong(where: str, ar: str, fr: str) -> LawError:
    """An error of whoever typed the command, in the language of the terminal."""
    return LawError(where, ar if _terminal() == "ar" else fr)


def _calendar(*days: date) -> Calendar:
    years = [day.year for day in days]
    return Calendar.build(min(years) - 1, max(years) + 2)


def _wanted(lang: str | None) -> Sequence[str]:
    if lang is not None and lang not in LANGUAGES:
        raise _wrong("--lang", f"{lang}: المنتظر ar أو fr", f"{lang} : ar ou fr attendu")
    return LANGUAGES if lang is None else (lang,)


def _called(rule: Rule) -> Words:
    """What a rule is called: what a council only aims at is no duty of the law."""
    aims = all(kind in REGIMES and REGIMES[kind].aim for kind in rule.kinds)
    return Words("هدف", "objectif") if aims and rule.type == "duty" else TYPES[rule.type]


def _sure(rule: Rule) -> Words:
    return PROMISED if rule.law == "council" else CONFIDENCES[rule.confidence]


def rule_lines(rule: Rule, lang: str | None = None) -> Iterable[str]:
    """One rule in a few lines: a mark where it is from memory, another where it is not yet bound."""
    when = rule.whens[-1]
    length = length_of(when)
    marks = [mark for mark, on in (("[!]", rule.confidence == "memory"), ("[-]", not rule.bound)) if on]
    yield " ".join([rule.id, rule.stamp, *marks])
    if "ar" in _wanted(lang):
        yield (
            f"    {rule.sentence.ar}. {_called(rule).ar}، {OWNERS[rule.owner].ar}: {length.ar} "
            f"({cite_ar(rule.article, rule.law)}؛ {_sure(rule).ar})"
        )
    if "fr" in _wanted(lang):
        yield (
            f"    {rule.sentence.fr}. {_called(rule).fr.capitalize()}, {OWNERS[rule.owner].fr} : {length.fr} "
            f"({cite_fr(rule.article, rule.law)} ; {_sure(rule).fr})"
        )


def list_rules(rules: RuleBook = RULES, law: str | None = None, lang: str | None = None) -> str:
    """All the rules, law by law, the bound ones first, then the regimes. Raises LawError for an unknown law."""
    if law is not None and law not in LAWS:
        known = ", ".join(sorted(LAWS))
        raise _wrong("list", f"{law}: قانون غير معروف؛ المعروفة: {known}", f"{law} est inconnue ; connues : {known}")
    chosen = [rule for rule in rules if law in (None, rule.law)]
    lines = []
    for name in LAWS:
        found = sorted((rule for rule in chosen if rule.law == name), key=lambda rule: (not rule.bound, rule.id))
        if found:
            lines += ["", f"== {LAWS[name].ar} / {LAWS[name].fr}"]
            lines += [line for rule in found for line in rule_lines(rule, lang)]
    if regimes := [regime for regime in REGIMES.values() if law in (None, regime.law)]:
        lines += ["", "== الأنظمة القانونية / Régimes"]
        lines += [line for regime in regimes for line in regime_lines(regime, lang)]
    bound = sum(rule.bound for rule in chosen)
    lines += ["", f"{len(chosen)} قاعدة، منها {bound} مطبقة ({rules.version})"]
    lines += [f"{len(chosen)} règles, dont {bound} appliquées ({rules.version})"]
    lines += ["[-] غير مطبقة بعد / pas encore appliquée    [!] غير مؤكدة / non confirmée"]
    return "\n".join(lines).strip() + "\n"


def regime_lines(regime: Regime, lang: str | None = None) -> Iterable[str]:
    """One regime: its code, from when a dossier may be opened under it, its names, how sure both are."""
    marks = ["[!]"] if "memory" in (regime.confidence, regime.day_confidence) else []
    yield " ".join([regime.code, *([regime.since.isoformat()] if regime.since else []), *marks])
    for language in _wanted(lang):
        yield f"    {getattr(regime, language)} ({getattr(CONFIDENCES[regime.confidence], language)})"


def explain_rule(
    rule_id: str, start: date, lang: str | None = None, rules: RuleBook = RULES, calendar: Calendar | None = None
) -> str:
    """Why this date: one rule from one day, line by line. Raises LawError for an unknown rule."""
    if rule_id not in rules:
        raise _wrong(rule_id, "لا قاعدة بهذا الرمز: «tadbir law list»", "aucune règle de ce code : « tadbir law list »")
    rule = rules[rule_id]
    calendar = calendar or _calendar(start, start + timedelta(days=366))
    duty = explain_from(rule, start, calendar, rules)
    if duty is None:
        day = start.isoformat()
        raise _wrong(
            rule_id,
            f"{day}: القاعدة غير سارية، أو ليس لها أجل خاص بها",
            f"{day} : la règle n’est pas en vigueur, ou n’a pas de délai à elle",
        )
    lines = list(rule_lines(rule, lang))
    for language in _wanted(lang):
        lines.append("")
        lines += [
            f"  {number}. {step.ar if language == 'ar' else step.fr}" for number, step in enumerate(duty.steps, 1)
        ]
    lines += ["", *_dates(duty, lang)]
    return "\n".join(lines) + "\n"


def _dates(duty: Duty, lang: str | None) -> Iterable[str]:
    for name, day in (
        ("do_by", duty.do_by),
        ("lapses_on", duty.lapses_on),
        ("file_before", duty.file_before),
        ("accept_until", duty.accept_until),
    ):
        words = dict(zip(LANGUAGES, DATES[name], strict=True))
        said = " / ".join(words[language] for language in _wanted(lang))
        yield f"  {name:<13}{day.isoformat() if day else '-':<12}{said}"


def list_sessions(years: Sequence[int], lang: str | None = None, rules: RuleBook = RULES) -> str:
    """When the ordinary sessions open, year by year. Raises LawError where no year is given."""
    if not years:
        raise _wrong("sessions", "اكتبوا سنة أو أكثر", "indiquez une année ou plus")
    calendar = _calendar(*(date(year, 1, 1) for year in _checked(years)))
    lines = []
    for year in years:
        for day in ordinary_sessions(year, calendar, rules):
            words = {"ar": day_ar(day), "fr": day_fr(day)}
            lines.append(f"{day.isoformat()}  " + "  |  ".join(words[language] for language in _wanted(lang)))
    return "\n".join(lines) + "\n"


def _checked(years: Sequence[int]) -> Sequence[int]:
    for year in years:
        if not 1960 <= year <= 2299:
            raise _wrong("sessions", f"{year}: سنة بين 1960 و2299", f"{year} : une année entre 1960 et 2299")
    return years


def _option(words: list[str], name: str) -> str | None:
    if name not in words:
        return None
    place = words.index(name)
    if place + 1 >= len(words):
        raise _wrong(name, "تنقصه قيمة", "il y manque une valeur")
    value = words[place + 1]
    del words[place : place + 2]
    return value


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError as error:
        raise _wrong("--from", "تاريخ على شكل 2026-12-01", "une date comme 2026-12-01") from error


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise _wrong("sessions", f"{text}: ليست سنة", f"{text} n’est pas une année")
    return int(text)


def run(argv: Sequence[str]) -> str:
    """The text one command prints. Raises LawError for a command it does not know."""
    words = list(argv)
    lang = _option(words, "--lang")
    command, *rest = words or [""]
    if command == "list" and len(rest) <= 1:
        return list_rules(law=rest[0] if rest else None, lang=lang)
    if command == "explain":
        start = _day(_option(rest, "--from"))
        if len(rest) == 1:
            return explain_rule(rest[0], start, lang)
    if command == "sessions":
        return list_sessions([_year(word) for word in rest], lang)
    raise _wrong("law", "لا أمر بهذه الكلمات:", "aucune commande ne s’écrit ainsi :")


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of `tadbir law` and of `python -m tadbir.law`: prints, and returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if {"-h", "--help"} & set(words):
        sys.stdout.write(USAGE[_terminal()])
        return 0
    try:
        if words[:2] == ["overlay", "check"] and len(words) == 3:
            checked = check_file(words[2])
            sys.stdout.write(checked.text)
            return checked.code
        sys.stdout.write(run(words))
    except LawError as error:
        sys.stderr.write(f"{error}\n{USAGE[_terminal()]}")
        return 2
    return 0
