"""The ways by which somebody can be told: what he left, read by the reader of the sender itself, and what is set up.

Pages ask here before they promise anything; a notice takes its ways from here. One that is written into a file reaches
nobody: it is a way only where nothing is real (`REHEARSAL`: the demonstration and the tests).
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings

from tadbir.councils.scope import current_council
from tadbir.notify import gateways, mail
from tadbir.notify.models import Notice
from tadbir.reading import telephone
from tadbir.reading.mail import read_address

MAIL, TEXT = Notice.Channel.MAIL.value, Notice.Channel.TEXT.value


class Way(NamedTuple):
    """A channel and an address in it, as written."""

    channel: str
    address: str


def usable(way: Way) -> str:
    """The address as the sender uses it; empty when nothing can be sent to it (a fixed line, half an address)."""
    if way.channel == MAIL:
        return read_address(way.address) or ""
    number = telephone.read_telephone(way.address)
    return number if number and telephone.takes_text(number) else ""


def ways_to(phone: str, email: str, *, mail_first: bool = False) -> list[Way]:
    """The ways that somebody left, in the order in which they are tried: a telephone is read before a mailbox."""
    left = [Way(TEXT, phone), Way(MAIL, email)]
    return [way for way in (reversed(left) if mail_first else left) if way.address.strip()]


def is_set_up(channel: str) -> bool:
    """Whether the current council can send by this channel today, or plays that it can."""
    council = current_council()
    if channel == MAIL:
        return mail.is_set_up(council) and (settings.REHEARSAL or not mail.writes_files())
    kind = gateways.settings_of(council).get("kind")
    return kind == "gammu" or (kind == "file" and settings.REHEARSAL)


def can_tell(phone: str, email: str) -> bool:
    """Whether something sent to one of these can leave: what a page may promise."""
    return any(leaves(way) for way in ways_to(phone, email))


def leaves(way: Way) -> bool:
    """Whether something sent by this way leaves today."""
    return bool(usable(way)) and is_set_up(way.channel)


def also_by(left: Sequence[Way]) -> list[Way]:
    """The ways that can be used besides the first of them: what goes by every way goes by these too."""
    return [way for way in left if leaves(way)][1:]


def open_channels() -> frozenset[str]:
    """The channels by which the current council can send."""
    return frozenset(channel for channel in (TEXT, MAIL) if is_set_up(channel))


def is_rehearsal() -> bool:
    """Whether what leaves the current council only lands in files."""
    if not settings.REHEARSAL:
        return False
    return gateways.settings_of(current_council()).get("kind") == "file" and not mail.is_real(current_council())
