"""The CPU profile of a sending, a function a line: where the time of an official receipt goes."""

from __future__ import annotations

import cProfile
import pstats
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 40


class Spent(NamedTuple):
    """What one function takes of one sending: with all that it calls, and by itself."""

    name: str
    calls: float
    all_told: float
    itself: float


def profile(send: Callable[[], Any], rounds: int, shown: int = SHOWN) -> list[Spent]:
    """The functions of Tadbir that take most, the heaviest first; then all that is not Tadbir's, in one line."""
    watch = cProfile.Profile(time.process_time)
    for _ in range(rounds):
        watch.runcall(send)
    ours, others = list[Spent](), Spent("libraries and the language", 0, 0, 0)
    for (path, _line, name), (_, calls, itself, all_told, _callers) in pstats.Stats(watch).stats.items():  # type: ignore[attr-defined]
        spent = Spent(_named(path, name), calls / rounds, all_told / rounds * 1000, itself / rounds * 1000)
        if path.startswith(f"{ROOT / 'tadbir'}/"):
            ours.append(spent)
        else:
            itself = others.itself + spent.itself
            others = Spent(others.name, others.calls + spent.calls, itself, itself)
    return [*sorted(ours, key=lambda one: -one.all_told)[:shown], others]


def _named(path: str, name: str) -> str:
    return f"{Path(path).relative_to(ROOT)}:{name}" if path.startswith(f"{ROOT}/") else name


def lines(found: list[Spent]) -> Iterator[str]:
    """The profile in words; the profiler itself makes everything slower, so read the proportions."""
    yield "Where the CPU time of a sending goes (under a profiler): all told, by itself, calls"
    for one in found:
        yield f"  {one.all_told:>7.2f} ms{one.itself:>8.2f} ms{one.calls:>9.1f}  {one.name}"
