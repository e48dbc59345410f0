"""Ways out for text messages. Each hands one message over, durably, or raises GatewayError and is tried again."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings as installation

from tadbir.councils.models import Council
from tadbir.database.filesystem import sync_folder
from tadbir.reading.telephone import masked

log = logging.getLogger("tadbir.notify")
#: The folders of the SMS daemon must be readable by its own user and group.
FILE_MODE = 0o660


class GatewayError(Exception):
    """The message was not handed over; trying later may help."""


class Gateway(Protocol):
    """What a way out must do."""

    def send(self, number: str, text: str, reference: str, at: datetime) -> None:
        """Hand over one message to a normalised number. The same reference and time give the same message."""
        ...

    def forget(self, number: str, reference: str, at: datetime) -> None:
        """Take away what is left here of a message that was handed over; nothing when it has gone further."""
        ...

    def waiting(self, older_than: datetime) -> int:
        """Messages handed over before a moment that have not gone further: is the modem dead?"""
        ...


class FileAndLogGateway:
    """Writes each message to a folder and says so in the log: for demonstrations and tests, it reaches nobody."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    def send(self, number: str, text: str, reference: str, at: datetime) -> None:
        """Write `<time>-<reference>.json`."""
        record = {"to": number, "text": text, "reference": reference, "at": at.isoformat()}
        name = self._name(reference, at)
        _write(self.folder, name, json.dumps(record, ensure_ascii=False, indent=1).encode())
        log.info("text message to %s written to %s", masked(number), name)

    @staticmethod
    def _name(reference: str, at: datetime) -> str:
        return f"{at.astimezone(UTC):%Y%m%dT%H%M%S}-{_plain(reference)}.json"

    def forget(self, number: str, reference: str, at: datetime) -> None:
        """Delete the file."""
        _delete(self.folder / self._name(reference, at))

    def waiting(self, older_than: datetime) -> int:
        """Nothing takes these files away, so none waits."""
        return 0


class GammuSmsdGateway:
    """Puts each message into the outbox folder of gammu-smsd (Service = files), which sends it by a modem.

    Name: OUT<priority><date>_<time>_<serial>_<recipient>_<note>.txt; content: UTF-16 with a byte order mark,
    because without one gammu guesses the encoding from its locale.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    def send(self, number: str, text: str, reference: str, at: datetime) -> None:
        """Write the file under another name first: the daemon must never see half a message."""
        if not self.folder.is_dir():
            raise GatewayError(f"the outbox of gammu-smsd does not exist: {self.folder}")
        _write(self.folder, self._name(number, reference, at), b"\xfe\xff" + text.encode("utf-16-be"))
        log.info("text message to %s given to gammu-smsd", masked(number))

    @staticmethod
    def _name(number: str, reference: str, at: datetime) -> str:
        return f"OUTC{at.astimezone(UTC):%Y%m%d_%H%M%S}_00_{number}_{_plain(reference)}.txt"

    def forget(self, number: str, reference: str, at: datetime) -> None:
        """Delete what the daemon has not taken; what it sent lies in its own folder, which it must empty itself."""
        _delete(self.folder / self._name(number, reference, at))

    def waiting(self, older_than: datetime) -> int:
        """Messages that the daemon should have taken by now."""
        limit = older_than.timestamp()
        try:
            return sum(1 for file in self.folder.glob("OUT*.txt*") if file.stat().st_mtime < limit)
        except OSError:
            return 0


def settings_of(council: Council) -> Mapping[str, Any]:
    """The way out of a council: its own settings ("text_messages"), else the installation's."""
    own = council.settings.get("text_messages") if isinstance(council.settings, dict) else None
    chosen: Mapping[str, Any] = own if isinstance(own, dict) and own.get("kind") else installation.TEXT_GATEWAY
    return chosen


def gateway(settings: Mapping[str, Any]) -> Gateway:
    """The way out that settings name: {"kind": "file" or "gammu", "folder": …}. Raises GatewayError for another."""
    kind, folder = settings.get("kind"), settings.get("folder")
    if kind == "file" and folder:
        return FileAndLogGateway(folder)
    if kind == "gammu" and folder:
        return GammuSmsdGateway(folder)
    raise GatewayError(f"text messages are not set up ({kind!r})")


def _plain(reference: str) -> str:
    """A reference that can stand in a file name; underscores separate gammu's fields."""
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in reference)[:60]


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise GatewayError(f"the text message could not be deleted: {error.strerror}") from error


def _write(folder: Path, name: str, content: bytes) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{name}.{os.getpid()}"
        fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(fd, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(folder / name)
        sync_folder(folder)
    except OSError as error:
        raise GatewayError(f"the text message could not be written: {error.strerror}") from error
