"""The delay that a sheet of a regime may state: whether it counts, and the longest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .book import RULES
from .regime import Regime


def longest(regime: Regime, data: Mapping[str, Any]) -> int | None:
    """Days at most, for what the first fact of a dossier would hold; None where the law caps nothing.

    Law 55-19, article 16: sixty full days, thirty for an investment.
    """
    if regime.delay is None or regime.delay.rule not in RULES:
        return None
    source = RULES[regime.delay.rule].whens[-1].limit_from
    return source.most(data) if source else None


def counts_delay(kind: str) -> bool:
    """Whether a rule dates a duty of this kind of dossier from the delay that its sheet states."""
    return any(when.limit_from for rule in RULES if kind in rule.kinds for when in rule.whens)
