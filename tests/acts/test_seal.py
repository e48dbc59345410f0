"""The PAdES seal, the check of a person's signature, and `verify`: success next to refusal."""

import io
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tadbir.acts.documents import pdf, pki, seal, verify
from tests.acts import samples
from tests.acts.conftest import MOMENT, Chain, known_key


@pytest.fixture(scope="module")
def sealed(chain: Chain) -> bytes:
    """A sealed receipt."""
    return chain.sealed(samples.receipt_complete(), "a5")


def failed(report: verify.Report) -> set[str]:
    """Codes of the checks that failed."""
    return {check.code for check in report.checks if check.passed is False}


def test_a_sealed_receipt_verifies(chain: Chain, sealed: bytes) -> None:
    report = verify.verify(sealed, [chain.known], lambda head, claims: head == samples.HEAD)
    assert report.good
    assert {c.code for c in report.checks if c.passed} >= {"seal-pdf", "seal-code", "act", "act-code", "witness"}
    assert any(c.code == "demo" for c in report.checks)
    for language in ("ar", "fr"):
        text = verify.as_text(report, language)
        assert chain.known.kid in text
        assert "DEMO" in text
    assert "annulé ou remplacé" in verify.as_text(report, "fr")


def test_every_changed_byte_is_seen(chain: Chain, sealed: bytes) -> None:
    seen = 0
    for place in range(20, len(sealed), len(sealed) // 60):
        changed = bytearray(sealed)
        changed[place] ^= 0x21
        report = verify.verify(bytes(changed), [chain.known])
        signature = sealed.find(b"/Contents <")
        inside = signature < place < signature + 2 * 8192  # padding zeros of the signature container
        if not inside:
            assert not report.good, place
            seen += 1
    assert seen > 40


def test_nothing_hides_in_the_room_that_the_seal_left(chain: Chain, sealed: bytes) -> None:
    end = sealed.index(b">", sealed.index(b"/Contents <"))
    for place in (end - 1, end - 400):
        assert sealed[place : place + 1] == b"0"
        changed = sealed[:place] + b"7" + sealed[place + 1 :]
        assert not verify.verify(changed, [chain.known]).good


def test_something_added_after_the_seal_is_seen(chain: Chain, sealed: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as file:
        file.save(out)
    assert not verify.verify(out.getvalue(), [chain.known]).good
    assert verify.verify(sealed + b"\n% more\n", [chain.known]).good is False


def test_unknown_and_foreign_keys(chain: Chain, sealed: bytes, tmp_path: Path) -> None:
    made = pki.make_keys(tmp_path / "k", "Conseil provincial de Rimal", MOMENT - timedelta(days=9), demo=False)
    stranger = known_key(tmp_path / "k", made, "RIM")
    for keys in ([stranger], []):  # a genuine paper, and none of its keys: neither true nor false
        report = verify.verify(sealed, keys)
        assert (report.good, report.undecided, failed(report)) == (False, True, set())
        assert "v/keys.json" in verify.as_text(report, "fr").splitlines()[-1]
    changed = verify.verify(sealed[:30_000] + bytes([sealed[30_000] ^ 1]) + sealed[30_001:], [stranger])
    assert not changed.undecided
    assert "seal-pdf" in failed(changed)
    borrowed = pki.KnownKey(chain.known.kid, "RIM", chain.known.certificate, chain.known.root)
    assert failed(verify.verify(sealed, [borrowed])) == {"key-council"}
    revoked = pki.KnownKey(chain.known.kid, "OED", chain.known.certificate, chain.known.root, MOMENT - timedelta(1))
    assert failed(verify.verify(sealed, [revoked])) == {"key-revoked"}
    later = pki.KnownKey(chain.known.kid, "OED", chain.known.certificate, chain.known.root, MOMENT + timedelta(1))
    assert verify.verify(sealed, [later]).good
    assert pki.is_demo(chain.key.certificate)
    assert not pki.is_demo(made.certificate)


def test_an_old_receipt_is_a_witness(chain: Chain, sealed: bytes) -> None:
    assert failed(verify.verify(sealed, [chain.known], lambda head, claims: False)) == {"witness"}
    silent = verify.verify(sealed, [chain.known])
    assert silent.good
    assert next(c for c in silent.checks if c.code == "witness").passed is None


def test_qr_text_and_data_alone(chain: Chain, sealed: bytes) -> None:
    files = pdf.attachments(sealed)
    assert verify.verify(files["seal.txt"], [chain.known]).good
    alone = verify.verify(files["act.json"], [chain.known])
    assert not alone.good
    assert failed(alone) == set()
    assert failed(verify.verify(b'{"a": 1}', [])) == {"act"}
    assert failed(verify.verify(b"hello", [])) == {"seal-code"}
    assert failed(verify.verify(b"%PDF-1.7 nothing", [])) == {"seal-pdf"}


def test_data_exchanged_in_the_pdf_is_seen(chain: Chain) -> None:
    """Somebody with the seal key of a PDF cannot pair it with the code of another act."""
    one, two = samples.receipt_complete(), samples.receipt_complete(dossier="D-2026/000999")
    raw = pdf.render(two, message=chain.message(one), base="https://x.example/n", paper="a5")
    report = verify.verify(seal.seal(raw, chain.key, MOMENT), [chain.known])
    assert failed(report) == {"act-code"}


def _title(writer: Any) -> None:
    from pyhanko.pdf_utils import generic

    info = generic.DictionaryObject({generic.pdf_name("/Title"): generic.pdf_string("Autorisation accordée")})
    writer.set_info(writer.add_object(info))


def _metadata(writer: Any) -> None:
    from pyhanko.pdf_utils import generic

    words = writer.root["/Metadata"].data.replace(b"</rdf:RDF>", b"<!-- x --></rdf:RDF>")
    made = generic.StreamObject({generic.pdf_name("/Subtype"): generic.pdf_name("/XML")}, stream_data=words)
    made[generic.pdf_name("/Type")] = generic.pdf_name("/Metadata")
    writer.root[generic.pdf_name("/Metadata")] = writer.add_object(made)
    writer.update_root()


@pytest.mark.parametrize("change", [_title, _metadata])
def test_a_title_or_metadata_written_after_the_seal_are_refused(chain: Chain, sealed: bytes, change: Any) -> None:
    """An archive's tools may write them, says the library; a reader takes the title of the window for ours."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer, out = IncrementalPdfFileWriter(io.BytesIO(sealed)), io.BytesIO()
    change(writer)
    writer.write(out)
    assert out.getvalue().startswith(sealed)
    report = verify.verify(out.getvalue(), [chain.known])
    assert failed(report) == {"seal-pdf", "added"}
    assert "ajouté après le cachet" in verify.as_text(report, "fr")


@pytest.mark.parametrize("tail", [b"\n", b"% note\n", b"\n%%EOF\n", b"x" * 2000])
def test_bytes_without_meaning_after_the_seal_are_said(chain: Chain, sealed: bytes, tail: bytes) -> None:
    assert "seal-pdf" in failed(verify.verify(sealed + tail, [chain.known]))


def test_keys_on_disk(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    made = pki.make_keys(folder, "Conseil", MOMENT, demo=False)
    second = pki.make_keys(folder, "Conseil", MOMENT, demo=False)
    assert made.kid != second.kid
    assert made.root == second.root
    assert (folder / "root.key.pem").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    private = folder / f"seal-{made.kid}.key.pem"
    private.chmod(0o644)
    with pytest.raises(pki.NoKey, match="600"):
        pki.load_key(folder, made.kid)
    private.unlink()
    with pytest.raises(pki.NoKey, match=made.kid):
        pki.load_key(folder, made.kid)


def person_signs(document: bytes, key: pki.SealKey) -> bytes:
    """A person's signature on our PDF, with her own certificate."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    meta = PdfSignatureMetadata(field_name="Signataire", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    out = io.BytesIO()
    PdfSigner(meta, signer=seal._signer(key)).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(document)), output=out)
    return out.getvalue()


