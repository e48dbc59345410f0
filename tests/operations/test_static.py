"""Styles and scripts after an upgrade: gathered again at the next start, and left alone otherwise."""

import os
from pathlib import Path
from typing import Any

from tadbir.operations.start import gather_static


def test_newer_files_are_gathered_once(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    kept = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": kept}
    assert gather_static()
    assert (settings.STATIC_ROOT / "ui" / "office.css").exists()
    assert not gather_static()
    os.utime(settings.STATIC_ROOT / "staticfiles.json", (0, 0))  # gathered by a program older than this one
    (settings.STATIC_ROOT / "ui" / "office.css").write_text("old")
    os.utime(settings.STATIC_ROOT / "ui" / "office.css", (0, 0))
    assert gather_static()
    assert (settings.STATIC_ROOT / "ui" / "office.css").read_text() != "old"
