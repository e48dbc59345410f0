"""make layers refuses what the house forbids: the contracts are tried on a small house that breaks them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.reading import ROOT


def build(folder: Path, imports: dict[str, str]) -> str:
    """A package of the same shape, with these imports; returns what the linter says."""
    for name in ("law", "councils", "services", "mail", "site", "settings", "database"):
        module = folder / "tadbir" / name
        module.mkdir(parents=True)
        (module / "__init__.py").write_text(imports.get(name, ""))
    (folder / "tadbir" / "__init__.py").write_text("")
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(text[text.index("[tool.importlinter]") :])
    assert tomllib.loads((folder / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    return f"{done.returncode} {done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    "imports",
    [
        {"law": "import django"},
        {"law": "import tadbir.councils"},
        {"councils": "import tadbir.services"},
        {"services": "import tadbir.mail"},
        {"services": "import tadbir.site"},
    ],
)
def test_an_import_against_the_layers_is_refused(tmp_path: Path, imports: dict[str, str]) -> None:
    assert build(tmp_path / "bad", imports).startswith("1")
    assert build(tmp_path / "good", {"site": "import tadbir.services, tadbir.law"}).startswith("0")
