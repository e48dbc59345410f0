"""How a request's body is taken in: by the event loop, before a thread is spent on it, within bounds.

A thread that waits for a slow line is a thread that nobody else has, and a machine of a small council has four. Here a
body is gathered first (in memory, then on disk), at a least pace, until a deadline, and only so many at a time from one
address; the views run when it is whole. A body cut in the middle reaches no view.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

#: Seconds in which a body may come in without taking a place: a form without a file is here at once.
QUICK = 1.0
#: Seconds without a single byte before a body is given up.
SILENCE = 20.0
#: Bytes a second, seen over each WINDOW: a tenth of a line of 50 kbit/s that four people share.
LEAST_RATE = 500
WINDOW = 30.0
#: Seconds that one body may take: the heaviest document needs 22 minutes at 50 kbit/s.
DEADLINE = 45 * 60.0
#: Bodies that come in slowly at one time: from one address (an operator may put many people behind it), and in all.
FROM_ONE = 32
IN_ALL = 256
#: Bytes kept in memory; what is longer goes to a file without a name.
IN_MEMORY = 256 * 1024


class Source(Protocol):
    """Where the parts of a body come from (granian's protocol object)."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...


class NotTaken(Exception):
    """The body was not taken in: nothing of it reaches a view. `status` is the answer."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass
class Places:
    """The bodies on their way, counted by address, in one worker."""

    taken: Counter[str] = field(default_factory=Counter)

    def take(self, address: str) -> None:
        """Raises NotTaken where too many are on their way."""
        if self.taken[address] >= FROM_ONE or self.taken.total() >= IN_ALL:
            raise NotTaken(HTTPStatus.TOO_MANY_REQUESTS)
        self.taken[address] += 1

    def leave(self, address: str) -> None:
        """Give the place back."""
        self.taken[address] -= 1
        if not self.taken[address]:
            del self.taken[address]


@dataclass
class _Pace:
    """Whether a body still comes at the least rate."""

    begun: float
    window: float
    bytes: int = 0

    def wait(self) -> float:
        """Seconds to wait for the next part."""
        return max(0.0, min(SILENCE, self.begun + DEADLINE - time.monotonic()))

    def came(self, size: int) -> None:
        """Count a part. Raises NotTaken for a body that is too slow or over its time."""
        moment = time.monotonic()
        self.bytes += size
        if moment - self.begun > DEADLINE:
            raise NotTaken(HTTPStatus.REQUEST_TIMEOUT)
        if moment - self.window >= WINDOW:
            if self.bytes < LEAST_RATE * (moment - self.window):
                raise NotTaken(HTTPStatus.REQUEST_TIMEOUT)
            self.window, self.bytes = moment, 0


async def take_in(source: Source, length: int | None, limit: int, address: str, places: Places) -> IO[bytes]:
    """The whole body as a file that stands at its beginning. The caller closes it.

    `length` is what the headers say (None where they say nothing), `limit` the most bytes that are taken. Raises
    NotTaken: too slow (408), too long (413), too many at once (429), or cut short (400).
    """
    kept: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes it
    placed = False
    parts = aiter(source)
    begun = time.monotonic()
    pace, size = _Pace(begun, begun), 0
    try:
        while length is None or size < length:
            following = asyncio.ensure_future(anext(parts, None))
            if not placed:
                await asyncio.wait({following}, timeout=max(0.0, begun + QUICK - time.monotonic()))
                if not following.done():
                    places.take(address)
                    placed = True
            part = await _soon(following, pace.wait())
            if not part:
                break
            size += len(part)
            if size > limit:
                raise NotTaken(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            pace.came(len(part))
            kept.write(part)
        if length is not None and size != length:
            raise NotTaken(HTTPStatus.BAD_REQUEST)
        kept.seek(0)
    except BaseException:
        kept.close()
        raise
    finally:
        if placed:
            places.leave(address)
    return kept


async def _soon(following: "asyncio.Future[bytes | None]", seconds: float) -> bytes | None:
    """The part that was asked for; raises NotTaken when it does not come in time or the line broke."""
    await asyncio.wait({following}, timeout=seconds)
    if not following.done():
        following.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await following
        raise NotTaken(HTTPStatus.REQUEST_TIMEOUT)
    try:
        return following.result()
    except (RuntimeError, OSError) as error:  # granian's ProtocolClosed and ProtocolError are RuntimeErrors
        raise NotTaken(HTTPStatus.BAD_REQUEST) from error
