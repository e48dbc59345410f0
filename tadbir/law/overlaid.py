"""A council's changes laid over the shipped rules; and what no longer fits after an upgrade.

Where the shipped rule is no longer the one that was corrected, the council's version stays, whole, as long as the text
it corrected was kept with the change: no date moves before somebody settles it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .bounds import refused
from .errors import LawError
from .model import Reason
from .overlay import Change, Conflict
from .parse import parse_rule
from .rule import Own, Rule, Words

_WORDS: dict[str, tuple[str, str]] = {
    "changed": (
        "تغير النص الأصلي لهذه القاعدة منذ أن عدلها المجلس",
        "La règle d’origine a changé depuis que le conseil l’a modifiée",
    ),
    "unknown": ("لم تعد هذه القاعدة موجودة في البرنامج", "Cette règle n’est plus dans le programme"),
    "unreadable": ("لم يعد تعديل المجلس مقروءا", "La modification du conseil n’est plus lisible"),
    "refused": ("لم يعد هذا التعديل مقبولا", "Cette modification n’est plus admise"),
}
_APPLIES: dict[str, tuple[str, str]] = {
    "council": ("يبقى تعديل المجلس مطبقا إلى أن يُبت فيه", "la version du conseil reste appliquée jusqu’à décision"),
    "shipped": ("تُطبق القاعدة الأصلية", "la règle d’origine s’applique"),
}


@dataclass(frozen=True)
class Laid:
    """One rule under its changes. `rule` is None where nothing is left of it."""

    rule: Rule | None
    conflicts: tuple[Conflict, ...] = ()


def lay(changes: Sequence[Change], shipped: Rule | None, rules: Mapping[str, Rule]) -> Laid:
    """The changes of one rule over what is shipped today (None where it is shipped no more)."""
    base, found, variants = shipped, list[Conflict](), list[Rule]()
    for change in changes:
        live = change.over_from is None
        try:
            origin = _origin(change, shipped)
        except LawError as error:
            found += _conflict(change, "unreadable", "shipped", detail=error.what) if live else ()
            continue
        code = "unknown" if shipped is None else "changed"
        if origin is None:
            found += _conflict(change, code, "shipped") if live else ()
            continue
        reasons = refused(change, origin, rules.values()) if live else ()
        if reasons:
            found += _conflict(change, "refused", "council" if change.shipped else "shipped", reasons)
            if not change.shipped:
                continue
        if live and (shipped is None or origin.stamp != shipped.stamp):
            found += _conflict(change, code, "council")
            base = origin
        variants.append(changed(origin, change))
    return Laid(replace(base, variants=tuple(variants)) if base else None, tuple(found))


def _origin(change: Change, shipped: Rule | None) -> Rule | None:
    """The rule that a change corrects: the shipped one, else the text kept with it, else None."""
    if shipped is not None and shipped.stamp == change.corrects:
        return shipped
    if not change.shipped:
        return None
    rule = parse_rule(change.shipped, f"{change.where}: shipped", kept=True)
    if (rule.id, rule.stamp) != (change.rule, change.corrects):
        raise LawError(change.where, f"shipped: is {rule.id} {rule.stamp}, not {change.rule} {change.corrects}")
    return rule


def changed(rule: Rule, change: Change) -> Rule:
    """A rule as a council changed it, without looking at whether it may."""
    own = Own(change.since, change.over_from, change.reason, change.source, change.off, change.digest)
    if change.off:
        return replace(rule, own=own, whens=())
    keys, last = change.keys, rule.whens[-1]
    if "max" in keys:
        last = replace(last, max=keys["max"])
    if "counting" in keys:
        last = replace(last, counting=keys["counting"], stated_by=rule.article)
    return replace(
        rule,
        own=own,
        whens=(*rule.whens[:-1], last),
        owner=keys.get("owner", rule.owner),
        article=keys.get("article", rule.article),
        sentence=change.sentence or rule.sentence,
        told=None if change.sentence else rule.told,
    )


def _conflict(
    change: Change, code: str, applies: str, reasons: Sequence[Reason] = (), detail: str = ""
) -> Iterator[Conflict]:
    yield conflict(change.rule, change.where, code, applies, reasons, detail)


def conflict(
    rule: str, where: str, code: str, applies: str, reasons: Sequence[Reason] = (), detail: str = ""
) -> Conflict:
    """A change that no longer fits, in words."""
    said, until = Words(*_WORDS[code]), Words(*_APPLIES[applies])
    more_ar = " ".join(reason.ar for reason in reasons) or detail
    more_fr = " ".join(reason.fr for reason in reasons) or detail
    return Conflict(
        rule,
        code,
        applies,
        where,
        f"{said.ar}{f' ({more_ar})' if more_ar else ''}؛ {until.ar}.",
        f"{said.fr}{f' ({more_fr})' if more_fr else ''} ; {until.fr}.",
    )


def unreadable(change: Change, error: LawError) -> Conflict:
    """A change whose kept rule no longer agrees with the others."""
    return conflict(change.rule, change.where, "unreadable", "shipped", detail=error.what)
