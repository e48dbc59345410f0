"""Setting up: what is made, who may read it, what is refused."""

import os
import ssl
import stat
import tomllib
from pathlib import Path

import pytest

from tadbir.operations.home import DATABASE
from tests.operations.installation import Installation, Server
from tests.operations.test_tampered_backup import FILE


def readable(folder: Path) -> dict[str, str]:
    """What in a folder, itself included, is not its user's alone: folders 0700, files 0600."""
    found = {".": folder} | {str(path.relative_to(folder)): path for path in folder.rglob("*")}
    found = {name: path for name, path in found.items() if not name.startswith("static/")}  # anybody downloads those
    modes = {name: (stat.S_IMODE(path.stat().st_mode), path.is_dir()) for name, path in found.items()}
    return {name: oct(mode) for name, (mode, is_folder) in modes.items() if mode != (0o700 if is_folder else 0o600)}


def test_init_makes_a_folder_only_the_service_reads(furnished: Path) -> None:
    assert {"secret.key", "tadbir.toml", DATABASE, "files", "keys"} <= {path.name for path in furnished.iterdir()}
    assert readable(furnished) == {}
    settings = tomllib.loads((furnished / "tadbir.toml").read_text("utf-8"))
    assert settings["hosts"] == ["localhost"]
    assert list((furnished / "keys" / "oued-ed-dahab").glob("seal-*.cert.pem"))
    assert (furnished / "static" / "staticfiles.json").exists()
    assert not (furnished / "unfinished").exists()


def test_the_database_at_work_is_the_services_alone(home: Installation) -> None:
    """The server opens what it finds, and what an older version left for others to read is closed to them."""
    home.folder.chmod(0o755)
    (home.folder / DATABASE).chmod(0o644)
    before = os.umask(0)
    try:
        with Server(home, "--workers", "1") as server:
            server.wait_ready()
            home.python("import os\nos.umask(0o077)\n" + FILE)  # as `tadbir` does for whatever it runs
            assert {f"{DATABASE}-wal", f"{DATABASE}-shm"} <= {path.name for path in home.folder.iterdir()}
            assert set(readable(home.folder)) <= {server.log.name}  # the test's own
            assert server.stop() == 0
    finally:
        os.umask(before)


def test_a_second_init_touches_nothing(home: Installation) -> None:
    before = (home.folder / "secret.key").read_bytes()
    again = home.run(*home.words_of_init(), good=False)
    assert again.returncode != 0
    assert "contient déjà" in again.stderr
    assert (home.folder / "secret.key").read_bytes() == before


def test_an_unknown_council_leaves_nothing_behind(tmp_path: Path) -> None:
    home = Installation(tmp_path / "wrong")
    words = ("init", "--folder", str(home.folder), "--email", "a@b.example", "--name", "x", "--host", "h")
    done = home.run(*words, "--council", "99.999", good=False)
    assert done.returncode != 0
    assert "99.999" in done.stderr
    assert not home.folder.exists()
    silent = home.run(*words, good=False)
    assert "--council" in silent.stderr


def test_the_local_authority_signs_a_certificate_that_browsers_accept(tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    from tadbir.operations import certificates

    moment = datetime(2026, 12, 1, tzinfo=UTC)
    certificates.make_authority(tmp_path, "oued-ed-dahab", moment)
    certificates.make_server_certificate(tmp_path, ["tadbir.lan", "192.168.1.10"], moment)
    context = ssl.create_default_context(cafile=str(tmp_path / "ca.crt"))
    assert context.cert_store_stats()["x509_ca"] == 1
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tmp_path / "server.crt", tmp_path / "server.key")
    assert stat.S_IMODE((tmp_path / "ca.key").stat().st_mode) == 0o600
    end = certificates.end_of(tmp_path / "server.crt")
    assert not certificates.renew_if_ending(tmp_path, ["tadbir.lan"], moment)
    assert certificates.renew_if_ending(tmp_path, ["tadbir.lan"], end - timedelta(days=20))
    assert certificates.end_of(tmp_path / "server.crt") > end


@pytest.mark.parametrize("value", ["plain", 'with "quotes" \\ and\nlines', "عربية", True, 7, ["a", "ب"]])
def test_settings_are_written_as_they_are_read(tmp_path: Path, value: object) -> None:
    from tadbir.operations import home

    assert tomllib.loads(home.toml({"x": value, "table": {"y": value}})) == {"x": value, "table": {"y": value}}
