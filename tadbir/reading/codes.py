"""The codes that open or check something, as people copy them: the digits that follow a dossier, a seal's signs."""

import re

from tadbir.reading.letters import plain
from tadbir.reading.numbers import read_number

#: Signs of a check code (as Crockford's: no I, L, O, U), and how many there are.
CHECK_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_LENGTH = 10
#: Digits of a tracking code, and of the code of a request that is being filled in.
FOLLOW_LENGTH, DRAFT_LENGTH = 8, 16
#: What codes of requests looked like before they were digits: capitals and small letters differ.
_OLD_DRAFT = re.compile(r"[A-Za-z0-9_-]{16}")
_BETWEEN = re.compile(r"[\s.,:;/_\-–]+")
_ALIKE = str.maketrans("OIL", "011")
#: What people copy along before a code: «رمز», «رمز التتبع:», "code".
_BEFORE = re.compile(r"^(?:(?:[ء-ي]+|[^\W\d_]+(?=[\s.:]))[\s.:]*)+")


def read_digits(typed: str, length: int) -> str:
    """A code of so many digits, whatever digits, dashes and spaces it was written with; '' when it is none.

    A letter that looks like a digit is that digit: O is 0, I and L are 1.
    """
    return next((one for one in _signs(typed) if len(one) == length and one.isascii() and one.isdigit()), "")


def _signs(typed: str) -> tuple[str, str]:
    """The signs of a code as they were typed, and without the words before it."""
    text = plain(typed[:200])
    whole, bare = (_BETWEEN.sub("", one).upper().translate(_ALIKE) for one in (text, _BEFORE.sub("", text)))
    return whole, bare


def in_fours(digits: str) -> str:
    """A code of digits as it is printed: 4821-9937."""
    return "-".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def read_draft_code(typed: str) -> str:
    """The code of a request that is being filled in, in its printed form; '' when it is none."""
    digits, as_it_was = read_digits(typed, DRAFT_LENGTH), typed.strip()
    return in_fours(digits) or (as_it_was if _OLD_DRAFT.fullmatch(as_it_was) else "")


def kind_of_code(typed: str) -> str:
    """Which of the codes somebody typed: "follow", "draft", "check", or a "number"; '' for what is none of them.

    Whoever asks for one says so when it is another one: people copy what they find on the paper.
    """
    if read_digits(typed, FOLLOW_LENGTH):
        return "follow"
    if read_draft_code(typed):
        return "draft"
    number = read_number(typed)
    if number is not None and number.whole:  # ten signs too: D-2026-00041
        return "number"
    return "check" if read_check_code(typed) else ""


def read_check_code(typed: str) -> str:
    """A check code as people type it (case, spaces, O for 0, I and L for 1) in its printed form; '' when it is none."""
    found = (one for one in _signs(typed) if len(one) == CHECK_LENGTH and set(one) <= set(CHECK_SIGNS))
    text = next(found, "")
    return f"{text[:5]}-{text[5:]}" if text else ""
