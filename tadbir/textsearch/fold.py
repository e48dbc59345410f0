"""One spelling for words that people write in several ways (pure: no framework).

Arabic: vowel signs, tatweel and bidi controls go; alef, yaa, taa marbuta and the Moroccan kaf and gaf take one
form; digits become Western. French: accents, capitals, ligatures and elisions go.
"""

import re
import tomllib
import unicodedata
from importlib import resources
from typing import NamedTuple

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
#: Apostrophes of every keyboard; one of them, NFKC would take apart.
_APOSTROPHE = str.maketrans(dict.fromkeys("’‘ʼʻʿʾ`´′ˈ", "'"))
#: An elided word before its apostrophe; M' is a name's own (M'hamed), as every other letter before one.
_TOKEN = re.compile(
    r"(?:(?<![0-9a-z'])(?P<elided>l|d|j|n|s|t|c|qu|jusqu|lorsqu|puisqu)')?"
    r"(?P<word>[0-9a-z]+(?:'[a-z]+)*|[ء-ي]+)"
)


def _names() -> tuple[frozenset[str], dict[str, str]]:
    """What stands before a name and is written apart or together; the particles of two spellings."""
    data = tomllib.loads((resources.files(__package__) / "data" / "names.toml").read_text("utf-8"))
    return frozenset(data["particles"]), dict(data["spelt"])


_PARTICLES, _SPELT = _names()


class Word(NamedTuple):
    """One word of a text."""

    word: str
    #: With the elided word before it: leau.
    elided: str = ""
    #: With the particles before it, from the nearest on: عبدالله، بنعبدالله.
    joined: tuple[str, ...] = ()
    #: A particle that stands in the `joined` of the next word.
    leads: bool = False


def fold(text: str) -> str:
    """The text in its one spelling, lower case."""
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHE)).lower().translate(_TABLE)
    if text.isascii():
        return text
    return unicodedata.normalize("NFD", text).translate(_ACCENTS)


def words(text: str) -> list[Word]:
    """The folded words and numbers of a text, in order. A change of script ends a word, and what stands before one."""
    found: list[Word] = []
    before: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        elided, word = match["elided"] or "", match["word"].replace("'", "")
        if before and before[-1].isascii() != word.isascii():
            before = []
        spelt = _SPELT.get(word, word)
        if spelt in _PARTICLES:
            before.append(spelt)
            found.append(Word(word))
            continue
        for rank in range(1, len(before) + 1):
            found[-rank] = found[-rank]._replace(leads=True)
        joined = tuple("".join([*before[rank:], word]) for rank in reversed(range(len(before))))
        found.append(Word(word, elided + word if elided else "", joined))
        before = []
    return found
