"""One way to write a value as bytes, so that the same value has the same hash everywhere.

Sorted keys, no spaces, UTF-8, NFC, no bidi isolates; floats are refused because their text differs
between languages.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

_ISOLATES = re.compile("[\u2066-\u2069]")


def plain(value: Any) -> Any:
    """`value` reduced to what canonical JSON may hold. Raises TypeError for anything else."""
    known = type(value)
    if (known is str and value.isascii()) or known is int or value is None:  # nearly everything
        return value
    if isinstance(value, str):
        text = str(value)
        return text if text.isascii() else unicodedata.normalize("NFC", _ISOLATES.sub("", text))
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {plain(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: Any) -> bytes:
    """The canonical JSON of a value."""
    return written(plain(value))


def written(value: Any) -> bytes:
    """The canonical JSON of what is `plain` already."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256_hex(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
