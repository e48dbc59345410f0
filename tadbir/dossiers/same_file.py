"""One file handed in for two documents: nothing is refused, whoever sends it and whoever reads it are told."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Brought(Protocol):
    """A document of a request, sent or not yet: its key, and its file once there is one."""

    @property
    def pk(self) -> int:
        """Its key."""

    @property
    def file_id(self) -> int | None:
        """The key of its file."""


Row = TypeVar("Row", bound=Brought)


def same_files(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """The other documents that bear the very same file, by the key of each; equal files are kept once."""
    by_file: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.file_id is not None:
            by_file[row.file_id].append(row)
    return {
        one.pk: [row for row in found if row is not one] for found in by_file.values() if found[1:] for one in found
    }
