"""`tadbir restore FILE NEW_FOLDER --signer FINGERPRINT`: unpack, compare, prove everything, open a new numbering epoch.

With `--drill` no epoch is opened: what is restored can be looked at and records nothing, so that a council may try its
backups every month and no second machine gives numbers.

The new folder takes work only when everything held; a backup that does not hold leaves nothing behind. The
database may be of the other kind than the one backed up: so a council moves to PostgreSQL, and back. The address in
the backup is never used: the council may still be at work there.
"""

import argparse
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from tadbir.operations import answers, archive, emptiness, home, rows, signer
from tadbir.operations.refusals import systems_words
from tadbir.operations.refusals import why as in_words
from tadbir.operations.words import REFUSED, _, stop

#: Said instead of a fingerprint: of a backup of an older version, or where nobody kept the line.
NONE = "none"


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    made = argparse.ArgumentParser(prog="tadbir restore", description=_("Restore a backup into a new folder."))
    made.add_argument("file", type=answers.file, help=_("the backup"))
    made.add_argument("folder", type=Path, help=_("a folder that does not exist yet"))
    emptiness.add_word(made)
    made.add_argument("--signer", default="", help=_("line that “tadbir backup” printed; none: believe the file"))
    made.add_argument("--drill", action="store_true", help=_("only to try a backup: nothing can be recorded there"))
    made.add_argument("--sqlite", action="store_true", help=_("into SQLite, in the folder, whatever it was before"))
    return made


def main(argv: list[str]) -> int:
    """Run the command. Returns the exit status: 2 when the backup does not hold."""
    options = parser().parse_args(argv)
    folder = home.choose(str(options.folder))
    if folder.exists():
        stop(_("%(folder)s exists: name a new folder.") % {"folder": folder})
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        stop(_("%(folder)s cannot be made: %(why)s.") % {"folder": folder, "why": in_words(error)})
    try:
        manifest, found = archive.unpack(options.file, folder)
        believe(options.signer, found)
        manifest["signer"] = "" if options.signer == NONE else found
        (folder / home.UNFINISHED).touch()
        choose_database(folder, manifest, "" if options.sqlite else options.database_url, sqlite=options.sqlite)
        finish(folder, manifest, drill=options.drill)
    except archive.Corrupted as error:
        shutil.rmtree(folder)
        print(_("The backup does not hold; nothing was restored: %(why)s") % {"why": error})
        print(error.step or _("Copy it again from where it is kept, or take an older one."))
        return REFUSED
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    (folder / home.UNFINISHED).unlink()
    for name in (archive.MANIFEST, archive.SIGNATURE):
        (folder / name).unlink(missing_ok=True)
    return 0


def believe(said: str, found: str) -> None:
    """Whether the key that signed is the one that somebody vouches for. Raises SystemExit, archive.Corrupted."""
    if said == NONE:
        return
    if not said and sys.stdin.isatty() and found:
        said = _asked()
    if not said:
        stop(_("say --signer with the line that you kept: “tadbir backup” printed it, the witnesses’ mail bears it"))
    if not signer.same(said, found):
        step = _("Compare the line with your paper; if it is right, this file is of another installation.")
        why = _("it is not signed by %(said)s") % {"said": said} if found else _("nobody signed it")
        raise archive.Corrupted(why, step if found else "")


def _asked() -> str:
    """The line, from whoever kept it. That of the file is not shown: copied from there it would vouch for nothing."""
    try:
        return input(_("The line that your backups and your witnesses bear (XXXX-XXXX-…): ")).strip()
    except EOFError:
        print(file=sys.stderr)
        return ""


def choose_database(folder: Path, manifest: dict[str, Any], url: str, *, sqlite: bool) -> None:
    """Write into the folder's settings where it goes. Raises SystemExit when nobody said where; archive.Corrupted."""
    if manifest["engine"] != "sqlite" and not url and not sqlite:
        stop(_("this backup comes from PostgreSQL: say --database-url with a new, empty database, or --sqlite"))
    emptiness.choose(url)
    own = home.read_settings(folder)
    without = {name: value for name, value in own.items() if name != "database_url"}
    if manifest["engine"] == "sqlite" and url:
        _take_rows_out(folder, manifest)
    if own != (wanted := {"database_url": url, **without} if url else without):
        home.write_settings(folder, wanted)


def _take_rows_out(folder: Path, manifest: dict[str, Any]) -> None:
    """The SQLite file of the backup becomes rows, by a process of its own: this one works with PostgreSQL."""
    environment = {name: value for name, value in os.environ.items() if name != emptiness.VARIABLE}
    words = [sys.executable, "-m", "tadbir.operations.rows", str(folder / rows.DUMP)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2][-500:]  # of a traceback, what happened
        raise archive.Corrupted(_("its database cannot be read: %(why)s") % {"why": systems_words(said)})
    for path in folder.glob(f"{manifest['database']}*"):
        path.unlink()
    manifest["database"] = rows.DUMP


