"""Documents that people send: what they are by their content, and whether somebody will be able to read them.

A photo of a few kilobytes can unpack to gigabytes, a PDF too; a codec can be attacked. So what must be unpacked to be
looked into is unpacked in a process of its own, with little memory and little time: it may die, the server may not.
"""

import warnings
from typing import IO, NamedTuple

from PIL import Image, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

from tadbir.reading.apart import looked_into

#: Points of the largest picture: a plan of a metre by a metre, scanned, has as many.
MOST_DOTS = 150_000_000
Image.MAX_IMAGE_PIXELS = MOST_DOTS
warnings.simplefilter("error", Image.DecompressionBombWarning)  # one point more is refused, not warned of
#: What opens them: a JPEG that holds a second picture (MPO) is opened as a JPEG.
OPENED = tuple(
    one.format for one in (JpegImagePlugin.JpegImageFile, PngImagePlugin.PngImageFile, WebPImagePlugin.WebPImageFile)
)
_PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
#: What a browser lets one choose: what is read here, and nothing that would be sent only to be refused.
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,.heic,.heif,.avif,application/pdf,.pdf"
#: Seconds of work for one file that is looked into apart; a scan of 8 MB needs a tenth.
SECONDS = 10
#: Points of the longest side of a photo that is turned into a JPEG: a page is read well.
LONGEST_SIDE = 4000
#: The brands of the container that telephones keep their photos in (ISO/IEC 23008-12): HEIC and AVIF.
_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"))
_PAGES = """
import pikepdf
try:
    with pikepdf.open(given) as pdf:
        print(len(pdf.pages))
except pikepdf.PasswordError:
    print("password")
"""
_CONVERT = f"""
import pi_heif
from PIL import AvifImagePlugin, Image, ImageOps
Image.MAX_IMAGE_PIXELS, AvifImagePlugin.DEFAULT_MAX_THREADS, pi_heif.options.DECODE_THREADS = {MOST_DOTS}, 1, 1
pi_heif.register_heif_opener()
with Image.open(given, formats=("HEIF", "AVIF")) as picture:
    if picture.width * picture.height > {MOST_DOTS}:
        sys.exit(3)
    photo = ImageOps.exif_transpose(picture).convert("RGB")
photo.thumbnail(({LONGEST_SIDE}, {LONGEST_SIDE}))
photo.save(sys.stdout.buffer, "JPEG", quality=85)
"""
_TOO_LARGE = 3


class Unreadable(ValueError):
    """Nobody could read the file. `code`: empty, type, half, dots, pdf, password, pages, photo."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Found(NamedTuple):
    """What a file is; `content` where it was made into another one that everybody can open."""

    media_type: str
    content: bytes | None = None


def begins_as(start: bytes) -> str:
    """The type of a file that was kept, by its first bytes; nothing where they are of none that is accepted."""
    if b"%PDF-" in start:
        return "application/pdf"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    beginnings = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
    return next((kind for begin, kind in beginnings.items() if start.startswith(begin)), "")


def read_file(stream: IO[bytes]) -> Found:
    """The type of a document by its content: PDF, JPEG, PNG or WebP; a photo in HEIC or AVIF becomes a JPEG.

    Of a JPEG that holds a second picture (as telephones make) the first one counts. Raises Unreadable.
    """
    start = stream.read(1024)
    stream.seek(0)
    try:
        if not start.strip():
            raise Unreadable("empty")
        if b"%PDF-" in start:
            return _pdf(stream.read())
        return read_picture(stream)
    finally:
        stream.seek(0)


def read_picture(stream: IO[bytes]) -> Found:
    """As `read_file`, for what must be a picture."""
    start = stream.read(64)
    stream.seek(0)
    if start[4:8] == b"ftyp" and _BRANDS & {start[at : at + 4] for at in range(8, 64, 4)}:
        return Found("image/jpeg", _as_jpeg(stream.read()))
    return Found(_picture(stream))


def _picture(stream: IO[bytes]) -> str:
    try:
        with Image.open(stream, formats=OPENED) as picture:
            kind = _PICTURES[picture.format or ""]
    except UnidentifiedImageError:
        raise Unreadable("type") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable("dots") from None
    except (OSError, SyntaxError, ValueError):
        raise Unreadable("half") from None
    try:
        _whole(stream, kind)
    except (OSError, SyntaxError, ValueError):
        raise Unreadable("half") from None
    return kind


def _whole(stream: IO[bytes], kind: str) -> None:
    """Read a picture to its end, unpacking an eighth of it at most. Raises OSError when its end is missing."""
    stream.seek(0)
    if kind == "image/webp":  # its head says how long it is
        head = stream.read(8)
        if stream.seek(0, 2) < int.from_bytes(head[4:8], "little") + 8:
            raise OSError("the end is missing")
        return
    with Image.open(stream, formats=OPENED) as picture:
        if kind == "image/png":
            picture.verify()
            return
        picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
        picture.load()


def _pdf(content: bytes) -> Found:
    """What cannot be opened now will not be readable by the officer either."""
    code, said = looked_into(_PAGES, content, SECONDS)
    word = said.strip()
    if code == 0 and word == b"password":
        raise Unreadable("password")
    if code != 0 or not word.isdigit():
        raise Unreadable("pdf")
    if int(word) == 0:
        raise Unreadable("pages")
    return Found("application/pdf")


def _as_jpeg(content: bytes) -> bytes:
    code, photo = looked_into(_CONVERT, content, SECONDS)
    if code == _TOO_LARGE:
        raise Unreadable("dots")
    if code != 0 or not photo:
        raise Unreadable("photo")
    return photo
