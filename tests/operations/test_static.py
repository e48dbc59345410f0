"""Styles and scripts after an upgrade: gathered again at the next start, and left alone otherwise."""

import os
from pathlib import Path
from typing import Any

import brotli
import pytest

from tadbir.operations import start
from tadbir.operations.start import gather_static
from tadbir.ui import css


@pytest.fixture(autouse=True)
def _as_in_a_council(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    kept = {"BACKEND": "tadbir.ui.assets.Shortened"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": kept}


def test_newer_files_are_gathered_once(settings: Any) -> None:
    assert gather_static()
    assert (settings.STATIC_ROOT / "ui" / "office.css").exists()
    assert not gather_static()
    os.utime(settings.STATIC_ROOT / "staticfiles.json", (0, 0))  # gathered by a program older than this one
    (settings.STATIC_ROOT / "ui" / "office.css").write_text("old")
    os.utime(settings.STATIC_ROOT / "ui" / "office.css", (0, 0))
    assert gather_static()
    assert (settings.STATIC_ROOT / "ui" / "office.css").read_text() != "old"


def test_styles_and_scripts_travel_without_their_notes(settings: Any) -> None:
    assert gather_static()
    kept, written = settings.STATIC_ROOT / "ui", Path(css.__file__).parent / "static" / "ui"
    script = (kept / "ui.js").read_text()
    assert script.count("\n") > 100
    assert "//" in (written / "ui.js").read_text()
    assert not [line for line in script.splitlines() if line.startswith(("//", " ", "\t"))]
    assert len((kept / "ui.js.br").read_bytes()) < len(brotli.compress((written / "ui.js").read_bytes())) - 500
    assert (kept / "public.css").read_text() == css.inline_css()
    library = next(written.glob("htmx*.js")).name
    assert (kept / library).read_bytes() == (written / library).read_bytes()


def test_a_program_packed_before_the_last_gathering_brings_its_files_all_the_same(settings: Any) -> None:
    """What an earlier program gathered is younger than the files of this one, which differ from it or are new."""
    root = settings.STATIC_ROOT
    assert gather_static()
    whole = (root / "staticfiles.json").read_bytes()
    (root / "ui" / "office.css").write_text("of an earlier program")
    (root / "desk" / "office.css").unlink()  # which it did not have
    (root / "staticfiles.json").write_bytes(whole.replace(b'"desk/office.css"', b'"elsewhere.css"'))
    assert gather_static()
    assert (root / "ui" / "office.css").read_text() != "of an earlier program"
    assert (root / "staticfiles.json").read_bytes() == whole
    assert not gather_static()


def test_a_gathering_that_was_killed_begins_again(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert gather_static()
    (settings.STATIC_ROOT / "ui" / "office.css").write_text("of an earlier program")

    def killed(*words: Any, **more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(start, "call_command", killed)
        with pytest.raises(KeyboardInterrupt):
            gather_static()
    assert gather_static()
    assert (settings.STATIC_ROOT / "staticfiles.json").exists()
