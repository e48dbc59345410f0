"""The key that signs the backups of an installation. It never enters a backup: whoever has one cannot sign another.

Its public part has a fingerprint of 32 signs, which `init` and `backup` print, `check` shows and the daily mail to the
witnesses bears: on a new machine, where the key itself is lost, that is what a restore is told to believe.
"""

import base64
import json
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from tadbir.operations import home

KEY = "backup.key"


class WrongSignature(ValueError):
    """The signature is not one of the key that it names."""


def key_of(folder: Path) -> Ed25519PrivateKey:
    """The key of an installation, made when there is none."""
    path = folder / KEY
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        home.write_private(path, pem.decode("ascii"))
    found = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(found, Ed25519PrivateKey)  # noqa: S101 - we made it
    return found


def fingerprint(folder: Path) -> str:
    """The fingerprint of an installation's key."""
    return _fingerprint(_raw(key_of(folder).public_key()))


def sign(folder: Path, data: bytes) -> bytes:
    """The signature of an installation, with the public key that it is checked by."""
    key = key_of(folder)
    said = {"key": _text(_raw(key.public_key())), "signature": _text(key.sign(data))}
    return json.dumps(said, sort_keys=True).encode()


def signer_of(data: bytes, signature: bytes) -> str:
    """The fingerprint of the key that signed. Raises WrongSignature."""
    try:
        said = json.loads(signature)
        public, mark = base64.b64decode(said["key"]), base64.b64decode(said["signature"])
        Ed25519PublicKey.from_public_bytes(public).verify(mark, data)
    except (InvalidSignature, ValueError, KeyError, TypeError) as error:
        raise WrongSignature("the signature does not hold") from error
    return _fingerprint(public)


def same(said: str, found: str) -> bool:
    """Whether a fingerprint that somebody typed is this one, whatever stands around it and between its groups."""
    return bool(found) and _plain(found) in _plain(said)  # the whole line may be given, as it was printed


def _plain(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _fingerprint(public: bytes) -> str:
    digest = Hash(SHA256())
    digest.update(public)
    text = digest.finalize().hex()[:32].upper()
    return "-".join(text[at : at + 4] for at in range(0, 32, 4))
