"""Telephone numbers as people write them in Morocco, in one international form (pure)."""

import re
import unicodedata

_MOROCCO = "+212"
_SEPARATORS = re.compile(r"[\s.()/\-\u00a0\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def normalise(written: str) -> str | None:
    """`06 12-34.56.78`, `00212 612345678`, `٠٦١٢٣٤٥٦٧٨` as `+212612345678`; None when it is no number.

    A number of another country must begin with + or 00.
    """
    text = _SEPARATORS.sub("", unicodedata.normalize("NFKC", written.strip()))
    digits = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in text)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"0[5-8]\d{8}", digits):
        return _MOROCCO + digits[1:]
    if re.fullmatch(r"212[5-8]\d{8}", digits):
        return "+" + digits
    if digits.startswith(_MOROCCO):
        rest = digits.removeprefix(_MOROCCO).removeprefix("0")  # +212 (0)6…
        return _MOROCCO + rest if re.fullmatch(r"[5-8]\d{8}", rest) else None
    return digits if re.fullmatch(r"\+[1-9]\d{7,14}", digits) else None


def takes_text(number: str) -> bool:
    """Whether a normalised number can receive a text message: in Morocco only 06 and 07."""
    return not number.startswith(_MOROCCO) or number[4] in "67"


def masked(number: str) -> str:
    """For logs: `+212612••••78`."""
    return f"{number[:-6]}••••{number[-2:]}" if len(number) > 8 else "••••"
