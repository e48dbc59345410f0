"""`tadbir backup FILE`: while the council works."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from tadbir.operations import signer
from tadbir.operations.backups import back_up
from tadbir.operations.rows import OldTables


class Command(BaseCommand):
    """Write a backup."""

    help = "Write a backup of everything to FILE, while the server runs. The file holds secrets: keep it apart."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].resolve()
        try:
            manifest = back_up(target)
        except FileExistsError as error:
            raise CommandError(str(error)) from error
        except (OSError, DatabaseError, OldTables) as error:
            raise CommandError(f"The backup was not written ({error}). Nothing is left of it.") from error
        with target.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        (Path(settings.HOME) / "last-backup").write_text(f"{target}\n", "utf-8")
        size = target.stat().st_size / 1e6
        self.stdout.write(f"{target}: {len(manifest['files'])} files, {size:.1f} MB\nSHA-256 {digest}")
        self.stdout.write(f"Signed by {signer.fingerprint(Path(settings.HOME))}: a restore asks for this line.")
