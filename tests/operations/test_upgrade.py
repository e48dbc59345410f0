"""A council upgraded from an older program: its register proves whole, says what it took over, and goes on counting.

The folder is a real one: the demonstration as the program of 28 November 2026 left it, when a paper's link did not yet
say who signed it, and with the rules of that day.
"""

import contextlib
import sqlite3
import tarfile
from pathlib import Path
from typing import Any

import pytest

from tests.operations.installation import Installation

OLD = Path(__file__).parent / "data" / "before-signatures.tar.xz"
#: Papers of the two councils that were signed before links said so.
SIGNED = 30


@pytest.fixture
def older(tmp_path: Path) -> Installation:
    """The folder that an older program left."""
    home = Installation(tmp_path / "home")
    with tarfile.open(OLD) as archive:
        archive.extractall(home.folder, filter="data")
    home.folder.chmod(0o700)
    return home


def asked(home: Installation, question: str) -> list[Any]:
    with sqlite3.connect(home.folder / "tadbir.sqlite3") as database:
        return [row[0] for row in database.execute(question)]


def meddle(home: Installation, *statements: str) -> None:
    """Change rows behind the program's back, its triggers away for a moment."""
    home.python(
        "from django.db import connection\n"
        "from tadbir.database import triggers\n"
        "triggers.remove()\n"
        f"for statement in {statements!r}:\n"
        "    connection.cursor().execute(statement)\n"
        "triggers.install('default')\n"
    )


def test_a_council_of_before_proves_whole_and_says_what_was_taken_over(older: Installation) -> None:
    refused = older.run("prove", good=False)
    assert (refused.returncode, "tadbir migrate" in refused.stderr) == (2, True)
    said = older.run("migrate").stdout.replace("\u00a0", " ")
    assert all(words in said for words in ("Étapes à faire", "aousserd", "oued-ed-dahab", "recalculées", " s)"))
    assert "Applying" not in said
    assert "déclencheurs" not in said  # those of the older program are not taken for changed ones
    proof = older.run("prove").stdout
    assert proof.count(" intact") == 2
    assert asked(older, "SELECT count(*) FROM register_entry WHERE kind = 'act_stands'") == [SIGNED]
    assert asked(older, "SELECT count(*) FROM register_entry WHERE kind = 'derived_stands'") >= [20]
    older.run("tick")  # dates anew what is open: its duties are of this program from now on
    assert older.run("prove").stdout.count(" intact") == 2
    assert asked(older, "SELECT count(*) FROM dossiers_fact WHERE kind = 'dated_anew' AND source = 'upgrade'") >= [3]
    links = asked(older, "SELECT count(*) FROM register_entry")
    again = older.run("migrate").stdout
    assert ("Étapes" in again, asked(older, "SELECT count(*) FROM register_entry")) == (False, links)


def test_migrate_puts_triggers_back_and_says_which_somebody_had_changed(older: Installation) -> None:
    changed, emptied = "tadbir_keep_acts_act_delete", "tadbir_keep_register_entry_update"
    older.python(
        "from django.db import connection\n"
        f"for name, what in (({changed!r}, 'DELETE ON acts_act'), ({emptied!r}, 'UPDATE ON register_entry')):\n"
        "    connection.cursor().execute(f'DROP TRIGGER {name}')\n"
        "    connection.cursor().execute(f'CREATE TRIGGER {name} BEFORE {what} WHEN 0 BEGIN SELECT 1; END')\n"
    )
    said = older.run("migrate").stdout.replace("\u00a0", " ")
    assert f"remis en place ({changed}, {emptied})" in said
    assert "déclencheurs" not in older.run("migrate").stdout
    older.python(f"from django.db import connection\nconnection.cursor().execute('DROP TRIGGER {changed}')\n")
    assert changed in older.run("check", good=False).stdout
    assert f"remis en place ({changed})" in older.run("migrate").stdout  # by the same program, with nothing waiting
    older.python("from tadbir.database import triggers\ntriggers.remove(only=['acts_act'])\n")
    assert f"{changed}, tadbir_keep_acts_act_update)" in older.run("migrate").stdout
    assert older.run("prove").stdout.count(" intact") == 2


def test_what_was_taken_over_cannot_be_changed_afterwards(older: Installation) -> None:
    older.run("migrate")
    meddle(
        older,
        "UPDATE acts_act SET signed_quality = 'director' WHERE number = 'L-2026-00002'",
        "UPDATE acts_act SET signed_file_id = NULL WHERE number = 'L-2026-00001'",
        "UPDATE dossiers_dossier SET closed_at = '2026-07-01' WHERE number = 'D-2026-00004' AND closed_at IS NOT NULL",
        "UPDATE dossiers_duty SET do_by = '2027-01-02' WHERE do_by IS NOT NULL AND over_on IS NULL",
    )
    found = older.python(
        "import json\n"
        "from tadbir.councils.models import Council\n"
        "from tadbir.councils.scope import council_scope\n"
        "from tadbir.register.proving import walk\n"
        "with council_scope(Council.objects.get(slug='oued-ed-dahab')):\n"
        "    print(json.dumps([str(one) for step in walk() for one in step.found]))\n"
    )
    for named in ("act L-2026-00002: signed", "act L-2026-00001: signed_file", "D-2026-00004: closed", "do_by of its"):
        assert any(named in line for line in found), (named, found)


