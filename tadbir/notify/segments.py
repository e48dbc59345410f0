"""How many text messages a text costs (pure). Arabic is UCS-2: 70 letters in one, 67 in each of several."""

from typing import NamedTuple

_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_TWO = frozenset("^{}\\[~]|€\f")
# Fine in print, and outside the alphabet of telephones: one of them in a French text doubles its price.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'", "û": "u"})


class Cost(NamedTuple):
    """Alphabet (`gsm7` or `ucs2`), its units used, and messages needed."""

    alphabet: str
    units: int
    messages: int


def as_sent(text: str) -> str:
    """A text as it leaves for a telephone: typed spaces and apostrophes, no print ones."""
    return text.translate(_PLAIN)


def cost(text: str) -> Cost:
    """What it costs to send `text`; an empty one costs nothing."""
    text = as_sent(text)
    if all(char in _GSM7 or char in _GSM7_TWO for char in text):
        units = sum(2 if char in _GSM7_TWO else 1 for char in text)
        return Cost("gsm7", units, _messages(units, 160, 153))
    units = len(text.encode("utf-16-be")) // 2
    return Cost("ucs2", units, _messages(units, 70, 67))


def _messages(units: int, alone: int, joined: int) -> int:
    if units == 0:
        return 0
    return 1 if units <= alone else -(-units // joined)
