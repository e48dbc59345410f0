"""Digits as people type them, in one form (pure: no framework)."""

#: The digits of the East as Arabic and Persian keyboards write them, and the Western one for each.
EASTERN = {ord(digit): str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)}


def western(text: str) -> str:
    """The text with Western digits, everything else as it was."""
    return text.translate(EASTERN)
