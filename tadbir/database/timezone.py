"""One source of time zones for the whole program: the packaged one.

Casablanca is UTC+0 since 20 September 2026. A system that was not updated still says +1, and would shift
every hour limit; so the packaged zone files come before the system's (no framework is imported here).
"""

import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path

import tzdata  # type: ignore[import-untyped]

#: IANA 2026c is the first release with the change; PyPI's tzdata names it 2026.3.
OLDEST_RELEASE = (2026, 3)
ZONE = "Africa/Casablanca"
#: Two moments after the change: a winter one and one inside the former pause of summer time.
PROBES = (datetime(2026, 12, 1, 12, tzinfo=UTC), datetime(2027, 7, 1, 12, tzinfo=UTC))


def packaged_folder() -> Path:
    """Where the packaged zone files are."""
    return Path(tzdata.__file__).resolve().parent / "zoneinfo"


def use_packaged_tzdata() -> None:
    """Put the packaged zone files before the system's, for this process. Calling it again does nothing."""
    folder = str(packaged_folder())
    if zoneinfo.TZPATH[:1] == (folder,):
        return
    zoneinfo.reset_tzpath(to=[folder, *(path for path in zoneinfo.TZPATH if path != folder)])
    zoneinfo.ZoneInfo.clear_cache()


def release() -> tuple[int, ...]:
    """The packaged release as numbers: (2026, 6)."""
    return tuple(int(part) for part in tzdata.__version__.split(".")[:2])


def is_packaged_first() -> bool:
    """Whether this process reads the packaged files before any other."""
    return zoneinfo.TZPATH[:1] == (str(packaged_folder()),)


def casablanca_offset(moment: datetime) -> timedelta:
    """The offset that this process gives Casablanca at an aware moment."""
    return moment.astimezone(zoneinfo.ZoneInfo(ZONE)).utcoffset() or timedelta(0)
