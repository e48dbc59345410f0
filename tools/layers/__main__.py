"""make layers, after import-linter: a template, a tag library or an address is named from its own layer or above."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tools.layers.contract import Layers, read_layers
from tools.layers.naming import read_house, read_names

#: Names that go up the layers, each with the reason why they may: "app: name". The list only shrinks.
ALLOWED: dict[str, str] = {
    "desk: enrolment": "the link that the administrator hands over opens a page of sign-in; only its address is written"
}


def against(package: Path, layers: Layers, allowed: dict[str, str]) -> Iterator[str]:
    """What goes against the layers, and what the list allows for nothing."""
    house, used = read_house(package), set()
    for one in read_names(package):
        owners = house.owners(one)
        if one.app not in layers.ranks or not owners or any(layers.allow(one.app, owner) for owner in owners):
            continue
        used.add(f"{one.app}: {one.name}")
        if f"{one.app}: {one.name}" not in allowed:
            yield f"{one.place}: {one.app} names the {one.what} {one.name!r} of {', '.join(sorted(owners))}"
    for name in sorted(set(allowed) - used):
        yield f"no longer named: {name}; take it off the list"


def main(root: Path) -> int:
    """Say what is wrong; 1 where something is."""
    package = root / "tadbir"
    found = list(against(package, read_layers(root), ALLOWED))
    for line in found:
        print(line, file=sys.stderr)
    print(f"Templates, tag libraries and addresses against the layers: {len(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
