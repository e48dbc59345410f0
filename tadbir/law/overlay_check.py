"""`tadbir law overlay check FILE`: what a council's own changes would do, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .book import RULES, RuleBook
from .errors import LawError
from .lengths import length_of
from .overlay import Change, parse_overlay
from .rule import Rule
from .vocabulary import OWNERS


class Checked(NamedTuple):
    """What is printed, and the exit code: 0 when every change fits, 1 when one does not."""

    text: str
    code: int


def check_file(name: str, rules: RuleBook = RULES) -> Checked:
    """Read an overlay and lay it over the rules, changing nothing. Raises LawError for a file that cannot be read."""
    try:
        text = Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LawError(name, f"cannot be read: {error}") from error
    overlay = parse_overlay(text, name)
    book, conflicts = rules.with_overlay(overlay)
    lines = []
    for change in overlay.changes:
        mine = [one for one in conflicts if one.where == change.where]
        lines.append(f"[{'!!' if mine else 'ok'}] {change.where}: {change.rule} {change.corrects}")
        for conflict in mine:
            lines += [f"     {conflict.ar}", f"     {conflict.fr}"]
            if change.rule in rules:
                lines.append(f"     {change.rule} {rules[change.rule].stamp}")
        if change.rule in rules:
            lines += [f"     {line}" for line in differences(rules[change.rule], change, book)]
    lines.append(f"{len(overlay.changes)} changes, {len(conflicts)} conflicts ({book.version})")
    return Checked("\n".join(lines) + "\n", 1 if conflicts else 0)


def differences(rule: Rule, change: Change, book: RuleBook) -> Iterator[str]:
    """What one change would do, one line a key; nothing where it does not apply."""
    after = next((one for one in book[change.rule].variants if one.own and one.own.digest == change.digest), None)
    if after is None:
        return
    until = f" .. {change.over_from.isoformat()}" if change.over_from else ""
    yield f"{change.since.isoformat()}{until}"
    if change.off:
        yield "- تتوقف القاعدة / la règle s’arrête"
        return
    for name, old, new in _pairs(rule, after):
        if old != new:
            yield f"{name}: {old} -> {new}"


def _pairs(rule: Rule, after: Rule) -> Iterator[tuple[str, str, str]]:
    lengths = [length_of(one.whens[-1]) for one in (rule, after)]
    counts = [f"{one.counting} ({one.stated_by or '-'})" for one in (rule.whens[-1], after.whens[-1])]
    yield "owner (ar)", OWNERS[rule.owner].ar, OWNERS[after.owner].ar
    yield "owner (fr)", OWNERS[rule.owner].fr, OWNERS[after.owner].fr
    yield "max (ar)", lengths[0].ar, lengths[1].ar
    yield "max (fr)", lengths[0].fr, lengths[1].fr
    yield "sentence (ar)", rule.sentence.ar, after.sentence.ar
    yield "sentence (fr)", rule.sentence.fr, after.sentence.fr
    yield "article", rule.article, after.article
    yield "counting", counts[0], counts[1]
