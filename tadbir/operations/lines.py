"""Which connections a worker keeps open: none that says nothing, that nobody needs any more, or that reads nothing.

granian ends a connection whose TLS handshake or whose first headers do not come in time. It keeps for ever one that
says nothing after the handshake (or at all, without TLS), one of HTTP/2 between two requests, and one whose reader
stopped reading; and it counts none by its address. Here the worker looks at its own sockets once a second, with what
Linux says of them, and ends those. Of an address that holds too many, the ones that nobody has needed for the longest
time go: a browser opens another by itself, so that many honest people behind one address lose nothing.
"""

import logging
import os
import socket
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fcntl import ioctl
from threading import Thread
from time import monotonic, sleep
from typing import NamedTuple

from tadbir.councils.address import is_proxy, subscriber
from tadbir.operations.web import at_most

logger = logging.getLogger(__name__)
#: Seconds until the first byte: a packet that was lost twice comes after three.
FIRST_BYTE = 10.0
#: Seconds until the first request is whole, TLS and all; with 50 kbit/s and half a second each way it takes three.
FIRST_REQUEST = 20.0
#: Seconds between two requests: as long as a page is read before the next link, mostly.
BETWEEN = 60.0
#: Seconds in which a reader takes not one byte of what is sent to him.
STALLED = 60.0
#: Connections kept for one address, in a worker. A council of fifty agents behind one address opens fifty (HTTPS) to
#: three hundred (six a browser, without), over its workers, and needs them for a second each.
FROM_ONE = 256
_EVERY = 1.0
_PENDING = 0x5411  # SIOCOUTQ: bytes that the other side has not taken
_MOVED = struct.Struct("=QQ")  # of struct tcp_info: tcpi_bytes_acked and tcpi_bytes_received
_MOVED_AT = 120


def _peer(host: str, port: object) -> str:
    return f"{host.strip('[]').partition('%')[0]} {port}"


class Moved(NamedTuple):
    """What Linux says of a connection: bytes that wait for the reader, that he took, and that he sent."""

    pending: int
    taken: int
    received: int


NOTHING = Moved(0, 0, 0)


@dataclass
class Line:
    """One connection as it was seen last."""

    peer: str
    address: str
    begun: float
    needed: float = 0.0  # the last moment at which a request was in hand, or something on its way
    served: bool = False
    in_hand: bool = False
    last: Moved = NOTHING
    moved: float = 0.0  # the last moment at which the reader took something, or had nothing to take

    def seen(self, moment: float, in_hand: bool, served: float, now: Moved) -> None:
        """Note what it does now; `served` is when its last request was answered, 0 for never."""
        if now.taken != self.last.taken or not now.pending:
            self.moved = moment
        if served < self.begun - 2 * _EVERY:  # another connection had this address and port before
            served = 0.0
        self.in_hand, self.last = in_hand, now
        self.served = self.served or in_hand or bool(served)
        self.needed = max(self.needed, self.begun, served, moment if in_hand or now.pending else 0.0)

    def is_over(self, moment: float) -> bool:
        """Whether nobody honest waits for it any more."""
        if self.last.pending and moment - self.moved > STALLED:
            return True
        if self.served:
            return moment - self.needed > BETWEEN
        return moment - self.begun > (FIRST_REQUEST if self.last.received else FIRST_BYTE)


def too_many(lines: Iterable[Line], room: int) -> list[Line]:
    """Those that must go for the others: nothing is in hand on them, and they have been needless the longest."""
    by_address: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_address[line.address].append(line)
    going, idle, left = [], [], 0
    for own in by_address.values():
        free = sorted((one for one in own if not one.in_hand), key=lambda one: one.needed)
        over = max(0, len(own) - FROM_ONE)
        going += free[:over]
        idle += free[over:]
        left += len(own) - len(free[:over])
    return going + sorted(idle, key=lambda one: one.needed)[: max(0, left - room)]


