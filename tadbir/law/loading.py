"""A domain's own folder of laws, kinds of fact, regimes and rules, read into the law that everybody holds."""

from __future__ import annotations

from datetime import date
from importlib.resources.abc import Traversable

from . import checks_council as _checks_council  # noqa: F401 - it registers its checks
from . import checks_information as _checks_information  # noqa: F401 - the same
from . import checks_petition as _checks_petition  # noqa: F401 - the same
from . import checks_remedies as _checks_remedies  # noqa: F401 - the same
from . import facts, regimes, vocabulary
from .book import RULES, RuleBook
from .checks import CHECKS
from .errors import LawError
from .facts import FACTS
from .longest import longest
from .regime import Regime
from .regimes import REGIMES
from .vocabulary import LAWS

_included: set[str] = set()


def include(folder: Traversable) -> None:
    """Add what a folder holds: `laws.toml`, `facts/`, `regimes/`, `rules/<law>/`, each of them optional.

    For the start of the program (a domain's `ready()`), before anything is asked of the law. The same folder twice
    is read once. Everything is checked together; raises LawError naming the file and the key, and adds nothing then.
    """
    if str(folder) in _included:
        return
    before = dict(LAWS), dict(FACTS), dict(REGIMES), RuleBook(RULES)
    try:
        _read(folder)
        check_together()
    except BaseException:
        vocabulary.hold_laws(before[0])
        facts.hold(before[1])
        regimes.hold(before[2])
        RULES.become(before[3])
        raise
    _included.add(str(folder))


def _read(folder: Traversable) -> None:
    """Each in turn, because each names what the one before holds."""
    if (folder / "laws.toml").is_file():
        vocabulary.hold_laws(vocabulary.read_laws(folder / "laws.toml"))
    if (folder / "facts").is_dir():
        facts.hold(facts.read_kinds(folder / "facts"))
    if (folder / "regimes").is_dir():
        regimes.hold(regimes.read_regimes(folder / "regimes"))
    if (folder / "rules").is_dir():
        RULES.become(RuleBook.load(folder / "rules", more_than=RULES))


def check_together() -> None:
    """Raise LawError where a regime names a rule, a check or a fact that does not exist, or a day before its text."""
    for rule in RULES:
        _not_before(rule.file, rule.law, rule.in_force_from)
    for regime in REGIMES.values():
        _not_before(regime.file, regime.law, regime.since)
        _check(regime)


def _not_before(file: str, law: str, day: date | None) -> None:
    """Nothing is computed of a text before that text is in force."""
    since = LAWS[law].since if law in LAWS else None
    if since is not None and day is not None and day < since:
        raise LawError(file, f"in_force.from: {day} is before {since}, the day of the text {law}")


def _check(regime: Regime) -> None:
    for code, fact in regime.facts.items():
        if fact.window is not None and fact.window not in RULES:
            raise LawError(regime.file, f"facts.{code}.window: names the rule {fact.window}, which does not exist")
        if fact.check is not None and fact.check not in CHECKS:
            raise LawError(regime.file, f"facts.{code}.check: {fact.check!r} is no registered check")
    for remedy in regime.remedies:
        _counts(regime, "remedies", remedy.rule)
        if remedy.after:
            _counts(regime, "remedies", remedy.after)
    if regime.delay is not None and longest(regime, {}) is None:
        raise LawError(regime.file, f"delay.rule: {regime.delay.rule} caps no delay of a fact")
    for appeal in regime.answered:
        _counts(regime, appeal.filed, appeal.rule)
        for code in (appeal.filed, appeal.answered):
            if code not in regime:
                raise LawError(regime.file, f"{appeal.filed}: {code!r} may not happen in this regime")


def _counts(regime: Regime, key: str, rule: str) -> None:
    """A rule that a regime prints is one that dates something in it."""
    if rule not in RULES:
        raise LawError(regime.file, f"{key}.rule: names the rule {rule}, which does not exist")
    if regime.code not in RULES[rule].kinds:
        raise LawError(regime.file, f"{key}.rule: the rule {rule} does not name {regime.code} among its kinds")


check_together()
#: The kinds of dossier that Tadbir ships itself, whatever a domain has added since.
SHIPPED_KINDS = frozenset(REGIMES)
