"""The folder of an installation: `tadbir.toml`, the secret, keys, certificate, database, files. No Django here:
the folder must exist before the settings are read."""

import json
import os
import pwd
import secrets
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tadbir.operations.refusals import why as in_words
from tadbir.operations.words import _

#: A folder half restored or half made: nothing may be served from it.
UNFINISHED = "unfinished"
#: Touched by the server while it works: its date says when it last lived.
SIGN_OF_LIFE = "alive"
#: The database of an installation that uses no PostgreSQL.
DATABASE = "tadbir.sqlite3"


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


def trouble_with(home: Path) -> str:
    """Why no command may work in this folder, in a sentence; nothing where it may. Touches nothing."""
    try:
        made = is_made(home)
    except PermissionError:
        return _of_another_user(home)
    if not made and (lost := _lost(home)):
        return lost
    if not made:
        return _("%(folder)s holds no installation: name its folder with --folder, or make one by “tadbir init”.") % {
            "folder": home
        }
    if home.stat().st_uid != os.geteuid():
        return _of_another_user(home)
    if (home / UNFINISHED).exists():
        return _("%(folder)s was not made or restored to its end: nothing may be served from it.") % {"folder": home}
    return _trouble_with_content(home)


def _lost(home: Path) -> str:
    """Which of its two files an installation has lost: making another one there would not bring it back."""
    there = [(home / name).exists() for name in ("tadbir.toml", "secret.key")]
    if not any(there) and not (home / DATABASE).exists():
        return ""
    text = _("%(file)s is not there: it was made with the installation. Take it from a backup (“tadbir restore”).")
    return text % {"file": home / ("secret.key" if there[0] else "tadbir.toml")}


def _of_another_user(home: Path) -> str:
    """Files that another user makes there are files that the service cannot open."""
    here = user_name()
    try:
        owner = user_name(home.stat().st_uid)
    except PermissionError:  # a folder above it is closed already
        return _("%(folder)s cannot be opened by %(user)s: name another folder.") % {"folder": home, "user": here}
    values = {"folder": home, "owner": owner, "user": here}
    if owner == "root":
        text = _(
            "%(folder)s belongs to root, and you are %(user)s. Where root ran a command of the service by mistake, "
            "give the folder back to the service’s own user, and to nobody else: it holds every secret of the council."
        )
    else:
        text = _("%(folder)s belongs to %(owner)s, and you are %(user)s: begin the command with “sudo -u %(owner)s”.")
    return text % values


def user_name(number: int | None = None) -> str:
    """The name of a user, of this process's own where no other is asked for."""
    number = os.geteuid() if number is None else number
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"#{number}"


def _trouble_with_content(home: Path) -> str:
    """Settings that cannot be read; a database that is gone, where SQLite would make an empty one."""
    try:
        own = read_settings(home)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return _("%(file)s cannot be read: %(why)s.") % {"file": home / "tadbir.toml", "why": error}
    elsewhere = own.get("database_url") or os.environ.get("TADBIR_DATABASE_URL")
    if not elsewhere and not (home / DATABASE).exists():
        return _("The database %(file)s is not there: restore a backup (“tadbir restore”).") % {"file": home / DATABASE}
    if not elsewhere and not (home / DATABASE).stat().st_size:
        return _("The database %(file)s is empty: restore a backup (“tadbir restore”).") % {"file": home / DATABASE}
    return ""


def strangers(home: Path) -> list[Path]:
    """What the service's commands write and another user owns: files that a command of root left there."""
    places = [home, *(home / name for name in ("files", "keys", "tls", "outbox", "proofs", "witnesses", "static"))]
    found = [path for place in places if place.is_dir() for path in (place, *place.iterdir())]
    return sorted({path for path in found if path.lstat().st_uid != os.geteuid()})


def taken(home: Path) -> str:
    """Why no installation can be made in this folder, in a sentence; nothing where one can."""
    try:
        if is_made(home):
            return _("%(folder)s already holds an installation of Tadbir.") % {"folder": home}
        if home.exists() and any(path.name != "lost+found" for path in home.iterdir()):
            return _("%(folder)s is not empty: name a folder that does not exist yet.") % {"folder": home}
    except OSError as error:
        return _("%(folder)s cannot be made: %(why)s.") % {"folder": home, "why": in_words(error)}
    return ""


def make(home: Path, settings: Mapping[str, Any]) -> None:
    """Make the folder with its secret and its settings. It is not `taken`. Raises OSError."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    for name in ("files", "keys", "tls", "outbox"):
        (home / name).mkdir(mode=0o700, exist_ok=True)
    write_private(home / "secret.key", secrets.token_urlsafe(50) + "\n")
    write_settings(home, settings)


def unmake(home: Path, *, keep: bool) -> None:
    """Leave nothing of a folder whose making failed; with `keep` the folder itself, which was there before."""
    if not keep:
        shutil.rmtree(home, ignore_errors=True)
        return
    for path in home.iterdir() if home.is_dir() else ():
        if path.is_dir() and path.name != "lost+found":
            shutil.rmtree(path, ignore_errors=True)
        elif not path.is_dir():
            path.unlink(missing_ok=True)


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
