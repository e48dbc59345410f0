"""`prove`, `check` and a restore say the same of a register whose rows were changed beside its chain."""

import subprocess
import sys
from pathlib import Path

import pytest

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
    whole = int(home.run("prove").stdout.split(" lignes en ")[0].split()[-1])
    subprocess.run(words, cwd=ROOT, env=home.environment, check=False, capture_output=True)
    rest = int(home.run("prove", "--resume").stdout.split(" lignes en ")[0].split()[-1])
    assert 0 < rest < whole
