"""Runs the same steps on several systems in turn, so that the machine's mood falls on all of them alike."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tools.bench.client import Answer

STEPS = ("home", "list", "submit", "search")

# What a system does for one step; returns the answers whose time counts.
Run = Callable[[], Sequence[Answer]]


@dataclass
class System:
    """One system under measurement: its name and what each step means there."""

    name: str
    steps: dict[str, Run]
    seconds: dict[str, list[float]] = field(default_factory=dict)
    wire: dict[str, int] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    def run(self, step: str) -> None:
        """One measurement of one step."""
        answers = self.steps[step]()
        self.seconds.setdefault(step, []).append(sum(answer.seconds for answer in answers))
        self.cpu.setdefault(step, []).append(sum(answer.cpu for answer in answers))
        self.wire[step] = sum(answer.wire for answer in answers)

    def p50(self, step: str) -> float:
        """Median in milliseconds, nan where the step was not measured."""
        return statistics.median(self.seconds[step]) * 1000 if self.seconds.get(step) else float("nan")

    def cpu_ms(self, step: str) -> float:
        """Median of the server's own work in milliseconds: it feels other programs less than the time on the clock."""
        return statistics.median(self.cpu[step]) * 1000 if self.cpu.get(step) else float("nan")

    def p95(self, step: str) -> float:
        """95th percentile in milliseconds."""
        values = sorted(self.seconds.get(step, []))
        return values[min(len(values) - 1, int(len(values) * 0.95))] * 1000 if values else float("nan")


def interleave(systems: Sequence[System], rounds: int, warm: int = 5) -> None:
    """Measures every step of every system, `rounds` times in turn, after `warm` rounds that do not count."""
    for turn in range(warm + rounds):
        for step in STEPS:
            # The order changes each time: nobody is always first after the other's cache.
            for system in systems if turn % 2 else list(reversed(systems)):
                if step in system.steps:
                    system.run(step)
        if turn == warm - 1:
            for system in systems:
                system.seconds.clear()
                system.cpu.clear()


def machine() -> str:
    """The machine in one line, with its load now."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {load}"