def by_sql(home: Installation, *statements: str) -> None:
    """What somebody does who has the database alone, before the upgrade."""
    with contextlib.closing(sqlite3.connect(home.folder / "tadbir.sqlite3")) as database, database:
        kept = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'register_entry'"
        triggers = database.execute(kept).fetchall()
        for name, _sql in triggers:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert database.execute(statement).rowcount > 0
        for _name, sql in triggers:
            database.execute(sql)


def test_a_register_that_does_not_hold_is_not_taken_over_and_its_fault_is_told(
    older: Installation, tmp_path: Path
) -> None:
    older.run("backup", str(tmp_path / "old.tar"))
    by_sql(older, "UPDATE register_entry SET kind = 'other' WHERE seq = 4")
    refused = older.run("migrate", good=False)
    assert (refused.returncode, "a été modifié" in refused.stderr) == (2, True), refused.stderr
    assert asked(older, "SELECT count(*) FROM register_entry WHERE kind = 'act_stands'") == [0]
    proof = older.run("prove", good=False)
    said = proof.stdout + proof.stderr
    assert "a été modifié" in said, said
    trying = Installation(tmp_path / "try")  # what was backed up before holds
    assert older.run("restore", str(tmp_path / "old.tar"), str(trying.folder), "--signer", "none").returncode == 0


def test_an_upgrade_says_first_how_many_links_no_witness_saw(older: Installation) -> None:
    (older.folder / "witnesses").mkdir(exist_ok=True)
    seq, digest = asked(older, "SELECT max(seq) - 2 FROM register_entry WHERE council_id = 1")[0], ""
    with contextlib.closing(sqlite3.connect(older.folder / "tadbir.sqlite3")) as database:
        found = "SELECT hash, slug FROM register_entry, councils_council WHERE councils_council.id = 1"
        digest, slug = database.execute(f"{found} AND council_id = 1 AND seq = ?", [seq]).fetchone()
    (older.folder / "witnesses" / f"{slug}.txt").write_text(f"2026-11-27 {seq} {digest}\n")
    said = older.run("migrate").stdout.replace("\u00a0", " ")
    assert f"{slug} : maillons depuis le témoin du 2026-11-27 que rien n’atteste au-dehors : 2" in said
    assert said.index("au-dehors") < said.index(f"{slug} : lignes reprises")
    assert "au-dehors" not in older.run("migrate").stdout


def test_an_older_backup_can_be_tried(older: Installation, tmp_path: Path) -> None:
    older.run("backup", str(tmp_path / "old.tar"))
    trying = Installation(tmp_path / "try")
    words = [str(tmp_path / "old.tar"), str(trying.folder), "--signer", "none"]
    done = older.run("restore", *words, "--drill")
    assert "exercice" in done.stdout
    assert trying.run("prove").stdout.count(" intact") == 2
    assert asked(trying, "SELECT count(*) FROM register_entry WHERE kind = 'restored'") == [0]
    for refused in (["tick", "--json"], ["keys", "aousserd", "--make"]):
        told = trying.run(*refused, good=refused[0] == "tick")
        assert "Traceback" not in told.stderr
    assert (told.returncode, "exercice de restauration" in told.stderr) == (2, True)


#: As a program with other rules, and the same tables, leaves a register.
BY_OTHER_RULES = """
from django.db import transaction
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.register.actions import append
with council_scope(Council.objects.get()), transaction.atomic():
    append("baseline", {"of": "derived", "rows": 0, "version": "0123456789abcdef"})
"""


def test_between_a_newer_program_and_migrate_nothing_is_called_false(home: Installation) -> None:
    home.python(BY_OTHER_RULES)
    refused = home.run("prove", good=False)
    assert (refused.returncode, "lancez d’abord" in refused.stderr, "tadbir migrate" in refused.stderr) == (
        2,
        True,
        True,
    )
    assert "tadbir migrate" in home.run("check", good=False).stdout
    assert "tadbir migrate" in home.run("prepare_start").stderr
    home.run("tick")
    assert not (home.folder / "proofs").exists() or not list((home.folder / "proofs").glob("*.round.json"))
    home.run("migrate")
    assert "intact" in home.run("prove").stdout
    assert "lancez d’abord" not in home.run("check", good=False).stdout
    assert home.run("prepare_start").stderr == ""
