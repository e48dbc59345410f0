"""make bench: fills both systems, serves both, measures them in turn, and prints the budgets beside the figures."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tools.bench import budgets, helpdesk, journey, ours, pages, price, profile, weighing
from tools.bench.client import Refused
from tools.bench.measure import System, interleave, machine
from tools.bench.server import Server, serving

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"
UNMEASURED = (subprocess.CalledProcessError, Refused, OSError)
NAN = float("nan")
STARTS = 3


class Tadbir:
    """Ours under measurement, and what is asked of it beside the four steps."""

    def __init__(self, stack: ExitStack, count: int) -> None:
        self.folder = FOLDER / "tadbir"
        self.count = count
        self.found: dict[str, Any] = ours.fill(self.folder, count)
        starts = []
        for _ in range(STARTS - 1):
            with self._serving() as server:
                starts.append(server.started_in)
        self.server = stack.enter_context(self._serving())
        self.started_in = statistics.median([*starts, self.server.started_in])
        self.system = ours.system(self.server.port, self.found, self.server.watch())

    def _serving(self) -> Any:
        first = ours.PATHS["home"].format(**self.found)
        log = self.folder / "server.log"
        return serving(ours.command(), ours.environment(self.folder), first, log, web="tadbir.operations.web")

    def queries(self) -> list[budgets.Line]:
        """The list page that asks the database most."""
        counted: dict[str, int] = ours.inside(self.folder, "queries")
        wrong = [path for path, many in counted.items() if many < 0]
        if wrong:
            raise Refused(f"list pages that did not open: {', '.join(wrong)}")
        path, most = max(counted.items(), key=lambda item: item[1])
        return [(f"queries on a list page, the most of {len(counted)}: /{path}", float(most), budgets.QUERIES, "")]

    def weight(self) -> list[budgets.Line]:
        """What a dossier weighs in the database."""
        database = ours.filled(self.folder, self.count) / "tadbir.sqlite3"
        print("\n".join(weighing.lines(database)))
        return [("database, all told, a dossier", weighing.kilobytes(database), budgets.DOSSIER_KB, "KB")]

    def weights(self) -> list[budgets.Line]:
        """The heaviest public pages."""
        weighed = pages.weights(self.server.port, self.found["slug"])
        first, whole = weighed[0], max(weighed, key=lambda one: one.whole)
        print(f"Weighed {len(weighed)} public pages; heaviest first view {first.path}, heaviest whole {whole.path}")
        return [
            ("heaviest public page: HTML and CSS on the wire", first.first / 1024, budgets.FIRST_VIEW_KB, "KB"),
            ("heaviest public page: everything it loads", whole.whole / 1024, budgets.WHOLE_PAGE_KB, "KB"),
        ]

    def journey(self) -> list[budgets.Line]:
        """A resident's request on a poor line."""
        made = journey.go(f"http://localhost:{self.server.port}/{self.found['slug']}")
        steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in made.seconds.items())
        print(f"Journey at {journey.KILOBITS} kbit/s, {journey.LATENCY_MS} ms, in seconds: {steps}")
        print(f"  received {made.received / 1024:.1f} KB, sent {made.sent / 1024:.1f} KB but for the documents")
        return [
            ("journey of a request: slowest step", made.slowest, budgets.STEP_S, "s"),
            ("journey of a request: on the wire in all", made.kilobytes, budgets.JOURNEY_KB, "KB"),
        ]

    def seal(self) -> list[budgets.Line]:
        """Sealed PDFs of acts that had none, in a fresh process."""
        first, *taken = ours.inside(self.folder, "seal")
        print(f"Sealed PDF: {len(taken)} acts, slowest {max(taken):.2f} s")
        return [
            ("sealed PDF ready, median", statistics.median(taken), budgets.SEALED_S, "s"),
            ("sealed PDF ready, the first of a process", first, budgets.SEALED_S, "s"),
        ]


def start_helpdesk(stack: ExitStack, count: int) -> tuple[System, Server]:
    """django-helpdesk, installed, filled and serving."""
    folder = FOLDER / "helpdesk"
    folder.mkdir(parents=True, exist_ok=True)
    helpdesk.fill(folder, helpdesk.install(folder), count)
    environment = helpdesk.environment(folder)
    server = stack.enter_context(serving(helpdesk.command(folder, 2), environment, "/", folder / "server.log"))
    return helpdesk.system(server.port, server.watch()), server


def measured(what: str, measure: Callable[[], list[budgets.Line]]) -> Iterator[budgets.Line]:
    """The lines of one measurement, or one that says it could not be made, and why."""
    try:
        yield from measure()
    except Exception as error:  # noqa: BLE001 - a browser fails in many ways; the rest is still worth knowing
        print(f"NOT MEASURED: {what}: {error}")
        yield (what, NAN, NAN, "")


