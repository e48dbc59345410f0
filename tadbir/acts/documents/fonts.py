"""The vendored fonts: checked at start, and the characters they can draw.

Fonts of archived acts must not change by an upgrade, so they are files of this repository with their SHA-256.
"""

import functools
import hashlib
import struct
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"


class FontsChanged(RuntimeError):
    """A font file is missing or differs from SHA256SUMS."""


def check_fonts(folder: Path = FOLDER) -> list[Path]:
    """The font files, after comparing each with SHA256SUMS. Raises `FontsChanged` with the file's name."""
    paths = []
    for line in (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        expected, name = line.split()
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise FontsChanged(f"font file missing or changed: {name}")
        paths.append(path)
    return paths


@functools.cache
def drawable() -> frozenset[int]:
    """Code points for which at least one vendored font has a glyph (read from the fonts' own tables)."""
    found = {path.name: _cmap(path.read_bytes()) for path in check_fonts()}
    arabic = found["Amiri-Regular.ttf"] & found["Amiri-Bold.ttf"]
    return frozenset(arabic | found["NotoSansTifinagh-Regular.ttf"])


def _cmap(font: bytes) -> set[int]:
    """Code points of a TrueType `cmap` table, formats 4 and 12 (the only ones in use for Unicode text)."""
    tables = struct.unpack(">H", font[4:6])[0]
    start = next(
        struct.unpack(">I", font[offset + 8 : offset + 12])[0]
        for offset in range(12, 12 + 16 * tables, 16)
        if font[offset : offset + 4] == b"cmap"
    )
    count = struct.unpack(">H", font[start + 2 : start + 4])[0]
    points: set[int] = set()
    for record in range(count):
        offset = start + struct.unpack(">I", font[start + 4 + 8 * record + 4 :][:4])[0]
        kind = struct.unpack(">H", font[offset : offset + 2])[0]
        if kind == 12:
            points |= _format_12(font, offset)
        elif kind == 4:
            points |= _format_4(font, offset)
    return points


def _format_12(font: bytes, offset: int) -> set[int]:
    groups = struct.unpack(">I", font[offset + 12 : offset + 16])[0]
    points: set[int] = set()
    for index in range(groups):
        first, last, _glyph = struct.unpack(">III", font[offset + 16 + 12 * index :][:12])
        points.update(range(first, last + 1))
    return points


def _format_4(font: bytes, offset: int) -> set[int]:
    double = struct.unpack(">H", font[offset + 6 : offset + 8])[0]

    def column(at: int) -> tuple[int, ...]:
        return struct.unpack(f">{double // 2}H", font[at : at + double])

    ends, starts = column(offset + 14), column(offset + 16 + double)
    deltas, ranges = column(offset + 16 + 2 * double), offset + 16 + 3 * double
    points: set[int] = set()
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        shift = struct.unpack(">H", font[ranges + 2 * index :][:2])[0]
        for point in range(first, min(last, 0xFFFE) + 1):
            at = ranges + 2 * index + shift + 2 * (point - first)
            glyph = struct.unpack(">H", font[at : at + 2])[0] if shift else point + deltas[index]
            if glyph & 0xFFFF:
                points.add(point)
    return points


#: Default-ignorable characters need no glyph: Typst draws nothing for them.
INVISIBLE = frozenset({0x0A, 0x09, 0x200C, 0x200D, *range(0x2066, 0x206A)})
_DROPPED = frozenset({*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0200), *range(0x1F3FB, 0x1F400), 0x20E3})


def replaceable(text: str, mark: str = "\u25cc") -> tuple[str, int]:
    """`text` with each undrawable character shown as `mark`, and how many there were.

    A name with an emoji or a Chinese letter must not stop a receipt: paper shows the mark, the attached data
    keeps the true name. A run of such characters (joined sequences, skin tones) shows one mark.
    """
    known, points = drawable(), set(map(ord, text))
    if known.issuperset(points - INVISIBLE) and _DROPPED.isdisjoint(points):  # nearly every text
        return text, 0
    out: list[str] = []
    lost, joined = 0, False
    for character in text:
        point = ord(character)
        if point in _DROPPED or (joined and point == 0x200D):
            continue
        if point in known or point in INVISIBLE:
            out.append(character)
            joined = False
        elif not joined:
            out.append(mark)
            lost, joined = lost + 1, True
    return "".join(out), lost
