"""The QR code of an act: `https://HOST/<slug>/v#<COSE>` as SVG, error level M, never under 30 mm on paper.

The fragment after `#` is never sent to a server: opening the link tells nobody which act is being checked.
"""

import re
from pathlib import Path
from typing import Any

from tadbir.acts.documents.cose import to_text


def address(base: str, message: bytes) -> str:
    """The text inside the QR code. `base` is the council's printed address, as `https://host/slug`."""
    return f"{base.rstrip('/')}/v#{to_text(message)}"


#: What stands before the digest of a text that was printed to be signed; no seal contains a full stop.
_DRAFT = re.compile(r"#draft\.([0-9a-f]{64})$")


def address_of_draft(base: str, digest: str) -> str:
    """The text inside the QR code of a paper to sign: which text it is."""
    return f"{base.rstrip('/')}/v#draft.{digest}"


def text_of_draft(code: str) -> str:
    """The digest that the QR code of a paper to sign holds; empty for another code."""
    found = _DRAFT.search(code.strip())
    return found[1] if found else ""


def picture(text: str) -> Any:
    """A picture of the code, four points a module, as a camera would see it."""
    import zxingcpp
    from PIL import Image

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=4, add_quiet_zones=True))


def svg(text: str) -> str:
    """An SVG picture, four modules of quiet zone, black on white."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return str(zxingcpp.write_barcode_to_svg(code, add_quiet_zones=True))


def read(picture: bytes | Path) -> list[str]:
    """Every QR text found in a PNG or JPEG picture (a scanned receipt)."""
    import io

    import zxingcpp
    from PIL import Image

    source = io.BytesIO(picture) if isinstance(picture, bytes) else picture
    with Image.open(source) as image:
        return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]
