"""The QR codes on a scan, read in a process of its own: a picture of a few kilobytes can unpack to gigabytes."""

import json

from tadbir.reading.apart import looked_into

#: Seconds of work and pages for one scan; four pages at 300 dpi take a third of the time.
SECONDS, PAGES = 20, 40
_READ = f"""
import json, warnings
import zxingcpp
from PIL import Image
warnings.simplefilter("error", Image.DecompressionBombWarning)
def pictures():
    if not given.getvalue().startswith(b"%PDF"):
        yield Image.open(given)
        return
    import pikepdf
    with pikepdf.open(given) as pdf:
        for page in list(pdf.pages)[:{PAGES}]:
            for raw in page.images.values():
                yield pikepdf.PdfImage(raw).as_pil_image()
found = []
def read():
    for picture in pictures():
        try:
            found.extend(code.text for code in zxingcpp.read_barcodes(picture.convert("L")))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombWarning, Image.DecompressionBombError):
            pass
try:
    read()
finally:
    print(json.dumps(found))
"""


def codes_in(scan: bytes) -> list[str]:
    """Every QR text on a scan; none when it cannot be read or asks for too much."""
    _ended, said = looked_into(_READ, scan, SECONDS)
    try:
        found = json.loads(said.decode(errors="replace").strip() or "[]")
    except ValueError:
        return []
    return [text for text in found if isinstance(text, str)]
