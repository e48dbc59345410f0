"""COSE_Sign1 (RFC 9052), ES256, with integer keys as in CWT (RFC 8392): the seal that fits a QR code.

The claims hold no personal data: who issued, the number, the kind, the date, the SHA-256 of the act's
canonical JSON, the council's code, how it was signed and whether the keys are those of a demonstration.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tadbir.reading.codes import CHECK_LENGTH, CHECK_SIGNS
from tadbir.reading.letters import plain

ES256 = -7
TAG = 18
# CWT registers 1 (issuer), 2 (subject) and 6 (issued at); numbers below -65536 are for private use.
ISSUER, SUBJECT, ISSUED_AT = 1, 2, 6
KIND, DATE, SHA256, DEMO, VERSION, SIGNED = -70001, -70002, -70003, -70004, -70005, -70006


class BadSeal(ValueError):
    """The code is not one of ours, was changed, or was signed by an unknown key."""


class Changed(BadSeal):
    """It was sealed by a known key, and is not what was sealed."""


class UnknownKey(BadSeal):
    """Signed by a key that is not among those given: nobody can judge by them."""


@dataclass(frozen=True)
class Claims:
    """What the QR code says. `sha256` is 32 bytes, `issued_at` aware UTC, `date` ISO."""

    council: str
    number: str
    kind: str
    date: str
    sha256: bytes
    issued_at: datetime
    demo: bool
    #: How it was signed when it was sealed (a `SignatureState`); empty: nobody signs it, or it is from before.
    signed: str = ""

    def to_map(self) -> dict[int, Any]:
        """The claims as a CBOR map with integer keys."""
        return {
            ISSUER: self.council,
            SUBJECT: self.number,
            ISSUED_AT: int(self.issued_at.timestamp()),
            KIND: self.kind,
            DATE: self.date,
            SHA256: self.sha256,
            DEMO: self.demo,
            VERSION: 1,
        } | ({SIGNED: self.signed} if self.signed else {})

    @classmethod
    def from_map(cls, value: Mapping[int, Any]) -> "Claims":
        """Raises `BadSeal` when a claim is missing or has another type."""
        shape = {ISSUER: str, SUBJECT: str, ISSUED_AT: int, KIND: str, DATE: str, SHA256: bytes, DEMO: bool}
        if (
            value.get(VERSION) != 1
            or not isinstance(value.get(SIGNED, ""), str)
            or any(not isinstance(value.get(k), t) for k, t in shape.items())
        ):
            raise BadSeal("not the claims of an act")
        return cls(
            value[ISSUER],
            value[SUBJECT],
            value[KIND],
            value[DATE],
            value[SHA256],
            datetime.fromtimestamp(value[ISSUED_AT], UTC),
            value[DEMO],
            value.get(SIGNED, ""),
        )


def claims_of(document: Mapping[str, Any], sha256: bytes) -> Claims:
    """The claims of an act document (the canonical act JSON, see docs/acts.md)."""
    return Claims(
        council=document["council"]["code"],
        number=document["number"],
        kind=document["kind"],
        date=document["date"],
        sha256=sha256,
        demo=bool(document["demo"]),
        signed=str((document.get("signature") or {}).get("state", "")),
        issued_at=datetime.fromisoformat(document["issued_at"]),
    )


def key_id(public_key: Any) -> bytes:
    """Eight bytes of the SHA-256 of the public key (SubjectPublicKeyInfo, DER)."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    der = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).digest()[:8]


#: What a stream of bytes that is not ours may raise on the way.
_HOSTILE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    EOFError,
    MemoryError,
    OSError,
)


def _signed_bytes(protected: bytes, payload: bytes) -> bytes:
    import cbor2

    return cbor2.dumps(["Signature1", protected, b"", payload])


def sign(claims: Claims, private_key: Any) -> bytes:
    """The COSE_Sign1 bytes. Deterministic (RFC 6979): the same act and key give the same bytes."""
    import cbor2
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.hashes import SHA256 as Sha256

    protected = cbor2.dumps({1: ES256, 4: key_id(private_key.public_key())}, canonical=True)
    payload = cbor2.dumps(claims.to_map(), canonical=True)
    der = private_key.sign(_signed_bytes(protected, payload), ec.ECDSA(Sha256(), deterministic_signing=True))
    r, s = utils.decode_dss_signature(der)
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return cbor2.dumps(cbor2.CBORTag(TAG, [protected, {}, payload, signature]))


def parts(message: bytes) -> tuple[bytes, Claims, bytes, bytes]:
    """(kid, claims, bytes signed, raw signature), nothing verified yet. Raises `BadSeal`."""
    import cbor2

    try:
        tag = cbor2.loads(message)
        protected, unprotected, payload, signature = tag.value
        header, body = cbor2.loads(protected), cbor2.loads(payload)
        again = cbor2.dumps(cbor2.CBORTag(TAG, [protected, {}, payload, signature]))  # one spelling only
        if unprotected or again != message or header[1] != ES256 or len(signature) != 64:
            raise BadSeal("not a COSE_Sign1 message with ES256")
        return bytes(header[4]), Claims.from_map(body), _signed_bytes(protected, payload), bytes(signature)
    except BadSeal:
        raise
    except (cbor2.CBORError, *_HOSTILE) as error:
        raise BadSeal("not a COSE_Sign1 message") from error


def verify(message: bytes, keys: Mapping[bytes, Any]) -> Claims:
    """The claims, when signed by one of `keys` (kid -> public key). Raises `BadSeal`, never returns doubt."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.hashes import SHA256 as Sha256

    kid, claims, signed, raw = parts(message)
    if kid not in keys:
        raise UnknownKey(f"unknown key {kid.hex()}")
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        keys[kid].verify(der, signed, ec.ECDSA(Sha256()))
    except InvalidSignature as error:
        raise Changed("the signature does not match: something was changed") from error
    return claims


def to_text(message: bytes) -> str:
    """base64url without padding, as in the URL fragment."""
    return base64.urlsafe_b64encode(message).rstrip(b"=").decode("ascii")


def from_text(text: str) -> bytes:
    """The message in a QR text: a whole URL with `#`, or the fragment alone. Raises `BadSeal`."""
    fragment = "".join(plain(text).split()).rpartition("#")[2]
    try:
        return base64.b64decode(fragment + "=" * (-len(fragment) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise BadSeal("not a text of ours") from error


def check_code(message: bytes) -> str:
    """Ten signs printed under the QR (`XXXXX-XXXXX`), derived from the seal: nobody can guess them.

    With the number they let a person without camera or script ask the council on line.
    """
    value = int.from_bytes(hashlib.sha256(b"tadbir check code\0" + message).digest()[:7], "big")
    text = "".join(CHECK_SIGNS[value >> 5 * place & 31] for place in range(CHECK_LENGTH))
    return f"{text[:5]}-{text[5:]}"
