"""One spelling for words that people write in several ways (pure: no framework).

Arabic: vowel signs, tatweel and bidi controls go; alef, yaa, taa marbuta and the Moroccan kaf and gaf take one
form; digits become Western. French: accents, capitals, ligatures and elisions go.
"""

import re
import unicodedata

from tadbir.reading.letters import EASTERN

_DROPPED_RANGES = (
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x08D3, 0x08FF),
    (0x0640, 0x0640),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2069),
    (0xFEFF, 0xFEFF),
)
_SAME = {"أإآٱ": "ا", "ىیئ": "ي", "ؤ": "و", "ة": "ه", "کڭگݣ": "ك", "ڤڥ": "ف", "پ": "ب", "چ": "ش", "œ": "oe", "æ": "ae"}
_TABLE: dict[int, str | None] = {code: None for first, last in _DROPPED_RANGES for code in range(first, last + 1)}
_TABLE.update({ord(letter): form for letters, form in _SAME.items() for letter in letters})
_TABLE.update(EASTERN)

_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))
_ELISION = re.compile(r"\b(?:l|d|j|m|n|s|t|c|qu|jusqu|lorsqu|puisqu)['’ʼ]")
_TOKEN = re.compile(r"[0-9a-z]+|[ء-ي]+")


def fold(text: str) -> str:
    """The text in its one spelling, lower case."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_TABLE)
    if text.isascii():
        return text
    return unicodedata.normalize("NFD", text).translate(_ACCENTS)


def tokens(text: str) -> list[str]:
    """The folded words and numbers of a text, in order. A change of script ends a word."""
    return _TOKEN.findall(_ELISION.sub(" ", fold(text)))
