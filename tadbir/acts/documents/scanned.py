"""A scan in a process of its own, its codes read or its pages drawn small: a few kilobytes can unpack to gigabytes."""

import json

from tadbir.reading.apart import looked_into

#: Seconds of work and pages for one scan; four pages at 300 dpi take a third of the time.
SECONDS, PAGES = 20, 40
_PICTURES = f"""
import warnings
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
"""
_READ = f"""{_PICTURES}
import json
import zxingcpp
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


#: Dots of width and height of one page that is drawn to be looked at, and how many pages.
WIDE, HIGH, DRAWN = 900, 1300, 3
_DRAW = f"""{_PICTURES}
import io, itertools, sys
from PIL import ImageOps
def small():
    for picture in itertools.islice(pictures(), {DRAWN}):
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail(({WIDE}, {HIGH}))
        yield upright
found = list(small())
sheet = Image.new("RGB", (max(one.width for one in found), sum(one.height for one in found)), "white")
top = 0
for one in found:
    sheet.paste(one, (0, top))
    top += one.height
made = io.BytesIO()
sheet.save(made, "JPEG", quality=70)
sys.stdout.buffer.write(made.getvalue())
"""


def picture_of(scan: bytes) -> bytes:
    """The first pages of a scan one below the other, as a JPEG drawn anew: nothing hidden in the file comes along.

    Empty when it cannot be drawn: it is no picture, or asks for too much.
    """
    ended, made = looked_into(_DRAW, scan, SECONDS)
    return made if ended == 0 and made.startswith(b"\xff\xd8") else b""
