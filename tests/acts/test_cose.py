"""The seal in the QR code: frozen bytes, other programs agree, one changed bit is refused."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import cbor2
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from hypothesis import given
from hypothesis import strategies as st

from tadbir.acts.documents import cose, qr
from tadbir.reading.codes import read_check_code

KEY = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())
KID = cose.key_id(KEY.public_key())
KEYS = {KID: KEY.public_key()}
CLAIMS = cose.Claims(
    "12.391",
    "R-2026-00017",
    "receipt",
    "2026-12-01",
    bytes(range(32)),
    datetime(2026, 12, 1, 9, 42, 10, tzinfo=UTC),
    demo=True,
)
FROZEN = (
    "d2844da201260448128715f96c5bf1b7a0586da8016631322e333931026c522d323032362d3030303137061a6b0e9672"
    "3a0001117067726563656970743a000111716a323032362d31322d30313a000111725820000102030405060708090a0b"
    "0c0d0e0f101112131415161718191a1b1c1d1e1f3a00011173f53a00011174015840a6c97d4f7607aad3b4ea382ea673"
    "6a095d92ef0701b04bd95e070e14877cd36d3d1005b3b68b695672f2a8cfb588019023e474ea4e14bda14a16d922c738"
    "0ff1"
)


def test_frozen_vector() -> None:
    message = cose.sign(CLAIMS, KEY)
    assert message.hex() == FROZEN
    assert cose.verify(message, KEYS) == CLAIMS
    assert cose.check_code(message) == "Y44B2-B5QK4"


def test_every_changed_bit_is_refused() -> None:
    message = cose.sign(CLAIMS, KEY)
    for place in range(len(message)):
        for bit in (1, 128):
            changed = bytearray(message)
            changed[place] ^= bit
            with pytest.raises(cose.BadSeal):
                cose.verify(bytes(changed), KEYS)


@pytest.mark.parametrize("extra", [b"\x00", b"\xa0"])
def test_there_is_one_spelling_of_a_seal(extra: bytes) -> None:
    message = cose.sign(CLAIMS, KEY)
    with pytest.raises(cose.BadSeal):
        cose.verify(message + extra, KEYS)
    tag = cbor2.loads(message)
    with pytest.raises(cose.BadSeal):
        cose.verify(cbor2.dumps(cbor2.CBORTag(18, [tag.value[0], {1: 2}, *tag.value[2:]])), KEYS)


def test_another_key_is_refused() -> None:
    other = ec.derive_private_key(0xBAD, ec.SECP256R1())
    with pytest.raises(cose.BadSeal, match="unknown key"):
        cose.verify(cose.sign(CLAIMS, other), KEYS)
    with pytest.raises(cose.BadSeal, match="does not match"):  # a stranger who claims our key's name
        cose.verify(cose.sign(CLAIMS, other).replace(cose.key_id(other.public_key()), KID), KEYS)


@given(st.binary(max_size=60))
def test_noise_never_raises_anything_else(noise: bytes) -> None:
    with pytest.raises(cose.BadSeal):
        cose.verify(noise, KEYS)


def test_openssl_verifies(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("not run: openssl is missing")
    _kid, _claims, signed, raw = cose.parts(cose.sign(CLAIMS, KEY))
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    (tmp_path / "sig").write_bytes(der)
    (tmp_path / "key").write_bytes(
        KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    command = [openssl, "dgst", "-sha256", "-verify", "key", "-signature", "sig"]
    assert subprocess.run(command, input=signed, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert subprocess.run(command, input=signed + b"x", cwd=tmp_path, capture_output=True, check=False).returncode != 0


_NODE = """
const [hex, jwk] = [process.argv[1], JSON.parse(process.argv[2])];
const b = Uint8Array.from(hex.match(/../g), x => parseInt(x, 16));
// tag 18, array of 4, protected bytes, {}, payload bytes, signature bytes
let p = 2; const bytes = () => { let n = b[p] & 31; p++; if (n === 24) n = b[p++];
  const r = b.slice(p, p + n); p += n; return r; };
const head = x => x.length < 24 ? [64 + x.length] : [88, x.length];
const prot = bytes(); p++; const pay = bytes(); const sig = bytes();
const tbs = Uint8Array.from([132, 106, ...Buffer.from('Signature1'), ...head(prot), ...prot, 64, ...head(pay), ...pay]);
crypto.subtle.importKey('jwk', jwk, {name: 'ECDSA', namedCurve: 'P-256'}, false, ['verify'])
  .then(k => crypto.subtle.verify({name: 'ECDSA', hash: 'SHA-256'}, k, sig, tbs)).then(ok => console.log(ok));
"""


def test_web_crypto_verifies() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("not run: node is missing")
    from tadbir.acts.documents.pki import _b64

    point = KEY.public_key().public_numbers()
    jwk = json.dumps({"kty": "EC", "crv": "P-256", "x": _b64(point.x), "y": _b64(point.y)})
    message = cose.sign(CLAIMS, KEY)

    def ask(data: bytes) -> str:
        return subprocess.run([node, "-e", _NODE, data.hex(), jwk], capture_output=True, text=True, check=True).stdout

    assert ask(message).strip() == "true"
    assert ask(message[:-1] + bytes([message[-1] ^ 1])).strip() == "false"


def test_qr_text_and_typed_code() -> None:
    message = cose.sign(CLAIMS, KEY)
    text = qr.address("https://nakhil.example.ma/nakhil/", message)
    assert text.startswith("https://nakhil.example.ma/nakhil/v#")
    assert len(text) < 331  # version 13-M of the QR code: 0.47 mm a module at 36 mm
    assert cose.from_text(text) == cose.from_text(f" {cose.to_text(message)}\n") == message
    with pytest.raises(cose.BadSeal):
        cose.from_text("https://example.ma/v#é")
    assert cose.from_text(f"\u200f{text[:60]}\u00a0{text[60:]}\u200b") == message
    code = cose.check_code(message)
    assert read_check_code(f" {code.lower().replace('-', ' ')} ") == code
