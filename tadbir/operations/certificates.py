"""A certificate for the council's own network: a local authority made once, and a server certificate under it.

Passkeys and the off-line verifier need HTTPS. A council that has a certificate of its own gives it to `init`.
"""

import ipaddress
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tadbir.operations.home import write_private
from tadbir.operations.refusals import why
from tadbir.operations.words import _

AUTHORITY_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=800)  # telephones refuse more than 825 days
RENEW_BEFORE = timedelta(days=30)
_PEM = serialization.Encoding.PEM


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _save_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    form = serialization.PrivateFormat.PKCS8
    write_private(path, key.private_bytes(_PEM, form, serialization.NoEncryption()).decode())


def make_authority(folder: Path, council: str, moment: datetime) -> None:
    """Make the local authority: `ca.crt`, to be installed once on the council's computers, and `ca.key`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Tadbir, {council}")
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(hours=1))
        .not_valid_after(moment + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _save_key(folder / "ca.key", key)
    (folder / "ca.crt").write_bytes(built.public_bytes(_PEM))


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return x509.DNSName(host)


def make_server_certificate(folder: Path, hosts: list[str], moment: datetime) -> None:
    """Make `server.crt` and `server.key` for these names and addresses, signed by the local authority."""
    authority = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
    signer = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)  # noqa: S101 - we made it
    key = ec.generate_private_key(ec.SECP256R1())
    names = [_alternative(host) for host in dict.fromkeys([*hosts, "localhost", "127.0.0.1"])]
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    built = (
        x509.CertificateBuilder()
        .subject_name(_name(hosts[0]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(hours=1))
        .not_valid_after(moment + SERVER_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer_key, critical=False)
        .sign(signer, hashes.SHA256())
    )
    _save_key(folder / "server.key", key)
    (folder / "server.crt").write_bytes(built.public_bytes(_PEM) + authority.public_bytes(_PEM))


def unfit(certificate: Path, key: Path, host: str, moment: datetime) -> str:
    """Why browsers would refuse a certificate of the council's own, in a sentence; nothing where they would not."""
    try:
        found = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
    except ValueError:
        return _("%(file)s is no certificate (PEM).") % {"file": certificate}
    try:
        private = serialization.load_pem_private_key(key.read_bytes(), None)
    except TypeError:
        return _("%(file)s is locked by a password: give a key without one.") % {"file": key}
    except (ValueError, UnsupportedAlgorithm):
        return _("%(file)s is no key (PEM).") % {"file": key}
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    if private.public_key().public_bytes(_PEM, form) != found.public_key().public_bytes(_PEM, form):
        return _("%(key)s is not the key of %(certificate)s.") % {"key": key, "certificate": certificate}
    if not found.not_valid_before_utc <= moment < found.not_valid_after_utc:
        days = {"first": f"{found.not_valid_before_utc:%Y-%m-%d}", "last": f"{found.not_valid_after_utc:%Y-%m-%d}"}
        return _("The certificate is not valid today: it is from %(first)s to %(last)s.") % days
    names = _names_of(found)
    if not any(_is_named(host, name) for name in names):
        text = _("The certificate is not for %(host)s: it names %(names)s.")
        return text % {"host": host, "names": ", ".join(names) or _("no machine")}
    return ""


def unreadable(folder: Path) -> str:
    """What of the files of TLS is lost, cannot be read or does not fit the rest, in a sentence; nothing where all do.

    The one reader of them all: whoever serves, renews or looks asks here first.
    """
    for name in ("server", "ca"):
        certificate, key = folder / f"{name}.crt", folder / f"{name}.key"
        if not certificate.exists() and not key.exists():
            continue
        try:
            found = x509.load_pem_x509_certificates(certificate.read_bytes())[0].public_key()
        except (OSError, ValueError) as error:
            return _cannot(certificate, error)
        if name == "ca" and not key.exists():
            continue  # an authority whose key is kept elsewhere: nothing is renewed here
        try:
            private = serialization.load_pem_private_key(key.read_bytes(), None)
        except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
            return _cannot(key, error)
        if private.public_key() != found:
            wrong = _("%(key)s is not the key of %(certificate)s.") % {"key": key, "certificate": certificate}
            return wrong + " " + _("Put both files of one certificate there, or take both from a backup.")
    return ""


def _cannot(path: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        text = _("%(file)s cannot be read (%(why)s): take it from a backup.")
        return text % {"file": path, "why": why(OSError(error.errno, error.strerror))}
    return _("%(file)s holds no certificate or key that can be read: take it from a backup.") % {"file": path}


def _names_of(found: x509.Certificate) -> list[str]:
    try:
        said = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    addresses = map(str, said.get_values_for_type(x509.IPAddress))
    return [name.lower() for name in (*said.get_values_for_type(x509.DNSName), *addresses)]


def _is_named(host: str, name: str) -> bool:
    return host == name or (name.startswith("*.") and host.partition(".")[2] == name[2:])


def end_of(path: Path) -> datetime:
    """When a certificate ends. Raises OSError or ValueError when it cannot be read."""
    return x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc


def expired(folder: Path, moment: datetime) -> str:
    """What is said where the certificate that is served has ended: nothing before, or where none is there."""
    path = folder / "server.crt"
    if not path.exists() or end_of(path) > moment:
        return ""
    text = _(
        "The certificate expired on %(day)s: browsers refuse this server. Put a new server.crt and its server.key into "
        "%(folder)s, then start again."
    )
    return text % {"day": f"{end_of(path):%Y-%m-%d}", "folder": folder}


def renew_if_ending(folder: Path, hosts: list[str], moment: datetime) -> bool:
    """Renew a certificate of the local authority in its last thirty days. True when it was renewed."""
    if not (folder / "ca.key").exists() or end_of(folder / "server.crt") - moment > RENEW_BEFORE:
        return False
    make_server_certificate(folder, hosts, moment)
    return True
