"""Letters that a mail server took and sent back later: the report says which notice it was (RFC 3464).

The council's mail server hands what comes to the address of the sender to `tadbir bounced`. Only a report that the
letter failed for good counts, and only of a letter that we sent: its Message-ID carries a tag that nobody can guess.
"""

import email
import hmac
import re
from email.message import Message
from typing import NamedTuple

from django.utils.crypto import salted_hmac

_ID = re.compile(r"<notice-(?P<notice>\d{1,18})\.(?P<slug>[a-z0-9-]+)\.(?P<tag>[0-9a-f]{16})@")


class Bounce(NamedTuple):
    """Which notice of which council came back, and what the server said."""

    slug: str
    notice: int
    why: str


def _tag(slug: str, notice: int) -> str:
    return salted_hmac("tadbir.notice", f"{slug}/{notice}", algorithm="sha256").hexdigest()[:16]


def message_id(slug: str, notice: int, domain: str) -> str:
    """The Message-ID of a letter: the same for the same notice, however often it is sent."""
    return f"<notice-{notice}.{slug}.{_tag(slug, notice)}@{domain}>"


def read(report: bytes) -> Bounce | None:
    """What a report says; None for anything else: another letter, a delay, a letter that is not ours."""
    parts = list(email.message_from_bytes(report).walk())
    said = next((_failed(part) for part in parts if part.get_content_type() == "message/delivery-status"), "")
    found = next((match for part in parts if (match := _ID.search(_headers(part)))), None)
    if not said or found is None:
        return None
    slug, notice = found["slug"], int(found["notice"])
    return Bounce(slug, notice, said) if hmac.compare_digest(found["tag"], _tag(slug, notice)) else None


def _failed(part: Message) -> str:
    """What the server said of a recipient whom the letter will never reach; empty for a delay or a success."""
    for one in part.walk():
        status = str(one.get("Status", "")).strip()
        if status.startswith("5") and str(one.get("Action", "")).strip().lower() == "failed":
            return f"{status} {one.get('Diagnostic-Code', '')}".strip()
    return ""


def _headers(part: Message) -> str:
    """Where the Message-ID of the letter that came back stands: in the letter itself, or in its headers alone."""
    if part.get_content_type() == "text/rfc822-headers":
        return str(part.get_payload())
    return str(part.get("Message-ID", ""))
