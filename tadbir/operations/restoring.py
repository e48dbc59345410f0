"""`tadbir restore FILE NEW_FOLDER`: unpack, compare, prove the chain, open a new numbering epoch.

The new folder takes work only when everything held; a backup that does not hold leaves nothing behind.
"""

import argparse
import shutil
from pathlib import Path
from typing import Any

from tadbir.operations import archive, home


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    made = argparse.ArgumentParser(prog="tadbir restore", description="Restore a backup into a new folder.")
    made.add_argument("file", type=Path)
    made.add_argument("folder", type=Path, help="a folder that does not exist yet")
    return made


def main(argv: list[str]) -> int:
    """Run the command. Returns the exit status: 2 when the backup does not hold."""
    options = parser().parse_args(argv)
    folder = home.choose(str(options.folder))
    if folder.exists():
        raise SystemExit(f"tadbir restore: {folder} exists; name a new folder")
    folder.mkdir(parents=True, mode=0o750)
    try:
        manifest = archive.unpack(options.file, folder)
        (folder / home.UNFINISHED).touch()
        finish(folder, manifest)
    except archive.Corrupted as error:
        shutil.rmtree(folder)
        print(f"The backup does not hold; nothing was restored: {error}")
        return 2
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    (folder / home.UNFINISHED).unlink()
    (folder / archive.MANIFEST).unlink()
    return 0


def finish(folder: Path, manifest: dict[str, Any]) -> None:
    """Bring the database to today's version, prove every chain, mark the restore. Raises archive.Corrupted."""
    from tadbir.operations.installing import build_database

    _check_engine(manifest)
    build_database()
    if manifest["engine"] != "sqlite":
        _load_rows(folder / manifest["database"])
    _check_sqlite()
    from tadbir.councils.models import Council
    from tadbir.operations.actions import mark_restored

    for said in manifest["councils"]:
        council = Council.objects.filter(code=said["code"]).first()
        if council is None:
            raise archive.Corrupted(f"the council {said['code']} is not in the database")
        _prove(council, said)
    print(f"The backup of {manifest['taken_at']} is restored in {folder}.")
    for council in Council.objects.order_by("code"):
        lost = mark_restored(council, manifest)
        print(f"{council.slug}: new numbering epoch {council.numbering_epoch}; papers may exist with numbers")
        print("\n".join(f"    {line}" for line in lost) or "    (none was ever given)")


def _check_engine(manifest: dict[str, Any]) -> None:
    """A backup goes back into the kind of database it came from: the settings of the folder name it."""
    import os

    own = os.environ.get("TADBIR_DATABASE_URL") or home.read_settings(home.folder()).get("database_url")
    if (manifest["engine"] == "sqlite") == bool(own):
        raise SystemExit(f"tadbir restore: this backup needs {manifest['engine']}; see TADBIR_DATABASE_URL")


def _check_sqlite() -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answer = cursor.fetchall()
        cursor.execute("PRAGMA foreign_key_check")
        broken = cursor.fetchall()
    if answer != [("ok",)] or broken:
        raise archive.Corrupted(f"the database is damaged: {(answer + broken)[:3]}")


def _load_rows(path: Path) -> None:
    """Put the rows of a logical backup into the empty PostgreSQL database of the new installation."""
    from django.core import serializers
    from django.db import connection, transaction

    from tadbir.database import rowsecurity, triggers
    from tadbir.operations.backups import dumped_models

    rowsecurity.open_wall(connection, "on")
    with triggers.lifted(), transaction.atomic(), connection.constraint_checks_disabled(), path.open("rb") as rows:
        for item in serializers.deserialize("jsonl", rows):
            item.save()
        connection.check_constraints()
    with connection.cursor() as cursor:
        from django.core.management.color import no_style

        for statement in connection.ops.sequence_reset_sql(no_style(), dumped_models()):
            cursor.execute(statement)
    rowsecurity.open_wall(connection, "")


def _prove(council: Any, said: dict[str, Any]) -> None:
    """The chain holds, and the backup's own head is one of its links or just ahead of it."""
    from tadbir.councils.scope import council_scope
    from tadbir.register.models import StoredFile
    from tadbir.register.queries import breaks_of_chain, head, is_in_chain

    with council_scope(council):
        broken = next(iter(breaks_of_chain()), None)
        if broken is not None:
            raise archive.Corrupted(f"{council.slug}: link {broken.seq} of the register {broken.reason}")
        seq, _digest = head()
        if seq >= said["seq"] > 0 and not is_in_chain(said["head"]):
            raise archive.Corrupted(f"{council.slug}: the register is not the one that was backed up")
        gone = [file for file in StoredFile.objects.filter(erased_at__isnull=True) if not file.path.exists()]
        if gone:
            raise archive.Corrupted(f"{council.slug}: {len(gone)} files are missing, as {gone[0].sha256}")
