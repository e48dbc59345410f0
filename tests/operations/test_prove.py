"""`prove`, `check` and a restore say the same of a register whose rows were changed beside its chain."""

import os
import pty
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tadbir.operations.home import DATABASE
from tests.operations.installation import PREAMBLE, ROOT, Installation

FILE = """
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.procedures.models import Sheet
from tests.factories import loan_filing
from tadbir.services.actions import file_request
with council_scope(Council.objects.get()):
    for _rank in range(30):
        file_request(loan_filing(Sheet.objects.get(status="adopted")))
"""
TAMPER = """
from django.db import connection
from tadbir.database import triggers
with triggers.lifted(), connection.cursor() as cursor:
    cursor.execute({statement!r})
"""
PRESIDENT = "UPDATE councils_role SET quality = 'director' WHERE quality = 'president'"
FACT = "DELETE FROM dossiers_fact WHERE id IN (SELECT max(id) FROM dossiers_fact WHERE kind = 'completed')"
INDEXES = "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'dossiers_dossier'"
ORPHAN = "PRAGMA foreign_keys = OFF"


@pytest.mark.parametrize(
    ("statement", "why"), [(PRESIDENT, "la qualité est 'director'"), (FACT, "(completed): n’est pas là")]
)
def test_all_three_say_it(home: Installation, tmp_path: Path, statement: str, why: str) -> None:
    home.python(FILE)
    assert "intact" in home.run("prove").stdout
    home.python(TAMPER.format(statement=statement))
    proved = home.run("prove", good=False)
    assert proved.returncode == 1
    assert why in proved.stdout
    checked = home.run("check", good=False)
    assert checked.returncode == 1
    assert why in checked.stdout
    home.run("backup", str(tmp_path / "b.tar"))
    restored = home.run(
        "restore", "--signer", home.signer, str(tmp_path / "b.tar"), str(tmp_path / "restored"), good=False
    )
    assert restored.returncode == 2
    assert why in restored.stdout
    assert not (tmp_path / "restored").exists()


def test_a_reference_to_nothing_is_told_by_check(home: Installation) -> None:
    home.run("tick")
    assert "[  NON  ]" not in home.run("check", good=False).stdout.split("Base de données")[1].splitlines()[0]
    code = f"from django.db import connection\nwith connection.cursor() as c:\n    c.execute({ORPHAN!r})\n"
    code += "    c.execute('UPDATE councils_unit SET parent_id = 999')"
    home.python(code)
    told = home.run("check", good=False)
    assert "councils_unit 1 refers to a row of councils_unit that is not there" in told.stdout


def test_a_broken_index_is_told_by_check(home: Installation) -> None:
    """Two signs of a page changed places, as a dying disk does it: no row is lost, and none is found by its number."""
    home.python(FILE)
    place = home.folder / DATABASE
    with closing(sqlite3.connect(place)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = database.execute("PRAGMA page_size").fetchone()[0]
        roots = database.execute(INDEXES).fetchall()
    data = bytearray(place.read_bytes())
    pages = [slice((root - 1) * size, root * size) for (root,) in roots]
    [page] = [page for page in pages if b"D-2026-00012" in data[page]]
    data[page] = data[page].replace(b"D-2026-00012", b"D-2026-00021")
    place.write_bytes(data)
    told = home.run("check", good=False)
    assert told.returncode == 1
    [line] = [line for line in told.stdout.splitlines() if "Base de données" in line]
    assert "NON" in line
    assert "missing from index sqlite_autoindex_dossiers_dossier" in told.stdout


def test_a_stopped_proof_goes_on(home: Installation) -> None:
    home.python(FILE)
    code = """
from tadbir.operations import proving
from tadbir.register import proving as walking
walking.CHUNK = 10
class Stop(Exception): pass
def progress(step):
    if step.stage == "act": raise SystemExit(9)
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
with council_scope(Council.objects.get()):
    proving.prove(progress)
"""
    words = [sys.executable, "-c", PREAMBLE + code]
    stopped = subprocess.run(words, cwd=ROOT, env=home.environment, check=False, capture_output=True)
    assert stopped.returncode == 9, stopped.stderr
    proved = home.run("prove")
    assert proved.stderr == "", "nobody looks on"
    whole = int(proved.stdout.split(" lignes en ")[0].split()[-1])
    subprocess.run(words, cwd=ROOT, env=home.environment, check=False, capture_output=True)
    rest = int(home.run("prove", "--resume").stdout.split(" lignes en ")[0].split()[-1])
    assert 0 < rest < whole


def test_somebody_who_looks_on_sees_how_far_it_came(home: Installation) -> None:
    home.python(FILE)
    status, said = on_a_terminal(home, "prove")
    assert status == 0
    *steps, last = said.replace("\r\n", "\n").split("\r")
    told = [re.fullmatch(r"(\d+) lignes comparées sur (\d+)\x1b\[K", step) for step in steps if step]
    looked = [int(one[1]) for one in told if one]
    assert len(told) == len(looked) > 5, said
    assert looked == sorted(looked)
    assert looked[-1] == int(told[-1][2]), "it says no more than there is, and comes to its end"  # type: ignore[index]
    assert last.startswith("\x1b[Koued-ed-dahab"), "what it found stands alone on its line"


def on_a_terminal(home: Installation, *words: str) -> tuple[int, str]:
    """Run a command before a terminal: its exit status, and everything that it wrote there."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "tadbir", *words]
    with subprocess.Popen(command, env=home.environment, cwd=ROOT, stdout=its, stderr=its, stdin=its) as running:
        os.close(its)
        said = b""
        with suppress(OSError):  # the last one to write has gone
            while data := os.read(ours, 4096):
                said += data
        os.close(ours)
    return running.returncode, said.decode()