#: Seconds after which a worker has loaded what it loads later.
AT_REST = 4


def growing(tadbir: Tadbir) -> Iterator[budgets.Line]:
    """The budgets that more dossiers could break."""
    for step, bar in budgets.MEDIAN_MS.items():
        yield (f"{step}, median with all dossiers", tadbir.system.p50(step), float(bar), "ms")
    yield from measured("queries on list pages", tadbir.queries)
    yield from measured("weight of a dossier", tadbir.weight)


def still(tadbir: Tadbir) -> Iterator[budgets.Line]:
    """The budgets that the number of dossiers does not touch, but for the memory, which is weighed at rest."""
    locked = budgets.packages(ROOT / "requirements/run.lock")
    yield from measured("weight of public pages", tadbir.weights)
    yield from measured("journey of a request", tadbir.journey)
    yield from measured("sealed PDF", tadbir.seal)
    yield (f"start to first page, median of {STARTS}", tadbir.started_in, budgets.START_S, "s")
    yield ("environment on disk", budgets.environment(ROOT / ".venv", locked), budgets.ENVIRONMENT_MB, "MB")
    yield ("packages in the run-time lock file", float(len(locked)), float(budgets.PACKAGES), "")


def compared(stack: ExitStack, tadbir: Tadbir, rounds: int) -> list[str]:
    """The four steps of both systems in turn."""
    systems = [tadbir.system]
    print(f"Preparing django-helpdesk with {tadbir.count} cases", flush=True)
    try:
        other, server = start_helpdesk(stack, tadbir.count)
        systems.append(other)
        print(f"{other.name}: {server.worker_memory():.0f} MB of a worker at rest")
    except UNMEASURED as error:
        print(f"NOT MEASURED: django-helpdesk: {error}")
    interleave(systems, rounds)
    print(f"{machine()} after {rounds} rounds in turn, client times, one client, one worker\n")
    return [*budgets.compare(systems), *priced(tadbir, systems[1:])]


def priced(tadbir: Tadbir, others: list[System]) -> list[str]:
    """The price of an official receipt (design 8: where submit is not as fast as elsewhere, its price is shown)."""
    try:
        shares, spent = ours.inside(tadbir.folder, "price"), ours.inside(tadbir.folder, "where")
    except UNMEASURED as error:
        return [f"NOT MEASURED: the price of an official receipt: {error}"]
    told = price.lines(shares, tadbir.system.cpu_ms("submit"), [other.cpu_ms("submit") for other in others])
    return [*told, *profile.lines([profile.Spent(*one) for one in spent])]


#: The median of each step, in milliseconds, by the number of dossiers.
Medians = dict[int, dict[str, float]]


def run(count: int, rounds: int, whole: bool, medians: Medians) -> list[str]:
    """Measure with so many dossiers, print, add to `medians`; `whole`: also what their number does not touch."""
    with ExitStack() as stack:
        print(f"\nPreparing Tadbir with {count} dossiers", flush=True)
        try:
            tadbir = Tadbir(stack, count)
        except UNMEASURED as error:
            print(f"NOT MEASURED: Tadbir: {error}")
            return [f"{count} dossiers: not measured"]
        time.sleep(AT_REST)
        memory = [("memory of a worker at rest", tadbir.server.worker_memory(), budgets.MEMORY_MB, "MB")]
        print(f"Tadbir: {tadbir.server.memory():.0f} MB of all processes at rest, the queue among them")
        report = compared(stack, tadbir, rounds)
        medians[count] = {step: tadbir.system.p50(step) for step in budgets.MEDIAN_MS}
        lines = [*growing(tadbir), *(still(tadbir) if whole else ()), *memory]
    report += ["django-helpdesk fetches the rows of its lists by a second request: both are counted.", ""]
    print("\n".join([*report, *budgets.table(lines)]), flush=True)
    missed = [*budgets.missed(lines), *(line for line in report if line.endswith(("OVER", "NOT MEASURED")))]
    return [f"{count} dossiers: {line}" for line in missed]


def main() -> int:
    """1 where a budget is not kept or something could not be measured."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    print(f"{machine()} before")
    medians: Medians = {}
    missed = [
        line for count in options.cases for line in run(count, options.rounds, count == options.cases[0], medians)
    ]
    if grown := list(budgets.growth(medians)):
        print("\n" + "\n".join(budgets.table(grown)))
        missed += budgets.missed(grown)
    print("\nEvery budget is kept." if not missed else "\nNot kept:\n  " + "\n  ".join(missed))
    print(f"{machine()} at the end")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
