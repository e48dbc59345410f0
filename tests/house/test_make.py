"""What `make` says of a choice of tests: right ones pass, a choice without PostgreSQL is no failure."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def made(*words: str) -> subprocess.CompletedProcess[str]:
    """`make test` as it would run: the second pass alone, with an environment that is there."""
    recipe = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--old-file=env-test", "test", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    second = recipe[recipe.index("TADBIR_TEST_ENGINE=postgres") :]
    return subprocess.run(["/bin/sh", "-c", second], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_choice_without_a_test_for_postgresql_is_said_and_is_no_failure() -> None:
    done = made("PYTEST=-n 0 -x tests/house/test_make.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "None of the tests you chose runs on PostgreSQL" in done.stdout


def test_a_failure_stays_one() -> None:
    assert made("PYTEST=-n 0 -x tests/house/no_such_file.py").returncode not in (0, 5)


def test_the_long_tests_run_side_by_side_and_what_measures_time_alone() -> None:
    words = ["make", "--no-print-directory", "--dry-run", "--old-file=env-test", "proof"]
    recipe = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    together, alone = recipe.split("measures time")
    assert '-m "proof and not alone" -n auto' in together
    assert "-m alone" in alone
    assert " -n " not in alone
    marked = {path: path.read_text("utf-8").split("\n\n") for path in ROOT.glob("tests/*/test_*.py")}
    measured = [part for parts in marked.values() for part in parts if "\n@pytest.mark.alone\n" in part]
    assert len(measured) == 2
    assert all("@pytest.mark.proof\n" in part for part in measured)
