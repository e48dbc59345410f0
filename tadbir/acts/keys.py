"""The council's seal keys: files on this machine, their public part in the database."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.db import transaction

from tadbir.acts.documents import pki
from tadbir.acts.models import SealKey
from tadbir.councils.actions import renew_stamp
from tadbir.councils.clock import now
from tadbir.councils.memory import read_once
from tadbir.councils.models import Council
from tadbir.councils.scope import current_council
from tadbir.register.actions import append


def folder_of(council: Council) -> Path:
    """Where the keys of a council are. Back it up apart from the data: who has it can seal."""
    return Path(settings.HOME) / "keys" / council.slug


def authorities() -> list[x509.Certificate]:
    """Authorities whose qualified signatures this council accepts: PEM files in keys/<slug>/accepted/."""
    return pki.read_roots(folder_of(current_council()) / "accepted")


def make_keys() -> SealKey:
    """Make a new seal key for the current council and make it the one that seals. Leaves a link in the chain."""
    council, moment = current_council(), now()
    made = pki.make_keys(folder_of(council), council.title_fr, moment, demo=council.demo)
    folder = folder_of(council)
    with transaction.atomic():
        row = SealKey.objects.create(
            kid=made.kid,
            certificate=(folder / f"seal-{made.kid}.cert.pem").read_text("ascii"),
            root=(folder / "root.cert.pem").read_text("ascii"),
            starts_at=made.certificate.not_valid_before_utc,
            ends_at=made.certificate.not_valid_after_utc,
        )
        renew_stamp()
        append("seal_key_made", {"kid": made.kid, "demo": council.demo, "ends_at": row.ends_at})
    return row


def revoke_key(kid: str, reason: str) -> None:
    """Say that a key must no longer be believed from now on; the next act needs a new one."""
    with transaction.atomic():
        SealKey.objects.filter(kid=kid, revoked_at__isnull=True).update(revoked_at=now(), revoked_reason=reason)
        renew_stamp()
        append("seal_key_revoked", {"kid": kid, "reason": reason})


def current_key() -> pki.SealKey:
    """The key that seals now. The very first one is made by itself; a lost one is never replaced silently.

    Raises `pki.NoKey` when keys existed and none can be used: run `tadbir keys`.
    """
    rows = _keys()
    in_force = _in_force(rows)
    if rows and not in_force:
        raise pki.NoKey("no seal key of this council is in force: make a new one")
    usable = in_force[-1] if in_force else make_keys()
    return _load(str(folder_of(current_council())), usable.kid)


def lost_key() -> str:
    """The folder where the key in force is not, cannot be read or is another one: nothing is sealed without it. Empty
    where it is there, and where none is in force."""
    folder, in_force = folder_of(current_council()), _in_force(_keys())
    if not in_force:
        return ""
    try:
        fits = _fits(pki.load_key(folder, in_force[-1].kid), in_force[-1])
    except (OSError, ValueError, pki.NoKey):
        fits = False
    return "" if fits else str(folder)


def _in_force(rows: Sequence[SealKey]) -> list[SealKey]:
    """Those that may seal now, the newest last."""
    moment = now()
    return [row for row in rows if row.revoked_at is None and row.starts_at <= moment < row.ends_at]


def _fits(key: pki.SealKey, row: SealKey) -> bool:
    """Whether the files are those that the table names: what is sealed by another key is believed by nobody."""
    certificate, root = (x509.load_pem_x509_certificate(text.encode("ascii")) for text in (row.certificate, row.root))
    return (key.certificate, key.root, key.private.public_key()) == (certificate, root, certificate.public_key())


@read_once
def _keys() -> tuple[SealKey, ...]:
    """Every key of the current council, the oldest first."""
    return tuple(SealKey.objects.defer("certificate", "root").order_by("pk"))


@lru_cache(maxsize=128)
def _load(folder: str, kid: str) -> pki.SealKey:
    return pki.load_key(Path(folder), kid)
