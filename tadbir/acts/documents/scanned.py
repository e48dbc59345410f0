"""The QR codes on a scan, read in a process of its own: a picture of a few kilobytes can unpack to gigabytes."""

import json
import subprocess
import sys

#: Bytes of memory, seconds of work and pages for one scan; four pages at 300 dpi take a third of the time.
MEMORY, SECONDS, PAGES = 768 * 1024 * 1024, 20, 40
_READ = f"""
import io, json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import warnings
import zxingcpp
from PIL import Image
warnings.simplefilter("error", Image.DecompressionBombWarning)
def pictures(data):
    if not data.startswith(b"%PDF"):
        yield Image.open(io.BytesIO(data))
        return
    import pikepdf
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in list(pdf.pages)[:{PAGES}]:
            for raw in page.images.values():
                yield pikepdf.PdfImage(raw).as_pil_image()
found = []
def read():
    for picture in pictures(sys.stdin.buffer.read()):
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
    command = [sys.executable, "-I", "-c", _READ]
    try:
        done = subprocess.run(command, input=scan, capture_output=True, timeout=2 * SECONDS, check=False)  # noqa: S603 - our own text
        found = json.loads(done.stdout.decode(errors="replace").strip() or "[]")
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return []
    return [text for text in found if isinstance(text, str)]