@dataclass
class Lines:
    """The connections of one worker, and which of them have a request in hand."""

    most: int = field(default_factory=at_most)
    in_hand: Counter[str] = field(default_factory=Counter)
    served: dict[str, float] = field(default_factory=dict)
    _known: dict[str, Line | None] = field(default_factory=dict)
    _ports: set[int] = field(default_factory=set)

    @contextmanager
    def wanted(self, client: str) -> Iterator[None]:
        """Say that a request of this other end (granian's `scope.client`) is being taken in or answered."""
        host, _, port = client.rpartition(":")
        peer = _peer(host, port)
        self.in_hand[peer] += 1
        try:
            yield
        finally:
            self.served[peer] = monotonic()
            self.in_hand[peer] -= 1
            if not self.in_hand[peer]:
                del self.in_hand[peer]

    def watch(self) -> None:
        """Look after them from now on, in a thread, where the system tells what is needed (Linux)."""
        if sys.platform == "linux":
            Thread(target=self._watch, name="lines", daemon=True).start()

    def _watch(self) -> None:
        while True:
            sleep(_EVERY)
            try:
                self.look(monotonic())
            except Exception:  # whatever it met: the next look may do better, and without looks nothing is ended
                logger.exception("connections were not looked at")

    def look(self, moment: float) -> None:
        """Look at every connection once, and end those that are over or too many."""
        numbers = dict(_sockets())
        self._known = {
            name: self._known[name] if name in self._known else self._first(number, moment)
            for name, number in numbers.items()
        }
        here = {name: one for name, one in self._known.items() if one and self._see(one, numbers[name], moment)}
        going = {one.peer for one in too_many(here.values(), self.most * 3 // 4)}
        for name, line in here.items():
            if line.peer in going or line.is_over(moment):
                _end(numbers[name], line.peer)
        for peer in [one for one, last in list(self.served.items()) if moment - last > 2 * BETWEEN]:
            self.served.pop(peer, None)

    def _first(self, number: int, moment: float) -> Line | None:
        """A socket that was not there before; None for one that is no connection to this server, or a proxy's."""
        with suppress(OSError), _own(number) as own:
            if own.family not in (socket.AF_INET, socket.AF_INET6):
                return None
            if own.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                self._ports.add(own.getsockname()[1])
            elif own.getsockname()[1] in self._ports:
                host, port = own.getpeername()[:2]
                if not is_proxy(host):  # it looks after its lines itself, and brings everybody
                    return Line(_peer(host, port), subscriber(host), moment)
        return None

    def _see(self, line: Line, number: int, moment: float) -> bool:
        try:
            with _own(number) as own:
                told = own.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _MOVED_AT + _MOVED.size)
                pending = int.from_bytes(ioctl(own.fileno(), _PENDING, bytes(4)), sys.byteorder)
        except OSError:  # it was closed meanwhile
            return False
        acked, received = _MOVED.unpack_from(told, _MOVED_AT)
        served = self.served.get(line.peer, 0.0)
        line.seen(moment, line.peer in self.in_hand, served, Moved(pending, acked, received))
        return True


def _sockets() -> Iterator[tuple[str, int]]:
    """Name in the kernel and number of every socket of this process."""
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208 - numbers, a thousand a second under attack
        with suppress(OSError):
            if (name := os.readlink(f"/proc/self/fd/{number}")).startswith("socket:"):  # noqa: PTH115
                yield name, int(number)


@contextmanager
def _own(number: int) -> Iterator[socket.socket]:
    """The socket behind a number, held: the server may close it and give its number to another meanwhile."""
    with socket.socket(fileno=os.dup(number)) as own:
        yield own


def _end(number: int, peer: str) -> None:
    """End a connection, if it is still the one that was looked at."""
    with suppress(OSError), _own(number) as own:
        if _peer(*own.getpeername()[:2]) == peer:
            own.shutdown(socket.SHUT_RDWR)
