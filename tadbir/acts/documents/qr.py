"""The QR code of an act: `https://HOST/<slug>/v#<COSE>` as SVG, error level M, never under 30 mm on paper.

The fragment after `#` is never sent to a server: opening the link tells nobody which act is being checked.
"""

from pathlib import Path

from tadbir.acts.documents.cose import to_text


def address(base: str, message: bytes) -> str:
    """The text inside the QR code. `base` is the council's printed address, as `https://host/slug`."""
    return f"{base.rstrip('/')}/v#{to_text(message)}"


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
