"""A council's own keys: a root, and a seal certificate under it (EC P-256), as files that only the service reads.

The council's root is not an accredited authority: the papers say whose keys are trusted. Certificates of a
demonstration carry DEMO in their subject. The seal key signs the QR code (COSE) and the PDF (PAdES).
"""

import base64
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tadbir.acts.documents.cose import key_id

ROOT_LIFE = timedelta(days=3653)
SEAL_LIFE = timedelta(days=1096)
_PEM, _DER = serialization.Encoding.PEM, serialization.Encoding.DER


class NoKey(RuntimeError):
    """The key that should sign is not in the council's folder; the message says which."""


@dataclass(frozen=True)
class SealKey:
    """A seal key with its certificate and the root above it. `kid` is hexadecimal (16 signs)."""

    private: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    @property
    def kid(self) -> str:
        """Short name of the public key, as in the COSE header."""
        return key_id(self.private.public_key()).hex()


@dataclass(frozen=True)
class KnownKey:
    """A public key the verifier trusts, and for how long. `revoked_at`: nothing sealed later is believed."""

    kid: str
    council: str
    certificate: str
    root: str
    revoked_at: datetime | None = None

    @property
    def x509(self) -> x509.Certificate:
        """The certificate, parsed."""
        return x509.load_pem_x509_certificate(self.certificate.encode())

    def to_json(self) -> dict[str, Any]:
        """One line of the key list that the public verifier keeps."""
        certificate = self.x509
        public = certificate.public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)  # noqa: S101 - we made it
        point = public.public_numbers()
        return {
            "kid": self.kid,
            "council": self.council,
            "subject": certificate.subject.rfc4514_string(),
            "demo": is_demo(certificate),
            "from": certificate.not_valid_before_utc.isoformat(),
            "to": certificate.not_valid_after_utc.isoformat(),
            "certificate": self.certificate,
            "root": self.root,
            "revoked": self.revoked_at.isoformat() if self.revoked_at else None,
            "jwk": {"kty": "EC", "crv": "P-256", "x": _b64(point.x), "y": _b64(point.y)},
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "KnownKey":
        """Read one line of the key list; the kid is computed again from the certificate, never believed."""
        certificate = x509.load_pem_x509_certificate(value["certificate"].encode())
        revoked = datetime.fromisoformat(value["revoked"]) if value.get("revoked") else None
        return cls(
            key_id(certificate.public_key()).hex(), value["council"], value["certificate"], value["root"], revoked
        )


def _b64(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


def is_demo(certificate: x509.Certificate) -> bool:
    """Whether the subject says DEMO."""
    return any("DEMO" in str(item.value) for item in certificate.subject)


def _name(common: str, council: str, demo: bool) -> x509.Name:
    mark = "DEMO - SPECIMEN " if demo else ""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "MA"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{mark}{council}"[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{mark}{common}"[:64]),
        ]
    )


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    start: datetime,
    life: timedelta,
    is_root: bool,
) -> x509.Certificate:
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - timedelta(hours=1))
        .not_valid_after(start + life)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(_usage(is_root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    return builder.sign(signer, hashes.SHA256())


def make_keys(folder: Path, council: str, start: datetime, *, demo: bool) -> SealKey:
    """Make a seal certificate for `council` (its Latin name) from `start`, and the root if there is none.

    Files: root.key.pem, root.cert.pem, seal-<kid>.key.pem, seal-<kid>.cert.pem; keys are 0600, the folder 0700.
    An existing file is never overwritten. Nothing protects a key but the machine: docs/acts.md says more.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    root_key_path, root_path = folder / "root.key.pem", folder / "root.cert.pem"
    if not root_path.exists():
        root_key = ec.generate_private_key(ec.SECP256R1())
        name = _name("Autorité du conseil", council, demo)
        root = _certificate(name, name, root_key, root_key, start, ROOT_LIFE, is_root=True)
        _write(root_key_path, _private_pem(root_key), 0o600)
        _write(root_path, root.public_bytes(_PEM), 0o644)
    root = x509.load_pem_x509_certificate(root_path.read_bytes())
    root_key = _load_private(root_key_path)
    key = ec.generate_private_key(ec.SECP256R1())
    life = min(SEAL_LIFE, root.not_valid_after_utc - start)
    certificate = _certificate(
        _name("Cachet électronique", council, demo), root.subject, key, root_key, start, life, is_root=False
    )
    made = SealKey(key, certificate, root)
    _write(folder / f"seal-{made.kid}.key.pem", _private_pem(key), 0o600)
    _write(folder / f"seal-{made.kid}.cert.pem", certificate.public_bytes(_PEM), 0o644)
    return made


def load_key(folder: Path, kid: str) -> SealKey:
    """The seal key named `kid`. Raises `NoKey` when a file is missing or another user may read the key."""
    path = folder / f"seal-{kid}.key.pem"
    private = _load_private(path)
    try:
        certificate = x509.load_pem_x509_certificate((folder / f"seal-{kid}.cert.pem").read_bytes())
        root = x509.load_pem_x509_certificate((folder / "root.cert.pem").read_bytes())
    except (OSError, ValueError) as error:
        raise NoKey(f"the certificate of seal key {kid} cannot be read") from error
    return SealKey(private, certificate, root)


def _load_private(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        if path.stat().st_mode & 0o077:
            raise NoKey(f"{path.name}: other users may read this key; set its mode to 600")
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise NoKey(f"{path.name} cannot be read") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise NoKey(f"{path.name} is not an elliptic curve key")
    return key


def _private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _write(path: Path, data: bytes, mode: int) -> None:
    """Create the file durably; refuse to replace one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def to_asn1(certificate: x509.Certificate) -> Any:
    """The certificate as pyHanko wants it."""
    from asn1crypto import x509 as asn1

    return asn1.Certificate.load(certificate.public_bytes(_DER))


def read_roots(folder: Path) -> list[x509.Certificate]:
    """The authorities whose signatures the council accepts: every PEM certificate in the folder."""
    found: list[x509.Certificate] = []
    for path in sorted(folder.glob("*.pem")) if folder.is_dir() else []:
        found += x509.load_pem_x509_certificates(path.read_bytes())
    return found
