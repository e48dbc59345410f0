"""What a regime names that the law cannot know, refused at the start: rights and wordings."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from tadbir import law
from tadbir.councils.rights import Right
from tadbir.notify.wordings import catalogue


@register
def check_regimes(**kwargs: Any) -> list[CheckMessage]:
    """Each regime names rights and wordings that exist."""
    return [problem for regime in law.REGIMES.values() for problem in _problems(regime)]


def _problems(regime: law.Regime) -> Iterator[CheckMessage]:
    if regime.handled_by and regime.handled_by not in set(Right):
        yield Error(f"{regime.file}: handled_by: {regime.handled_by!r} is no right", id="desk.E1")
    for fact in regime.facts.values():
        if fact.told and fact.told not in catalogue():
            yield Error(f"{regime.file}: facts.{fact.code}.told: {fact.told!r} is no wording", id="desk.E2")
