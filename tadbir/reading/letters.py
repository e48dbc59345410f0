"""Signs as people type and paste them: digits of the East, dashes of every kind, signs that nobody sees."""

import re
import unicodedata

#: The digits of the East as Arabic and Persian keyboards write them, and the Western one for each.
EASTERN = {ord(digit): str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)}
#: Signs without a shape, and what stands for each where lines matter: Word's and a PDF's own breaks and hyphens.
_BREAKS = {"\r\n": "\n", "\r": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"}
_BREAK = re.compile("\r\n|[\r\u0085\u2028\u2029\x0b\x0c]")
#: Hyphens that a word processor keeps as controls: the one that holds two words together is seen, the other is not.
_HYPHENS: dict[int, str | None] = {0x1E: "-", 0x1F: None, 0x02: None, 0xAD: None}
#: Bullets of the symbol fonts of word processors, which have no other name outside them.
_BULLETS = dict.fromkeys((0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC, 0xF076), "•")
_TURNED = {**_HYPHENS, **_BULLETS}
#: The joiners shape Arabic words; the marks of direction are the author's own in prose.
_JOINERS = "\u200c\u200d"
_MARKS = "\u200e\u200f\u061c"
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2043, 0x207B, 0x208B, 0x2212, 0xFE58, 0xFE63, 0xFF0D, 0x0640), "-")


def _has_shape(sign: str, kept: str) -> bool:
    """Whether a sign can be kept and shown: no control, no direction, no lone half, no sign of nobody's alphabet."""
    if sign in kept:
        return True
    if sign == "\ufffc" or "\ufe00" <= sign <= "\ufe0f":
        return False
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def shown(text: str, *, kept: str = _JOINERS) -> str:
    """The text without the signs that nobody sees: what Word, a PDF or a messenger pasted along.

    Line ends of every kind become \\n; a hyphen that holds two words together becomes a hyphen, a bullet a bullet.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAK.sub(lambda found: _BREAKS[found[0]], text).translate(_TURNED)
    return unicodedata.normalize("NFC", "".join(sign for sign in text if _has_shape(sign, "\n\t" + kept)))


def prose(text: str) -> str:
    """As `shown`, where the author's own marks of direction stay."""
    return shown(text, kept=_JOINERS + _MARKS)


def plain(text: str) -> str:
    """A text that is not prose (a number, a code, an address): Western digits, plain dashes and spaces, no more."""
    seen = unicodedata.normalize("NFKC", shown(text, kept="")).translate(_DASHES | EASTERN)
    return " ".join(seen.split())


def has_words(text: str) -> bool:
    """Whether a text says anything at all: it holds a letter. Marks, digits and spaces alone are no reason."""
    return any(sign.isalpha() for sign in text)


#: A word, as somebody reads it: two letters or more.
_WORD = re.compile(r"[^\W\d_]{2,}")


def says_something(text: str, *, words: int = 2) -> bool:
    """Whether a text says something to whoever reads it later: the office's own reason two words that differ, what
    somebody else said in his own words (`words` 1) a single one."""
    return len(set(_WORD.findall(text))) >= words
