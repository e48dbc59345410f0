"""The codes that open or check something, as people copy them: the digits that follow a dossier, a seal's signs."""

import re

from tadbir.reading.letters import plain

#: Signs of a check code (as Crockford's: no I, L, O, U), and how many there are.
CHECK_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_LENGTH = 10
#: Digits of a tracking code.
FOLLOW_LENGTH = 8
_BETWEEN = re.compile(r"[\s.,:;/_\-–]+")
_ALIKE = str.maketrans("OIL", "011")


def read_digits(typed: str, length: int) -> str:
    """A code of so many digits, whatever digits, dashes and spaces it was written with; '' when it is none."""
    digits = _BETWEEN.sub("", plain(typed[:200]))
    return digits if len(digits) == length and digits.isascii() and digits.isdigit() else ""


def read_check_code(typed: str) -> str:
    """A check code as people type it (case, spaces, O for 0, I and L for 1) in its printed form; '' when it is none."""
    text = _BETWEEN.sub("", plain(typed[:200])).upper().translate(_ALIKE)
    return f"{text[:5]}-{text[5:]}" if len(text) == CHECK_LENGTH and set(text) <= set(CHECK_SIGNS) else ""
