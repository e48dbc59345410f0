"""What the program refuses to start with, each refusal next to its acceptance."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tadbir.database import checks, filesystem, timezone
from tadbir.database.checks import sqlite_is_safe


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_releases_with_the_wal_reset_defect_are_refused(version: tuple[int, ...], safe: bool) -> None:
    assert sqlite_is_safe(version) is safe


def test_the_version_comes_from_the_live_connection(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, django_db_blocker: Any
) -> None:
    from tests.database.test_write_queue import connect

    with django_db_blocker.unblock():
        live = connect(tmp_path / "live.sqlite3")
        monkeypatch.setattr(checks, "connections", {"default": live})
        assert checks.check_sqlite_version(databases=["default"]) == []
        live.connection.create_function("sqlite_version", 0, lambda: "3.40.1")
        (error,) = checks.check_sqlite_version(databases=["default"])
        live.close()
    assert error.id == "tadbir.E001"
    assert "3.40.1" in error.msg


MOUNTS = r"""
21 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
30 21 0:30 / /mnt/share rw - nfs4 server:/export rw
31 21 0:31 / /mnt/with\040space rw - fuse.sshfs office: rw
32 30 254:2 / /mnt/share/local rw - xfs /dev/vdb rw
33 21 0:33 / /srv rw - cifs //box/srv rw
34 21 254:3 / /srv rw - ext4 /dev/vdc rw
"""


@pytest.mark.parametrize(
    ("path", "kind", "network"),
    [
        ("/var/lib/tadbir/tadbir.sqlite3", "ext4", False),
        ("/mnt/share/tadbir.sqlite3", "nfs4", True),
        ("/mnt/shared-not/tadbir.sqlite3", "ext4", False),
        ("/mnt/share/local/tadbir.sqlite3", "xfs", False),
        ("/mnt/with space/tadbir.sqlite3", "fuse.sshfs", True),
        ("/srv/tadbir.sqlite3", "ext4", False),  # the later mount covers the earlier one
    ],
)
def test_a_network_disk_is_told_from_a_local_one(path: str, kind: str, network: bool) -> None:
    assert filesystem.kind_of(Path(path), MOUNTS) == kind
    assert filesystem.is_network(kind) is network


@pytest.mark.django_db
def test_a_database_on_a_network_disk_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    monkeypatch.setattr(connection, "is_in_memory_db", lambda: False)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "t.sqlite3"))
    assert checks.check_sqlite_disk(databases=["default"]) == []
    monkeypatch.setattr(filesystem, "kind_of", lambda path: "nfs4")
    (error,) = checks.check_sqlite_disk(databases=["default"])
    assert (error.id, error.level) == ("tadbir.E002", 40)
    monkeypatch.setattr(filesystem, "kind_of", lambda path: None)
    (warning,) = checks.check_sqlite_disk(databases=["default"])
    assert warning.id == "tadbir.W002"


@pytest.mark.django_db
def test_a_database_that_forgets_after_a_power_cut_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    monkeypatch.setattr(connection, "is_in_memory_db", lambda: False)
    answers: dict[str, Any] = {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2}
    monkeypatch.setattr(checks, "_one_value", lambda connection, query: answers[query])
    assert checks.check_sqlite_durability(databases=["default"]) == []
    answers["PRAGMA synchronous"] = 1
    assert [error.id for error in checks.check_sqlite_durability(databases=["default"])] == ["tadbir.E003"]


@pytest.fixture
def zones() -> Iterator[None]:
    before = zoneinfo.TZPATH
    yield
    zoneinfo.reset_tzpath(to=before)
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.usefixtures("zones")
def test_casablanca_left_summer_time_and_a_stale_system_is_overruled(tmp_path: Path) -> None:
    assert checks.check_time_zone() == []
    stale = tmp_path / "Africa"
    stale.mkdir()
    packaged = timezone.packaged_folder()
    (stale / "Casablanca").write_bytes((packaged / "Europe" / "Paris").read_bytes())  # still +1 in winter
    zoneinfo.reset_tzpath(to=[str(tmp_path), str(packaged)])
    zoneinfo.ZoneInfo.clear_cache()
    assert timezone.casablanca_offset(datetime(2026, 12, 1, tzinfo=UTC)) == timedelta(hours=1)
    assert [error.id for error in checks.check_time_zone()] == ["tadbir.E006"]
    timezone.use_packaged_tzdata()
    assert checks.check_time_zone() == []
    assert timezone.casablanca_offset(datetime(2026, 9, 1, tzinfo=UTC)) == timedelta(hours=1)
    assert timezone.casablanca_offset(datetime(2026, 12, 1, tzinfo=UTC)) == timedelta(0)


def test_a_stale_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tzdata.__version__", "2026.2")
    assert [error.id for error in checks.check_time_zone()] == ["tadbir.E005"]
    monkeypatch.setattr("tzdata.__version__", "2026.3")
    assert checks.check_time_zone() == []
    monkeypatch.setattr(timezone, "casablanca_offset", lambda moment: timedelta(hours=1))
    assert [error.id for error in checks.check_time_zone()] == ["tadbir.E007"]


@pytest.mark.django_db
def test_two_aliases_of_one_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.database.test_write_queue import connect

    file = tmp_path / "one.sqlite3"
    (tmp_path / "link.sqlite3").symlink_to(file)
    own = {"a": connect(file), "b": connect(tmp_path / "link.sqlite3"), "c": connect(tmp_path / "other.sqlite3")}
    monkeypatch.setattr(checks, "connections", own)
    (error,) = checks.check_one_alias_per_file()
    assert error.id == "tadbir.E004"
    del own["b"]
    assert checks.check_one_alias_per_file() == []


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_house_itself_starts() -> None:
    checks.refuse_unsafe_start()
