"""Names and addresses of machines, as a browser opens them: tadbir.council.ma, 192.168.1.10, localhost."""

import ipaddress
import re

import idna

from tadbir.reading.letters import plain

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
LONGEST = 253


def read_host(written: str) -> str | None:
    """The name or the address alone, as certificates and papers bear it; None when it is neither.

    An address (https://…), a port or a path beside it is not taken off: whoever writes them means more than a name. A
    name in Arabic letters takes the form that servers know it by (xn--…).
    """
    text = plain(written[: 2 * LONGEST]).lower()
    try:
        return str(ipaddress.ip_address(text.removeprefix("[").removesuffix("]")))
    except ValueError:
        pass
    try:
        name = text if text.isascii() else idna.encode(text, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None
    name = name.removesuffix(".")
    is_figures = name.replace(".", "").isdigit()  # 192.168.1: an address written wrongly
    return name if _NAME.fullmatch(name) and len(name) <= LONGEST and not is_figures else None


def in_address(host: str) -> str:
    """A host as it stands in an address: one of the sixth version in brackets."""
    return f"[{host}]" if ":" in host else host
