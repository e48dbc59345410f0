"""What a council may change in a rule, and what it may not: see decisions/0011.

A council may bind itself more tightly and share its own work out; it loosens no law, and tightens nothing for a person.
The time that it gives a person of its own accord it may lengthen, or give no more: what would follow its end is then
never done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .model import Reason
from .overlay import Change
from .regimes import REGIMES
from .rule import LONGEST_RULE, SESSION_RULE, Rule
from .vocabulary import HOUSE, PERSONS

NUMBER = re.compile(r"\d+")

_WORDS: dict[str, tuple[str, str]] = {
    "not_applied": (
        "هذه القاعدة غير مطبقة بعد: لا شيء فيها يُعدل.",
        "Cette règle n’est pas encore appliquée : rien à modifier.",
    ),
    "off": (
        "لا يوقف المجلس قاعدة يقررها القانون لفائدة شخص أو جهة أخرى، ولا قاعدة تُحسب منها قاعدة أخرى.",
        "Le conseil n’arrête ni une règle que la loi pose pour une personne ou une autre autorité, ni celle dont une "
        "autre dépend.",
    ),
    "owner": (
        "لا يُسند الواجب إلا من جهة داخل المجلس إلى أخرى داخله.",
        "L’échéance ne passe que d’un organe ou agent du conseil à un autre.",
    ),
    "max": (
        "مدة هذه القاعدة محددة بنص أو ببطاقة المسطرة: لا يغيرها المجلس هنا.",
        "La durée de cette règle vient d’un texte ou de la fiche : le conseil ne la change pas ici.",
    ),
    "longer": (
        "لا يُلزم المجلس نفسه هنا إلا بأجل أضيق من أجل القانون.",
        "Le conseil ne peut ici que s’obliger à un délai plus strict que celui de la loi.",
    ),
    "shorter": (
        "المهلة التي يمنحها المجلس لشخص لا تُقصر: يمكن تمديدها أو وقفها، فلا يُرجع ملف إذن.",
        "Le temps que le conseil laisse à une personne ne se raccourcit pas : il s’allonge, ou s’arrête, et aucun "
        "dossier n’est alors retourné.",
    ),
    "cap": (
        "أقصى أجل في القانون رقم 55.19 هو 60 يوما (المادة 16).",
        "La loi n° 55-19 plafonne à 60 jours (article 16).",
    ),
    "numbers": (
        "يجب أن تبقى في الجملة أرقام النص نفسها، بالعربية وبالفرنسية.",
        "La phrase doit garder les nombres du texte, en arabe et en français.",
    ),
    "sentence_too": (
        "الجملة تذكر المدة القديمة: اكتبوا جملة جديدة بالمدة الجديدة.",
        "La phrase cite l’ancienne durée : écrivez-en une avec la nouvelle.",
    ),
    "counting": ("طريقة الاحتساب يحددها النص.", "La manière de compter vient du texte."),
    "article": ("المادة مقروءة في النص: لا تُغير.", "L’article a été lu dans le texte : il ne change pas."),
    "too_early": ("يبدأ التعديل قبل سريان القاعدة نفسها.", "La modification commence avant la règle elle-même."),
}


def _reason(code: str) -> Reason:
    return Reason(code, *_WORDS[code])


def is_free(rule: Rule) -> bool:
    """Whether no text that somebody read stands behind it: the council's own promise, or a rule from memory."""
    return rule.law == "council" or rule.confidence == "memory"


def counted_from(rules: Iterable[Rule]) -> frozenset[str]:
    """The rules that other rules count from: by their lapse, their length, or the sessions they date."""
    named = {SESSION_RULE, LONGEST_RULE}
    for rule in rules:
        named |= {when.of for when in rule.whens if when.of} | {pause.under for pause in rule.pauses if pause.under}
        named |= {trigger.lapse_of for trigger in rule.triggers if trigger.lapse_of}
        named |= {trigger.latest for trigger in rule.triggers if trigger.latest}
        named |= {one for trigger in rule.triggers for one in trigger.not_before_lapse}
        named |= {rule.no_sooner} if rule.no_sooner else set()
    return frozenset(named)


def changeable(rule: Rule, rules: Iterable[Rule]) -> tuple[str, ...]:
    """What a council may change in a shipped rule: `off` and keys of a change. Nothing in one that is not applied."""
    if not rule.bound:
        return ()
    needed = rule.id in counted_from(rules)
    free, house = is_free(rule), rule.owner in HOUSE
    strict = rule.type == "duty" and house and not needed and rule.effect == "none_stated"
    # what is owed in a dossier that a person opened is not switched off
    ours = strict and not any(REGIMES[kind].opened_by == "person" for kind in rule.kinds)
    given = rule.law == "council"  # a time that the council leaves to a person, as no text does
    when = rule.whens[-1]
    fixed = when.shape == "offset" and when.max is not None and when.limit_from is None
    found = {
        "off": not needed and (free or ours) and (rule.owner not in PERSONS or given),
        "owner": house,
        "sentence": True,
        "max": fixed and (free or strict) and bool(when.max) and (rule.owner not in PERSONS or given),
        "counting": rule.law == "council"
        and rule.type == "duty"
        and rule.owner not in PERSONS
        and when.shape == "offset"
        and when.unit != "hours",
        "article": rule.law != "council" and rule.confidence == "memory",
    }
    return tuple(key for key, lawful in found.items() if lawful)


def refused(change: Change, rule: Rule, rules: Iterable[Rule]) -> tuple[Reason, ...]:
    """Why a change of this rule (the one it corrects) is not accepted; empty when it is."""
    if not rule.bound:
        return (_reason("not_applied"),)
    allowed = changeable(rule, rules)
    asked = ["off"] if change.off else list(change.keys)
    found = [_reason(key) for key in asked if key not in allowed]
    if change.since < rule.in_force_from:
        found.append(_reason("too_early"))
    if "owner" in allowed and change.keys.get("owner", HOUSE[0]) not in HOUSE:
        found.append(_reason("owner"))
    if "max" in allowed and "max" in change.keys:
        found += _length(change.keys["max"], rule, rules)
    found += _sentence(change, rule)
    return tuple(found)


def _length(wanted: int, rule: Rule, rules: Iterable[Rule]) -> Iterator[Reason]:
    when = rule.whens[-1]
    now = when.max or 0
    stricter = wanted < now if when.direction == "after" else wanted > now
    if rule.owner in PERSONS and stricter:
        yield _reason("shorter")
    if not is_free(rule) and not stricter:
        yield _reason("longer")
    sources = [one.limit_from for other in rules if other.law == rule.law for one in other.whens if one.limit_from]
    caps = [source.cap for source in sources if source.cap is not None]
    if caps and wanted > max(caps):
        yield _reason("cap")


def _sentence(change: Change, rule: Rule) -> Iterator[Reason]:
    """A sentence never says another number than the rule."""
    said, length = change.sentence, rule.whens[-1].max
    wanted = change.keys.get("max", length)
    for old, new in zip(
        (rule.sentence.ar, rule.sentence.fr), (said.ar, said.fr) if said else (None, None), strict=True
    ):
        numbers = NUMBER.findall(old)
        changed = [str(wanted) if length is not None and number == str(length) else number for number in numbers]
        if new is None and changed != numbers:
            yield _reason("sentence_too")
            return
        if new is not None and not is_free(rule) and sorted(NUMBER.findall(new)) != sorted(changed):
            yield _reason("numbers")
            return
