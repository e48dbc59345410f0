"""Mixed-direction text (UAX #9): what must be wrapped so that paper shows it in the right order.

Raw data keeps no direction controls (`clean`). They are added at the edge, when printing (`isolate`, `ltr`,
`money`, `auto`), and stripped from everything a machine reads (`strip_isolates`).
"""

import re
import unicodedata
from decimal import Decimal

from tadbir.acts.documents import words

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
NBSP = "\u00a0"  # thousands separator: an ASCII space lets the groups change places in an Arabic line

_ISOLATES = re.compile("[\u2066-\u2069]")
_CONTROLS = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Text as data: NFC, no control character, no direction control, line ends as one `\\n`.

    Lone surrogates become U+FFFD. Zero-width joiner and non-joiner stay: they change letter forms.
    """
    if text.isascii() and text.isprintable():
        return str(text)
    text = _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text))


def strip_isolates(text: str) -> str:
    """The text without the isolates that printing added."""
    return _ISOLATES.sub("", text)


def isolate(value: object) -> str:
    """A value whose own first letter decides its direction, whatever surrounds it."""
    return f"{FSI}{clean(str(value))}{PDI}"


def ltr(value: object) -> str:
    """A value always written left to right: number, telephone, date, reference, address."""
    return f"{LRI}{clean(str(value))}{PDI}"


def money(amount: Decimal | int, currency: str = "") -> str:
    """An amount in dirhams, two decimals, Moroccan writing: `12 450,00`. Isolated left to right."""
    sign = "-" if amount < 0 else ""
    whole, _, cents = f"{abs(Decimal(amount)):.2f}".partition(".")
    groups = re.sub(r"(?<=\d)(?=(\d{3})+$)", NBSP, whole)
    return ltr(f"{sign}{groups},{cents}") + (f"{NBSP}{currency}" if currency else "")


_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d])")
_MONTHS = "|".join(sorted({*words.MONTHS_FR, *words.MONTHS_AR["administrative"], *words.MONTHS_AR["gazette"]}))
_DAY = re.compile(rf"(?<!\w)(?:\d{{1,2}}|1er|فاتح) (?:{_MONTHS}) \d{{4}}(?!\d)")
# A run with Latin letters may hold spaces; a run of digits alone may not (two numbers must not merge).
_LATIN = "A-Za-z\u00c0-\u024f"
_RUN = re.compile(rf"(?P<words>[{_LATIN}0-9+\-#@][{_LATIN}0-9 \u00a0.,:;/_@&'’+\-#%=?()]*[{_LATIN}0-9%)]|[{_LATIN}])")
_NUMBER = re.compile(r"[+\-]?\d[\d\u00a0.,:/\-]*\d%?|[+\-]\d|\d%")


def auto(text: str) -> str:
    """An Arabic sentence with every Latin run, amount, date, telephone and reference isolated.

    Used on free text when printing; idempotent because isolates already there are removed first.
    """
    return _RUN.sub(_wrap, grouped(strip_isolates(text)))


def grouped(text: str) -> str:
    """What must stay on one line: the groups of three digits of an amount (`12 450,00`), a day, its month and year."""
    joined = _GROUPS.sub(lambda m: m.group().replace(" ", NBSP), text)
    return _DAY.sub(lambda m: m.group().replace(" ", NBSP), joined)


def _wrap(match: re.Match[str]) -> str:
    run = match.group()
    if not re.search(f"[{_LATIN}]", run):
        return _NUMBER.sub(lambda m: f"{LRI}{m.group()}{PDI}", run)
    tail = ""
    if run.count("(") != run.count(")"):
        run, tail = _balanced(run)
    return f"{LRI}{run}{PDI}{tail}"


def _balanced(run: str) -> tuple[str, str]:
    """Leave a closing bracket outside when its opening one stands in the Arabic around it."""
    while run and run.count(")") > run.count("("):
        cut = run.rindex(")")
        return (run[:cut], run[cut:]) if cut == len(run) - 1 else (run, "")
    return run, ""
