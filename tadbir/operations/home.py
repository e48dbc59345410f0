"""The folder of an installation: `tadbir.toml`, the secret, keys, certificate, database, files. No Django here:
the folder must exist before the settings are read."""

import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: A folder half restored or half made: nothing may be served from it.
UNFINISHED = "unfinished"


class FolderInUse(RuntimeError):
    """The folder already holds an installation."""


def folder() -> Path:
    """The folder this process works with: TADBIR_HOME, else ./data."""
    return Path(os.environ.get("TADBIR_HOME", Path.cwd() / "data")).resolve()


def choose(path: str | None) -> Path:
    """Make `path` the folder of this process and of its children. Call before Django reads its settings."""
    if path:
        os.environ["TADBIR_HOME"] = str(Path(path).expanduser().resolve())
    return folder()


def is_made(home: Path) -> bool:
    """Whether an installation lives in the folder."""
    return (home / "tadbir.toml").exists() and (home / "secret.key").exists()


def make(home: Path, settings: Mapping[str, Any]) -> None:
    """Make the folder with its secret and its settings. Raises FolderInUse rather than touch an installation."""
    if is_made(home):
        raise FolderInUse(f"{home} already holds an installation of Tadbir")
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    for name in ("files", "keys", "tls", "outbox"):
        (home / name).mkdir(mode=0o700, exist_ok=True)
    write_private(home / "secret.key", secrets.token_urlsafe(50) + "\n")
    write_settings(home, settings)


def write_private(path: Path, text: str) -> None:
    """Write a file that only the service may read, whole or not at all."""
    temporary = path.with_name(path.name + ".part")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def read_settings(home: Path) -> dict[str, Any]:
    """What `tadbir.toml` says; nothing when there is none."""
    path = home / "tadbir.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def write_settings(home: Path, settings: Mapping[str, Any]) -> None:
    """Write `tadbir.toml`."""
    write_private(home / "tadbir.toml", "# Settings of this installation; see docs/operations.md\n" + toml(settings))


def toml(settings: Mapping[str, Any]) -> str:
    """The few shapes our settings have: texts, numbers, yes and no, lists, and tables one level deep."""
    plain = {key: value for key, value in settings.items() if not isinstance(value, Mapping)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    for name, table in settings.items():
        if isinstance(table, Mapping):
            lines += ["", f"[{name}]", *(f"{key} = {_value(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False)