def test_qualified_signature(tmp_path: Path, chain: Chain) -> None:
    start = datetime.now(UTC) - timedelta(days=1)
    authority = pki.make_keys(tmp_path / "authority", "Prestataire agréé", start, demo=False)
    original = pdf.render(samples.letter(number="........"))
    signed = person_signs(original, authority)
    report = seal.check_qualified(signed, original, [authority.root])
    assert report.valid
    assert "Prestataire" in report.subject
    with pytest.raises(seal.SealRefused, match="does not accept"):
        seal.check_qualified(signed, original, [chain.key.root])
    with pytest.raises(seal.SealRefused, match="not our document"):
        seal.check_qualified(signed, pdf.render(samples.letter(title_ar="آخر")), [authority.root])
    with pytest.raises(seal.SealRefused, match="not our document"):
        seal.check_qualified(original, original, [authority.root])
    with pytest.raises(seal.SealRefused):
        seal.check_qualified(signed + b"% x", original, [authority.root])
    changed = bytearray(signed)
    changed[-300] ^= 1
    with pytest.raises(seal.SealRefused):
        seal.check_qualified(bytes(changed), original, [authority.root])
    with pytest.raises(seal.SealRefused, match=r"no signature of a person|not our document"):
        seal.check_qualified(seal.seal(original, authority, MOMENT), original, [authority.root])


