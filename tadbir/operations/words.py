"""What a command says to its terminal: one language for all of them, before Django is there too.

Arabic where the terminal says so, else French. The words are those of this app's catalogue, read by Python's own
gettext; once Django is loaded it speaks the same language (`speak_there_too`).
"""

import gettext
import os
import sys
from functools import cache
from pathlib import Path
from typing import NoReturn

_DOMAIN, _LOCALE = "django", Path(__file__).parent / "locale"
#: The commands of the layer above keep their words there (`tadbir demo`).
_ABOVE = Path(__file__).parents[1] / "site" / "locale"
#: Where a terminal says its language, the first of them that is set (as gettext reads them).
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
#: A command was asked for something that it cannot do as it stands: another folder, another word, another user.
REFUSED = 2


def terminal_language() -> str:
    """`ar` or `fr`, by the environment of the shell."""
    said = next((value for name in _VARIABLES if (value := os.environ.get(name))), "")
    return "ar" if said.startswith("ar") else "fr"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    found = gettext.translation(_DOMAIN, _LOCALE, [language], fallback=True)
    found.add_fallback(gettext.translation(_DOMAIN, _ABOVE, [language], fallback=True))
    return found


def _(text: str) -> str:
    """The text in the language of the terminal."""
    return _catalogue(terminal_language()).gettext(text)


def speak() -> None:
    """Have this process, what it starts and Python's own readers of words (argparse) speak that language."""
    os.environ["LANGUAGE"] = terminal_language()
    gettext.bindtextdomain(_DOMAIN, str(_LOCALE))
    gettext.textdomain(_DOMAIN)


def speak_there_too() -> None:
    """Have Django speak it; call once it is loaded."""
    from django.utils import translation

    translation.activate(terminal_language())


def stop(text: str, status: int = REFUSED) -> NoReturn:
    """Say why nothing was done, and end the command."""
    print(f"tadbir: {text}", file=sys.stderr)
    raise SystemExit(status)


def of_argparse() -> tuple[str, ...]:
    """What argparse says, for the catalogue: it looks its words up there itself."""
    return (
        _("usage: "),
        _("positional arguments"),
        _("options"),
        _("show this help message and exit"),
        _("%(prog)s: error: %(message)s\n"),
        _("argument %(argument_name)s: %(message)s"),
        _("the following arguments are required: %s"),
        _("unrecognized arguments: %s"),
        _("expected one argument"),
        _("invalid %(type)s value: %(value)r"),
        _("invalid choice: %(value)r (choose from %(choices)s)"),
    )
