"""Canonical JSON of an act: one data, one byte string, one SHA-256.

Sorted keys, UTF-8, no spaces, Unicode NFC, direction controls and other control characters removed.
Floating point numbers are refused: their text differs between languages; write amounts as strings or centimes.
"""

import hashlib
from typing import Any

from tadbir.acts.documents.bidi import clean
from tadbir.register.canonical import written

LARGEST_INTEGER = 2**53 - 1  # beyond it a browser reads another number than the one signed


class NotCanonical(ValueError):
    """The value cannot be written in canonical JSON; the message names the place."""


def normalise(value: Any, path: str = "act") -> Any:
    """The same data with clean NFC text. Raises `NotCanonical` for anything that has no single spelling."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical(f"{path}: integer too large for every reader")
        return int(value)
    if isinstance(value, list | tuple):
        return [normalise(item, f"{path}[{index}]") for index, item in enumerate(value)]
    if isinstance(value, dict):
        return _normalise_dict(value, path)
    raise NotCanonical(f"{path}: {type(value).__name__} has no canonical form; write it as text")


def _normalise_dict(value: dict[Any, Any], path: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"{path}: a key must be text")
        name = clean(key)
        if name in result:
            raise NotCanonical(f"{path}: key given twice: {name}")
        result[name] = normalise(item, f"{path}.{name}")
    return result


def canonical(document: Any, *, normalised: bool = False) -> bytes:
    """The canonical bytes of `document` (already `normalised`: not done again).

    Idempotent: canonical(parse(canonical(x))) == canonical(x).
    """
    return written(document if normalised else normalise(document))


def digest(document: Any, *, normalised: bool = False) -> bytes:
    """SHA-256 (32 bytes) of the canonical JSON. This is what the QR code carries."""
    return hashlib.sha256(canonical(document, normalised=normalised)).digest()
