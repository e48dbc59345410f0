"""The sheets that Tadbir ships."""

import tomllib
from importlib.resources import files
from typing import Any


def catalogue() -> dict[str, dict[str, Any]]:
    """The sheets Tadbir ships, by code, as raw tables (each is checked when it is taken)."""
    found = {}
    for entry in sorted((files("tadbir.procedures") / "sheets").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            table = tomllib.loads(entry.read_text("utf-8"))
            found[str(table.get("code", entry.name))] = table
    return found
