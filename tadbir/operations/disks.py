"""Whether a backup would be lost with the disk of the folder: asked when one is taken, and by `check`."""

from pathlib import Path

from tadbir.operations.words import _


def is_on_the_disk_of(folder: Path, file: Path) -> bool:
    """Whether the system keeps both on one file system. Two file systems may still share a disk: nobody can tell."""
    try:
        return folder.stat().st_dev == file.stat().st_dev
    except OSError:  # not there, or where we cannot look
        return False


def advice() -> str:
    """What is said of such a backup."""
    return _("It lies on the disk of the installation, and is lost with it: copy it onto another disk or machine.")


def is_there(path: str) -> bool:
    """Whether a file is there and holds something."""
    try:
        return Path(path).stat().st_size > 0
    except OSError:  # not there, or where we cannot look
        return False
