"""Telephone numbers as people write them in Morocco, in one international form, if they can be reached at all."""

import re

import phonenumbers

from tadbir.reading.letters import plain

_MOROCCO = "+212"
#: Moroccan numbers as the plan of the regulator has them: 05 fixed, 06 and 07 mobile, 08 services; nine digits.
_PLAN = re.compile(r"[5-8]\d{8}")
_BETWEEN = re.compile(r"[\s.,()/\-_]+")


def read_telephone(written: str) -> str | None:
    """`06 12-34.56.78`, `00212 612345678`, `212612345678`, `٠٦١٢٣٤٥٦٧٨` as `+212612345678`; None: nobody answers it.

    A number of another country begins with + or 00, and has as many digits as the numbers of that country have.
    """
    digits = re.sub(r"^00", "+", _BETWEEN.sub("", plain(written[:200])))
    if not re.fullmatch(r"\+?\d{9,15}", digits, re.ASCII):
        return None
    if digits.startswith((_MOROCCO, _MOROCCO[1:])):
        home = digits.removeprefix("+").removeprefix(_MOROCCO[1:]).removeprefix("0")  # +212 (0)6…
    elif digits.startswith("0"):
        home = digits[1:]
    elif not digits.startswith("+"):
        home = digits if digits[0] in "67" else ""  # a mobile number without its 0
    else:
        return digits if _is_possible(digits) else None
    return _MOROCCO + home if _PLAN.fullmatch(home) else None


def _is_possible(number: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def takes_text(number: str) -> bool:
    """Whether a number that was read can receive a text message: in Morocco only 06 and 07, elsewhere no fixed line."""
    if number.startswith(_MOROCCO):
        return number[len(_MOROCCO)] in "67"
    return phonenumbers.number_type(phonenumbers.parse(number)) != phonenumbers.PhoneNumberType.FIXED_LINE


def written_here(number: str) -> str:
    """A number that was read as it is written in Morocco, `05 28 93 00 00`, kept in its own direction; another
    country's as it is. Empty for none."""
    home = number.removeprefix(_MOROCCO)
    shown = f"0{home}" if home != number else number
    pairs = " ".join(shown[at : at + 2] for at in range(0, len(shown), 2)) if home != number else shown
    return f"\u2066{pairs}\u2069" if number else ""


def masked(number: str) -> str:
    """For logs: `+212612••••78`."""
    return f"{number[:-6]}••••{number[-2:]}" if len(number) > 8 else "••••"
