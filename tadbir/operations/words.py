"""In which language a terminal is spoken to: Arabic where it says so, else French."""

import os


def terminal_language() -> str:
    """`ar` or `fr`, by the environment of the shell."""
    return "ar" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("ar") else "fr"