def finish(folder: Path, manifest: dict[str, Any], *, drill: bool) -> None:
    """Make the database, prove every chain, mark the restore, or the drill. Raises archive.Corrupted; SystemExit."""
    from tadbir.operations.installing import load_django

    load_django()
    with emptiness.left_empty_on_failure():
        _finish(folder, manifest, drill=drill)


def _finish(folder: Path, manifest: dict[str, Any], *, drill: bool) -> None:
    from django.core.management.base import CommandError

    from tadbir.operations.installing import build_database

    try:
        build_database()
    except CommandError as error:  # its register does not even hold by itself
        raise archive.Corrupted(str(error)) from error
    if manifest["database"] == rows.DUMP:
        _bring_rows(folder / rows.DUMP, manifest)
    rows.check_database()
    from tadbir.councils.models import Council
    from tadbir.operations.actions import forget_the_living, mark_restored

    forget_the_living()
    _refuse_strangers(folder)
    for said in manifest["councils"]:
        council = Council.objects.filter(code=said["code"]).first()
        if council is None:
            raise archive.Corrupted(_("the council %(code)s is not in the database") % {"code": said["code"]})
        _prove(council, said)
    values = {"when": _moment(manifest["taken_at"]), "folder": folder}
    print(_("The backup of %(when)s is restored in %(folder)s.") % values)
    if drill:  # only now: what an older version had in its tables was taken over as in any restore
        home.write_settings(folder, {**home.read_settings(folder), "drill": True})
        print(_("This is a drill: it can be looked at, gives no number and records nothing."))
        return
    _question_clock()
    for council in Council.objects.order_by("code"):
        lost = mark_restored(council, manifest)
        text = _("%(council)s: new numbering epoch %(epoch)s; papers may exist with numbers")
        print(text % {"council": council.slug, "epoch": council.numbering_epoch})
        print("\n".join(f"    {line}" for line in lost) or "    " + _("(none was ever given)"))


def _question_clock() -> None:
    """The restore is recorded with its day: as the server asks before it starts. Raises SystemExit."""
    from django.core.exceptions import ImproperlyConfigured

    from tadbir.operations.start import question_clock

    try:
        doubt = question_clock()
    except ImproperlyConfigured as error:
        stop(str(error))
    if doubt:
        print(doubt, file=sys.stderr)


def _moment(said: str) -> str:
    """When the backup was taken, as a clock on the wall here says it."""
    from tadbir.councils.clock import CASABLANCA

    try:
        return f"{datetime.fromisoformat(said).astimezone(CASABLANCA):%Y-%m-%d %H:%M}"
    except ValueError:  # of a backup that nobody signed
        return said


def _bring_rows(source: Path, manifest: dict[str, Any]) -> None:
    """The rows of the backup into the database just made."""
    from django.core.serializers.base import DeserializationError
    from django.db import DatabaseError

    if manifest["engine"] != "sqlite" and manifest.get("tables", []) != rows.version_of_tables():
        text = _("the tables of this backup are those of version %(version)s: use that one")
        stop(text % {"version": manifest["version"]})
    try:
        count = sum(rows.load(source).values())
    except (DatabaseError, DeserializationError, RuntimeError) as error:
        why = in_words(error) if isinstance(error, DatabaseError) else systems_words(str(error))
        raise archive.Corrupted(_("its rows cannot be put into this database: %(why)s") % {"why": why}) from error
    source.unlink()
    print(_("%(count)s rows are in the new database.") % {"count": count})


def _prove(council: Any, said: dict[str, Any]) -> None:
    """Everything is what the register says, and the backup's own head is one of its links or just ahead of it."""
    from tadbir.councils.scope import council_scope
    from tadbir.operations import differences
    from tadbir.register.proving import walk
    from tadbir.register.queries import head, is_in_chain
    from tadbir.register.witnesses import lost_witnesses

    with council_scope(council):
        found = [str(one) for step in walk() for one in step.found] + list(lost_witnesses())
        if found:
            more = " " + _("and %(count)s more") % {"count": len(found) - 3} if len(found) > 3 else ""
            raise archive.Corrupted(f"{council.slug}: {'; '.join(map(differences.in_words, found[:3]))}{more}")
        seq, _digest = head()
        if seq >= said["seq"] > 0 and not is_in_chain(said["head"]):
            text = _("%(council)s: the register is not the one that was backed up")
            raise archive.Corrupted(text % {"council": council.slug})


def _refuse_strangers(folder: Path) -> None:
    """Every file that came along is one that a row of the register names."""
    from tadbir.councils.models import Council
    from tadbir.councils.scope import council_scope
    from tadbir.register.models import StoredFile, files_folder

    known = {str(council.pk) for council in Council.objects.all()}
    strangers = [path for path in (folder / "files").glob("*") if path.name not in known]
    for council in Council.objects.order_by("code"):
        with council_scope(council):
            names = set(StoredFile.objects.values_list("sha256", flat=True))
            strangers += [path for path in files_folder(council.pk).glob("??/*") if path.name not in names]
    if strangers:
        text = _("it holds a file that no row of the register names: %(name)s")
        raise archive.Corrupted(text % {"name": strangers[0].name})
