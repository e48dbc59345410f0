"""`tadbir backup FILE`: while the council works."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from tadbir.operations import disks, signer
from tadbir.operations.backups import back_up
from tadbir.operations.refusals import why
from tadbir.operations.rows import OldTables
from tadbir.operations.start import folders_without_key
from tadbir.operations.words import REFUSED, _


class Command(BaseCommand):
    """Write a backup."""

    help = _("Write a backup of everything to FILE, while the server runs. The file holds secrets: keep it apart.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].resolve()
        if target.is_relative_to(home := Path(settings.HOME).resolve()):
            text = _(
                "%(file)s is in the folder of the installation (%(home)s), and is lost with it: name another disk."
            )
            raise CommandError(text % {"file": target, "home": home}, returncode=REFUSED)
        try:
            manifest = back_up(target)
        except FileExistsError as error:
            raise CommandError(str(error)) from error
        except (OSError, DatabaseError, OldTables) as error:
            text = _("The backup was not written (%(why)s). Nothing is left of it.")
            raise CommandError(text % {"why": why(error)}) from error
        with target.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        (Path(settings.HOME) / "last-backup").write_text(f"{target}\n", "utf-8")
        size = target.stat().st_size / 1e6
        values = {"file": target, "count": len(manifest["files"]), "size": f"{size:.1f}"}
        self.stdout.write(_("%(file)s: %(count)s files, %(size)s MB") % values + f"\nSHA-256 {digest}")
        text = _("Signed by %(signer)s: a restore asks for this line.")
        self.stdout.write(text % {"signer": signer.fingerprint(Path(settings.HOME))})
        if disks.is_on_the_disk_of(home, target):
            self.stderr.write(disks.advice())
        if lost := folders_without_key():
            text = _(
                "The backup holds no seal key: %(files)s is not there. Keep the older backup, and take it from there."
            )
            raise CommandError(text % {"files": ", ".join(lost)}, returncode=1)
