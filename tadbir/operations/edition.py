"""Which program this is: its version, and a short mark of what it consists of, since two may bear one version.

The one that last brought the database up is written in the folder, so that an upgrade that changed nothing is seen.
"""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

import tadbir
from tadbir.operations.home import write_private

#: The file of the folder that says it.
NOTED = "program"
_PARTS = ("*.py", "*.toml", "*.html", "*.mo")


@cache
def here() -> str:
    """This program, as 0.6.0 (1f0c93a2)."""
    found, folder = hashlib.sha256(), Path(tadbir.__file__).parent
    for path in sorted(path for part in _PARTS for path in folder.rglob(part)):
        found.update(f"{path.relative_to(folder)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return f"{tadbir.__version__} ({found.hexdigest()[:8]})"


def noted() -> str:
    """The program that last brought the database up; nothing where none wrote it down."""
    try:
        return (Path(settings.HOME) / NOTED).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def note() -> None:
    """Write down that this program brought the database up."""
    folder = Path(settings.HOME)
    if folder.is_dir() and noted() != here():
        write_private(folder / NOTED, f"{here()}\n")
