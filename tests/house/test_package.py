"""What is installed is what was tested: wheel and sdist hold every file, and the wheel works outside the source."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tadbir import __version__
from tests.operations.installation import CODE, FURNISH, PREAMBLE, SLUG, free_port

ROOT = Path(__file__).resolve().parents[2]
#: Run by the installed package: a filing, its receipt as a sealed PDF, and what the verifier says of it.
FILING = """
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.procedures.models import Sheet
from tadbir.acts import actions as acts, queries
from tadbir.services.actions import file_request
from tests.factories import loan_filing
with council_scope(Council.objects.get()):
    filed = file_request(loan_filing(Sheet.objects.get(status="adopted")))
    act = filed.receipt
    with acts.pdf_of(act).open() as made:
        open("receipt.pdf", "wb").write(made.read())
    print(act.number, act.check_code, queries.status_by_code(act.number, act.check_code)["status"])
"""

#: What a library takes where it is and does without (`django_q.conf`).
IF_THERE = {"psutil"}
#: Python reads it as it starts: each process of the installed package says, as it ends, what it imported.
TELLS = """
import atexit, os, pathlib, sys
def tell():
    names = sorted({{name.partition(".")[0] for name in tuple(sys.modules)}})
    pathlib.Path({folder!r}, str(os.getpid())).write_text("\\n".join(names), "utf-8")
atexit.register(tell)
"""


def ran(*words: str | Path, where: Path, good: bool = True, **environment: str) -> str:
    """What a command said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TADBIR_", "DJANGO_", "PYTHON"))}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=where,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert not good or done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with wheel and sdist, made from the files of the repository and nothing else."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    uv = [sys.executable, "-m", "uv", "build", "--no-build-isolation", "--offline", "--python", sys.executable]
    ran(*uv, "--sdist", "--out-dir", out, source, where=source)
    # From the sdist, as whoever packages it does: what it lacks, the wheel lacks.
    ran(*uv, "--wheel", "--out-dir", out, next(out.glob("*.tar.gz")), where=out)
    return out


def tracked() -> list[str]:
    """The repository's files."""
    said = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in said.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.proof
def test_wheel_and_sdist_hold_every_file(built: Path) -> None:
    wanted = {name for name in tracked() if name.startswith("tadbir/")}
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        inside = {name for name in wheel.namelist() if name.startswith("tadbir/")}
        beside = {name.partition(".data/data/")[2] for name in wheel.namelist() if ".data/data/" in name}
    assert wanted - inside == set()
    assert inside - wanted == set()
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        packed = {name.partition("/")[2] for name in sdist.getnames()}
    manual = {name for name in tracked() if re.fullmatch(r"docs/(decisions/)?[^/]+\.md|requirements/run\.lock", name)}
    assert len(manual) > 40
    assert {f"share/tadbir/{name}" for name in manual} == beside
    needed = (
        wanted | manual | {"pyproject.toml", "README.md", "LICENSE", "requirements/run.in", "requirements/run.lock"}
    )
    assert needed - packed == set()


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, outside the source. Its libraries are those of the tests: no network here."""
    place = tmp_path_factory.mktemp("installed")
    ran(sys.executable, "-m", "venv", "--without-pip", place / "env", where=place)
    ran(
        *(sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps", "--python", place / "env/bin/python"),
        next(built.glob("*.whl")),
        where=place,
    )
    packages = next((place / "env" / "lib").glob("python*/site-packages"))
    libraries = Path(pytest.__file__).parents[1]
    (packages / "libraries.pth").write_text(f"{libraries}\n", "utf-8")  # a line here reads no .pth of that folder
    (place / "imported").mkdir()
    (packages / "sitecustomize.py").write_text(TELLS.format(folder=str(place / "imported")), "utf-8")
    return place


@pytest.mark.proof
def test_the_installed_wheel_serves_a_council(installed: Path) -> None:
    python, tadbir, home = installed / "env/bin/python", installed / "env/bin/tadbir", installed / "home"
    where = ran(python, "-c", "import tadbir; print(tadbir.__file__)", where=installed).strip()
    assert Path(where).is_relative_to(installed), where
    assert re.fullmatch(r"\d+\.\d+\.\d+", ran(tadbir, "--version", where=installed).strip())
    assert "tadbir serve" in ran(tadbir, "docs", "operations", where=installed)  # the manual came along
    lock = Path(ran(tadbir, "docs", "--lock", where=installed).strip())
    assert lock.is_relative_to(installed)
    assert lock.read_bytes() == (ROOT / "requirements" / "run.lock").read_bytes()
    who = ("--email", "admin@oed.example", "--name", "أنس الرامي", "--host", "localhost", "--no-https")
    ran(tadbir, "init", "--folder", home, "--council", CODE, *who, where=installed)
    ran(python, "-c", PREAMBLE + FURNISH, where=installed, TADBIR_HOME=str(home))
    shutil.copytree(ROOT / "tests", installed / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    said = ran(python, "-c", PREAMBLE + FILING, where=installed, TADBIR_HOME=str(home)).split()
    assert said[-1] == "valid"
    assert (installed / "receipt.pdf").read_bytes().startswith(b"%PDF")
    ran(tadbir, "verify", "receipt.pdf", where=installed, TADBIR_HOME=str(home))
    assert "[  NON  ]" not in ran(tadbir, "check", where=installed, good=False, TADBIR_HOME=str(home))
    port = free_port()
    words = [tadbir, "serve", "--folder", home, "--port", str(port), "--workers", "1"]
    with (installed / "log").open("wb") as log:
        server = subprocess.Popen(words, cwd=installed, stdout=log, stderr=log)
    try:
        for path in ("", "v", "v/verify.js", "v/sw.js", "v/keys.json", "services/"):
            with opened(f"http://127.0.0.1:{port}/{SLUG}/{path}", installed / "log") as answer:
                assert answer.status == 200
                text = answer.read().decode()
        for path in set(re.findall(r'/static/[^"\' )>]+', text)):
            with opened(f"http://127.0.0.1:{port}{path}", installed / "log") as answer:
                assert answer.status == 200
    finally:
        server.terminate()
        assert server.wait(30) == 0
    locked = set(re.findall(r"^([\w.-]+)==", lock.read_text("utf-8"), re.MULTILINE))
    used = distributions(installed / "imported")
    assert {"django", "pyhanko", "typst", "granian", "pillow"} <= used, "what it runs on was seen"
    assert used - locked - IF_THERE == {"tadbir"}, "the tests have it, and a council that installs the package does not"


def distributions(imported: Path) -> set[str]:
    """The distributions of the modules that the lists in a folder name."""
    names = {name for said in imported.iterdir() for name in said.read_text("utf-8").split()}
    known = packages_distributions()
    return {canonical(known[name][0]) for name in names & set(known)}


def canonical(name: str) -> str:
    """A name as the lock file writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def opened(address: str, log: Path) -> "urllib.request._UrlopenRet":
    """The page, once the server is there."""
    import time

    for _try in range(150):
        try:
            return urllib.request.urlopen(address, timeout=10)
        except ConnectionRefusedError:
            pass
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
        time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))


def test_the_version_is_said_once_and_the_changelog_names_it(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    assert wheel.name.split("-")[1] == __version__
    assert re.search(r"^## (\S+),", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[1] == __version__  # type: ignore[index]
