"""Which app may name what of which, read from the very layers of `[tool.importlinter]` in pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layers:
    """The apps, from the top to the bottom. `ranks`: the layer of each; `apart`: layers whose apps know nothing of
    each other."""

    ranks: dict[str, int]
    apart: frozenset[int]

    def allow(self, app: str, other: str) -> bool:
        """Whether an app may name something of another one: its own, or of a layer below."""
        if app == other:
            return True
        mine, theirs = self.ranks[app], self.ranks[other]
        return mine < theirs or (mine == theirs and mine not in self.apart)


def read_layers(root: Path) -> Layers:
    """The layers as import-linter reads them. Raises LookupError where pyproject.toml has no such contract."""
    house = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    for contract in house["contracts"]:
        if contract["type"] == "layers":
            return parse_layers(contract["layers"])
    raise LookupError("pyproject.toml has no contract of layers")


def parse_layers(lines: list[str]) -> Layers:
    """Each line is a layer, its apps joined by `:` or, where they know nothing of each other, by `|`."""
    ranks, apart = {}, set()
    for rank, line in enumerate(lines):
        for app in re.findall(r"\w+", line):
            ranks[app] = rank
        if "|" in line:
            apart.add(rank)
    return Layers(ranks, frozenset(apart))
