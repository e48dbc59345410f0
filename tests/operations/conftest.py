"""An installation made once for the tests that only look at it."""

import os
from pathlib import Path

import pytest

from tests.operations.installation import FURNISH, Installation


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with one adopted sheet; copy it before writing."""
    home = Installation(tmp_path_factory.mktemp("installation") / "home")
    before = os.umask(0)  # what it makes is its own alone, whatever the machine would let others read
    home.init("--no-https")
    os.umask(before)
    home.python(FURNISH)
    return home.folder


@pytest.fixture
def home(furnished: Path, tmp_path: Path) -> Installation:
    """A copy of it for one test."""
    import shutil

    shutil.copytree(furnished, tmp_path / "home")
    return Installation(tmp_path / "home")
