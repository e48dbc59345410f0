"""The budgets, and the table that puts measurements beside them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path

from tools.bench.measure import STEPS, System

MEDIAN_MS = {"home": 10, "list": 25, "submit": 25, "search": 25}
#: Beyond so many dossiers, a step takes at most so many times what it takes with them.
LARGE, GROWTH = 100_000, 1.5
#: How many times as fast as the other system.
RATIO = {"home": 1.5, "list": 1.5, "submit": 1.0, "search": 1.5}
DOSSIER_KB = 12.0
START_S = 3.0
MEMORY_MB = 150.0
ENVIRONMENT_MB = 350.0
PACKAGES = 60
FIRST_VIEW_KB, WHOLE_PAGE_KB = 14.0, 50.0
STEP_S, JOURNEY_KB = 10.0, 60.0
SEALED_S = 0.3
QUERIES = 12.0

Line = tuple[str, float, float, str]


def verdict(value: float, bar: float) -> str:
    """In words: a budget that was not measured is not kept."""
    if math.isnan(value):
        return "NOT MEASURED"
    return "kept" if value <= bar else "OVER"


def packages(lock: Path) -> list[str]:
    """The packages a lock file names."""
    return re.findall(r"^([a-z0-9][\w.-]*)==", lock.read_text("utf-8"), re.MULTILINE)


def environment(folder: Path, locked: Sequence[str]) -> float:
    """Megabytes of an environment without what only the tests need; the interpreter's own tools are counted."""
    total = sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())
    run = {*locked, "pip", "setuptools", "tadbir"}
    names = [found.name.lower().replace("_", "-") for found in metadata.distributions()]
    return total / 1024 / 1024 - megabytes([name for name in names if name not in run])


def megabytes(names: Sequence[str]) -> float:
    """What these packages take on disk, as far as they are installed here."""
    total = 0
    for name in names:
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue  # of another system
        total += sum(path.stat().st_size for file in files if (path := Path(str(file.locate()))).is_file())
    return total / 1024 / 1024


def compare(systems: Sequence[System]) -> Iterator[str]:
    """The four steps of each system, and how many times ours is as fast as the other."""
    ours, others = systems[0], systems[1:]
    yield f"{'':8}" + "".join(f"{system.name + ' p50 / p95':>32}" for system in systems) + f"{'ratio':>9}"
    for step in STEPS:
        cells = "".join(f"{system.p50(step):>21.1f} / {system.p95(step):5.1f} ms" for system in systems)
        ratio = min((other.p50(step) / ours.p50(step) for other in others), default=float("nan"))
        yield f"{step:8}{cells}{ratio:>9.2f}  {verdict(RATIO[step] / ratio if ratio else float('nan'), 1.0)}"
    yield "The server's own work on a request (CPU, p50), which feels other programs less:"
    for step in STEPS:
        cells = "".join(f"{system.cpu_ms(step):>29.1f} ms" for system in systems)
        own = ours.cpu_ms(step) or float("nan")
        ratio = min((other.cpu_ms(step) / own for other in others), default=float("nan"))
        yield f"{step:8}{cells}{ratio:>9.2f}"


def growth(medians: Mapping[int, Mapping[str, float]]) -> Iterator[Line]:
    """How many times each step takes with more dossiers what it takes with `LARGE`, where both were measured."""
    for count in sorted(medians):
        if count > LARGE in medians:
            for step, median in medians[count].items():
                yield (f"{step} with {count}, in times of with {LARGE}", median / medians[LARGE][step], GROWTH, "")


def table(lines: Sequence[Line]) -> Iterator[str]:
    """Each budget with its measurement."""
    for what, value, bar, unit in lines:
        yield f"{what:66}{value:>9.2f} {unit:4} bar {bar:>7.1f} {unit:4} {verdict(value, bar)}"


def missed(lines: Sequence[Line]) -> Iterator[str]:
    """The budgets that are not kept, and by how much."""
    for what, value, bar, unit in lines:
        if verdict(value, bar) == "OVER":
            yield f"{what}: {value - bar:.2f} {unit} over {bar:g} ({value / bar - 1:+.0%})"
        elif math.isnan(value):
            yield f"{what}: not measured"
