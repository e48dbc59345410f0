"""The file of a backup ends where its last member does, and nothing stands between them: no byte goes unread."""

import io
import tarfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tadbir.operations import archive, signer


def after_the_end(data: bytearray, _padding: int) -> bytearray:
    return data + b"more"


def zeros_after_the_end(data: bytearray, _padding: int) -> bytearray:
    return data + bytes(tarfile.RECORDSIZE)


def within_the_end(data: bytearray, _padding: int) -> bytearray:
    data[-7] = 1
    return data


def behind_a_member(data: bytearray, padding: int) -> bytearray:
    data[padding] = 65
    return data


def another_archive(data: bytearray, _padding: int) -> bytearray:
    return data + data


def end_cut_away(data: bytearray, _padding: int) -> bytearray:
    return data[:-512]


@pytest.mark.parametrize(
    "change",
    [after_the_end, zeros_after_the_end, within_the_end, behind_a_member, another_archive, end_cut_away],
    ids=lambda one: one.__name__,
)
def test_bytes_that_no_manifest_names_are_refused(
    tmp_path: Path, change: Callable[[bytearray, int], bytearray]
) -> None:
    settings, made = tmp_path / "tadbir.toml", tmp_path / "b.tar"
    settings.write_text("demo = false\n")
    archive.write(made, iter([("tadbir.toml", settings)]), {}, partial(signer.sign, tmp_path))
    (tmp_path / "whole").mkdir()
    manifest, who = archive.unpack(made, tmp_path / "whole")
    assert (list(manifest["files"]), who) == (["tadbir.toml"], signer.fingerprint(tmp_path))

    with tarfile.open(made) as tar:
        first = tar.getmembers()[0]
    made.chmod(0o600)
    made.write_bytes(change(bytearray(made.read_bytes()), first.offset_data + first.size + 3))
    (tmp_path / "other").mkdir()
    with pytest.raises(archive.Corrupted):
        archive.unpack(made, tmp_path / "other")


def test_a_file_that_is_no_whole_backup_is_told_in_the_language_of_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, made = tmp_path / "tadbir.toml", tmp_path / "b.tar"
    settings.write_text("demo = false\n")
    archive.write(made, iter([("tadbir.toml", settings)]), {}, partial(signer.sign, tmp_path))
    whole = made.read_bytes()
    no_manifest, broken = tmp_path / "none.tar", tmp_path / "broken.tar"
    for path, members in ((no_manifest, {"tadbir.toml": b"x"}), (broken, {archive.MANIFEST: b"{"})):
        with tarfile.open(path, "w") as tar:
            for name, data in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
    for number, (content, french, arabic) in enumerate(
        (
            (b"", "le fichier est vide", "فارغ"),
            (whole[:700], "elle s’arrête trop tôt", "قبل تمامها"),
            (whole[:100], "ce n’est pas une sauvegarde", "ليست نسخة احتياطية"),
            (b"nothing of a tar " * 100, "ce n’est pas une sauvegarde", "ليست نسخة احتياطية"),
            (no_manifest.read_bytes(), "son manifeste n’y est pas", "بيان محتواها غير موجود"),
            (broken.read_bytes(), "son manifeste ne peut être lu", "بيان محتواها لا يُقرأ"),
        )
    ):
        made.chmod(0o600)
        made.write_bytes(content)
        for language, expected in (("fr", french), ("ar", arabic)):
            monkeypatch.setenv("LANGUAGE", language)
            (folder := tmp_path / f"{language}{number}").mkdir()
            with pytest.raises(archive.Corrupted, match=expected):
                archive.unpack(made, folder)