def test_content_slipped_in_before_a_signature_is_refused(tmp_path: Path) -> None:
    """The signatory changes what the page shows, then signs: our bytes are still the beginning of the file."""
    from pyhanko.pdf_utils.generic import NameObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    authority = pki.make_keys(tmp_path / "a", "Prestataire", datetime.now(UTC) - timedelta(days=1), demo=False)
    original = pdf.render(samples.letter())
    writer = IncrementalPdfFileWriter(io.BytesIO(original))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    while "/Kids" in page:
        page = page["/Kids"][0].get_object()
    page[NameObject("/Rotate")] = type(page["/Parent"].get_object()["/Count"])(180)
    writer.update_container(page)
    slipped = io.BytesIO()
    writer.write(slipped)
    with pytest.raises(seal.SealRefused, match="shows something else"):
        seal.check_qualified(person_signs(slipped.getvalue(), authority), original, [authority.root])


def test_the_signed_file_travels_inside_the_sealed_one(tmp_path: Path, chain: Chain) -> None:
    document = samples.letter()
    raw = pdf.render(document, message=chain.message(document), base="https://x.example/n", signed=b"%PDF-signed")
    made = seal.seal(raw, chain.key, MOMENT)
    assert pdf.attachments(made)["signed.pdf"] == b"%PDF-signed"
    with pikepdf.open(io.BytesIO(made)) as file:
        assert len(file.Root.AF) == 3
    assert verify.verify(made, [chain.known]).good


@pytest.mark.proof
def test_foreign_verifiers(chain: Chain, sealed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "act.pdf"
    path.write_bytes(sealed)
    if shutil.which("pdfsig"):
        done = subprocess.run(["pdfsig", "act.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "Signature is Valid" in done.stdout
        assert "Total document signed" in done.stdout
    else:
        print("pdfsig: not run")
    if shutil.which("openssl") is None:
        pytest.skip("not run: openssl is missing")
    start, one, two, three = _byte_range(sealed)
    content, der = sealed[start:one] + sealed[two : two + three], bytes.fromhex(sealed[one + 1 : two - 1].decode())
    (tmp_path / "root.pem").write_bytes(chain.key.root.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "sig.der").write_bytes(der)
    for data, expected in ((content, 0), (content[:-1] + b"!", 4)):
        (tmp_path / "content").write_bytes(data)
        command = [
            "openssl",
            "cms",
            "-verify",
            "-inform",
            "DER",
            "-in",
            "sig.der",
            "-content",
            "content",
            "-binary",
            "-CAfile",
            "root.pem",
            "-purpose",
            "any",
            "-attime",
            str(int(MOMENT.timestamp())),
            "-out",
            "out",
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == expected, done.stderr


def _byte_range(data: bytes) -> list[int]:
    text = data[data.index(b"/ByteRange") :]
    return [int(x) for x in text[text.index(b"[") + 1 : text.index(b"]")].split()]


def test_certificates_chain(chain: Chain) -> None:
    chain.key.certificate.verify_directly_issued_by(chain.key.root)
    usage = chain.key.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
