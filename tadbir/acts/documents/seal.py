"""The seal on the PDF (PAdES B-B, pyHanko) and the check of signatures on a PDF, without network."""

import io
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from cryptography import x509

from tadbir.acts.documents import pki

FIELD = "Cachet"


class SealRefused(RuntimeError):
    """The signature on the PDF is not what it should be. `code` is for the reader's language (actions.py):
    unreadable, not_ours, unsigned, changed, untrusted, added, shows_else.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class SignatureReport:
    """One signature of a PDF. `subject` is the signer's certificate, `signed_at` what the signer's clock said."""

    field: str
    subject: str
    demo: bool
    signed_at: datetime | None
    intact: bool
    trusted: bool
    whole_file: bool
    changed_after: str
    expired_on: datetime | None
    certificate: x509.Certificate

    @property
    def valid(self) -> bool:
        """The bytes are those signed, by a key under a trusted root, and nothing came after.

        The library would let proofs for later years pass, and with them a new title: a reader takes the title of the
        window for ours. We add no such proofs; whoever keeps ours keeps them beside the file.
        """
        return self.holds and self.trusted

    @property
    def holds(self) -> bool:
        """The same, whosever key it is."""
        return self.intact and self.whole_file and self.changed_after == "NONE"


def load_library() -> None:
    """Load what sealing needs, a quarter of a second and 18 MB, before somebody waits for his first paper."""
    import pikepdf  # noqa: F401
    import pyhanko.sign.signers  # noqa: F401


def _signer(key: pki.SealKey) -> Any:
    return _made_signer(key.kid, key)


@lru_cache(maxsize=8)
def _made_signer(kid: str, key: pki.SealKey) -> Any:
    """pyHanko's signer; kept, because reading a key again at each signature costs more than signing."""
    from asn1crypto import keys
    from cryptography.hazmat.primitives import serialization
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    der = key.private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register_multiple([pki.to_asn1(key.certificate), pki.to_asn1(key.root)])
    return SimpleSigner(pki.to_asn1(key.certificate), keys.PrivateKeyInfo.load(der), store)


def seal(pdf_bytes: bytes, key: pki.SealKey, at: datetime, *, reason: str = "") -> bytes:
    """The PDF with an invisible PAdES B-B seal that certifies it. `at` is the stated time (aware)."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    class Untouched(IncrementalPdfFileWriter):
        """Leaves the metadata alone: the library writes them anew, without their extension schemas (PDF/A-3)."""

        def _update_meta(self) -> None: ...

    class Dated(PdfSigner):
        """States our time, not the library's: a demonstration lives in another one."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = at
            return session

    meta = PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        reason=reason or None,
    )
    out = io.BytesIO()
    Dated(meta, signer=_signer(key)).sign_pdf(Untouched(io.BytesIO(pdf_bytes)), output=out)
    return out.getvalue()


def verify_pdf(pdf_bytes: bytes, trust: Iterable[x509.Certificate]) -> list[SignatureReport]:
    """Every signature of a PDF, checked against the roots in `trust`; an unsigned PDF gives an empty list.

    Without network: revocation cannot be known here. Raises `SealRefused` when the bytes are no PDF.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    roots = [pki.to_asn1(root) for root in trust]
    try:
        reader = PdfFileReader(io.BytesIO(pdf_bytes))
        return [_report(signature, roots) for signature in reader.embedded_regular_signatures]
    except (PdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SealRefused("unreadable", f"this PDF cannot be read: {error}") from error


def _report(signature: Any, roots: list[Any]) -> SignatureReport:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    # A key that we do not know is an answer here; the library would write a traceback about it.
    logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)
    at = signature.self_reported_timestamp
    certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    # A certificate that has expired since then was valid when it sealed: judge it at the stated time.
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    level = status.modification_level or ModificationLevel.OTHER
    return SignatureReport(
        field=signature.field_name,
        subject=certificate.subject.rfc4514_string(),
        demo=pki.is_demo(certificate),
        signed_at=at,
        intact=bool(status.intact and status.valid and _ends_empty(signature)),
        trusted=bool(status.trusted),
        whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        changed_after=level.name,
        expired_on=certificate.not_valid_after_utc,
        certificate=certificate,
    )


def _ends_empty(signature: Any) -> bool:
    """Whether nothing stands in the room that our seal left: those bytes are the only ones that it does not cover."""
    from asn1crypto.parser import peek

    contents = bytes(signature.pkcs7_content)
    return signature.field_name != FIELD or not any(contents[peek(contents) :])


def check_qualified(signed: bytes, original: bytes, roots: Iterable[x509.Certificate]) -> SignatureReport:
    """The signature a signatory put on our PDF with his own qualified certificate (law 43-20).

    It must hold, cover the whole file, come from an authority the council accepts, and `signed` must be
    `original` with nothing added but the signature. Raises `SealRefused` saying what is wrong.
    """
    if not signed.startswith(original) or len(signed) == len(original):
        raise SealRefused("not_ours", "the signed file is not our document with a signature added to it")
    reports = [report for report in verify_pdf(signed, roots) if report.field != FIELD]
    if not reports:
        raise SealRefused("unsigned", "the file holds no signature of a person")
    last = reports[-1]
    if not last.intact:
        raise SealRefused("changed", "the signature does not match the file: something was changed")
    if not last.trusted:
        raise SealRefused("untrusted", f"the council does not accept the authority of {last.subject}")
    if not last.whole_file:
        raise SealRefused("added", "something was added after the signature")
    _only_signatures_added(signed, original)
    return last


def _only_signatures_added(signed: bytes, original: bytes) -> None:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel

    base = PdfFileReader(io.BytesIO(original)).xrefs.total_revisions - 1
    try:
        result = DEFAULT_DIFF_POLICY.review_file(PdfFileReader(io.BytesIO(signed)), base_revision=base)
    except PdfError as error:
        raise SealRefused("shows_else", f"the signed file cannot be compared with our document: {error}") from error
    if not isinstance(result, DiffResult) or result.modification_level > ModificationLevel.FORM_FILLING:
        raise SealRefused("shows_else", "the signed file shows something else than our document")
