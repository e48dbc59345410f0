"""E-mail addresses, as our sender can write to them: one plain address, its domain as the name system knows it."""

import re

import idna

from tadbir.reading.letters import plain

LONGEST = 254
#: What stands before the @ (RFC 5322, a dot-atom): no quotes, no list, no name, nothing that a header takes apart.
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]*[a-z])[a-z0-9][a-z0-9-]{0,61}[a-z0-9]")
_AROUND = re.compile(r"^(?:mailto:)?[<«\s]*|[>».,;،؛\s]*$")


def read_address(written: str) -> str | None:
    """The address that a letter can be sent to, or None.

    Signs that nobody sees go, digits become Western, a domain in Arabic letters takes the form that servers know it by
    (xn--…). A name before the @ in other than Latin letters is none: few servers take it, and ours does not send it.
    """
    text = _AROUND.sub("", plain(written[: 2 * LONGEST]))
    name, at, domain = text.rpartition("@")
    if not at or not _NAME.fullmatch(name) or len(name) > 64:
        return None
    try:
        known = domain.lower() if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None
    address = f"{name}@{known}"
    return address if _DOMAIN.fullmatch(known) and len(address) <= LONGEST else None
