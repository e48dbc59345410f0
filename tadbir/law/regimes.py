"""Every regime by its code. What is read here is live: a domain's own regimes join it."""

from __future__ import annotations

from collections.abc import KeysView, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from .parse_regime import parse_regimes, read_files
from .regime import Regime

_regimes: dict[str, Regime] = {}
#: The shared parts that any regime may be based on, a domain’s too.
_parts: dict[str, dict[str, Any]] = {}

#: Every regime by its code.
REGIMES: Mapping[str, Regime] = MappingProxyType(_regimes)
#: The kinds of dossier.
KINDS: KeysView[str] = REGIMES.keys()


def hold(regimes: Mapping[str, Regime]) -> None:
    """Make these the regimes, whole. Only the loading of the law does it."""
    kept = dict(regimes)
    _regimes.clear()
    _regimes.update(kept)


def read_regimes(folder: Traversable) -> dict[str, Regime]:
    """Those known and those of a folder. Raises LawError naming the file and the key."""
    files = read_files(folder)
    parts = {name: raw for name, raw in files.items() if name.startswith("_")}
    return parse_regimes(files, _regimes, {**_parts, **parts})


_shipped = read_files(resources.files("tadbir.law") / "regimes")
_parts.update({name: raw for name, raw in _shipped.items() if name.startswith("_")})
hold(parse_regimes(_shipped, {}, _parts))
