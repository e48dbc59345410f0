"""make bench: fills both systems, serves both, measures them in turn, and prints the budgets beside the figures."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tools.bench import budgets, helpdesk, ours
from tools.bench.client import Refused
from tools.bench.measure import System, interleave, machine
from tools.bench.server import Server, serving

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"
UNMEASURED = (subprocess.CalledProcessError, Refused, OSError)


def start_ours(stack: ExitStack, count: int) -> tuple[System, Server]:
    """Tadbir, filled and serving."""
    folder = FOLDER / "tadbir"
    found = ours.fill(folder, count)
    first = ours.PATHS["home"].format(**found)
    server = stack.enter_context(
        serving(ours.command(), ours.environment(folder), first, folder / "server.log")
    )
    return ours.system(server.port, found), server


def start_helpdesk(stack: ExitStack, count: int) -> tuple[System, Server]:
    """django-helpdesk, installed, filled and serving."""
    folder = FOLDER / "helpdesk"
    folder.mkdir(parents=True, exist_ok=True)
    helpdesk.fill(folder, helpdesk.install(folder), count)
    environment = helpdesk.environment(folder)
    server = stack.enter_context(
        serving(helpdesk.command(folder, 2), environment, "/", folder / "server.log")
    )
    return helpdesk.system(server.port), server


def start(stack: ExitStack, count: int) -> Iterator[tuple[System, Server]]:
    """Each system that can be measured here; says so of one that cannot."""
    for name, begin in (("Tadbir", start_ours), ("django-helpdesk", start_helpdesk)):
        print(f"Preparing {name} with {count} cases", flush=True)
        try:
            yield begin(stack, count)
        except UNMEASURED as error:
            print(f"NOT MEASURED: {name}: {error}")


def lines(system: System, server: Server, memory: float) -> list[budgets.Line]:
    """The budgets that are not a comparison."""
    locked = budgets.packages(ROOT / "requirements/run.lock")
    steps: list[budgets.Line] = [
        (f"{step}, median with all dossiers", system.p50(step), float(bar), "ms")
        for step, bar in budgets.MEDIAN_MS.items()
    ]
    return [
        *steps,
        ("public home, first view on the wire", system.wire["home"] / 1024, budgets.FIRST_VIEW_KB, "KB"),
        ("start to first page", server.started_in, budgets.START_S, "s"),
        ("memory at rest, all processes", memory, budgets.MEMORY_MB, "MB"),
        ("packages in the run-time lock file", float(len(locked)), float(budgets.PACKAGES), ""),
        ("environment on disk", budgets.environment(ROOT / ".venv", locked), budgets.ENVIRONMENT_MB, "MB"),
    ]


def main() -> int:
    """1 where a budget is not kept or something could not be measured."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    print(f"{machine()} before")
    with ExitStack() as stack:
        started = list(start(stack, options.cases))
        memory = {system.name: server.memory() for system, server in started}
        systems = [system for system, _ in started]
        interleave(systems, options.rounds)
        print(f"{machine()} after; {options.rounds} rounds in turn, client times, one client, one worker\n")
        report = list(budgets.compare(systems)) if systems else []
        if systems and systems[0].name == "Tadbir":
            system, server = started[0]
            report += ["", *budgets.table(lines(system, server, memory["Tadbir"]))]
        for name, value in memory.items():
            report.append(f"{name}: {value:.0f} MB at rest")
    report.append("django-helpdesk fetches the rows of its lists by a second request: both are counted.")
    text = "\n".join(report)
    print(text)
    good = len(systems) == 2 and "OVER" not in text and "NOT MEASURED" not in text
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
