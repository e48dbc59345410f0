"""The official numbers of dossiers and papers, as people copy them: `R-2026-00066`, `٦٦`, `r 2026 66`, `د-2026-66`."""

import re
from dataclasses import dataclass

from tadbir.reading.letters import plain

#: The series of the dossiers' own numbers; every paper has another.
DOSSIERS = "D"
#: The letter that an Arabic keyboard has for each letter of a series; و stands for وصل, ط for طلب.
_ARABIC = str.maketrans(
    {"د": "D", "و": "R", "ر": "R", "ل": "L", "ن": "N", "ب": "B", "پ": "P", "س": "S", "ش": "C", "م": "M", "ج": "G"}
)
#: What people write before a number: «رقم», «عدد», n°, no., num., #.
_BEFORE = re.compile(r"^.*?(?:رقم|عدد|\bN\s?[°O]\b|\bN°|\bNUM[EÉ]RO|\bNUM\b|#)[\s.:]*")
_AROUND = " .,:;()[]«»\"'،؛-/_"
_BETWEEN = r"[\s/.\-_]"
_WHOLE = re.compile(
    rf"(?<![A-Z0-9])(?:(?P<series>[A-Z]{{1,3}}\d{{0,6}}?){_BETWEEN}*)?"
    rf"(?P<year>(?:19|20)\d\d)(?:{_BETWEEN}+|(?=\d{{5}}))(?P<rank>\d{{1,9}})(?:\s?/\s?(?P<part>\d{{1,3}}))?$"
)
#: Letters among the digits of a number, O for 0, I and L for 1: never the letters of its series, which stand first.
_ALIKE = re.compile(r"(?:(?<=[\d\-/_])|(?<=\d\s))(?=[OIL]*\d)[OIL\d]+")
_DIGITS = str.maketrans("OIL", "011")
#: As administrations write them: 66/2026.
_TURNED = re.compile(
    rf"(?<![A-Z0-9])(?:(?P<series>[A-Z]{{1,3}}\d{{0,6}}){_BETWEEN}+)?"
    rf"(?P<rank>\d{{1,6}})\s?[/-]\s?(?P<year>(?:19|20)\d\d)(?P<part>)$"
)
_SHORT = re.compile(rf"(?<![A-Z0-9])(?:(?P<series>[A-Z]{{1,3}}){_BETWEEN}*)?(?P<year>)(?P<rank>\d{{1,6}})(?P<part>)$")


@dataclass(frozen=True)
class Written:
    """A number as far as it was written: series and year may have been left out."""

    series: str
    year: int | None
    rank: int
    part: int | None = None

    @property
    def whole(self) -> bool:
        """Whether it names one number: series and year were written."""
        return bool(self.series and self.year)

    def __str__(self) -> str:
        head = f"{self.series}-{self.year}-{self.rank:05d}"
        return head if self.part is None else f"{head}/{self.part:02d}"


def read_number(typed: str) -> Written | None:
    """What number somebody wrote, or None when it is none.

    Arabic digits and letters, small letters, dashes and spaces of every kind, missing zeros, O for 0, words before and
    signs after make no difference.
    """
    text = _BEFORE.sub("", plain(typed[:200]).upper()).strip(_AROUND)
    text = re.sub(r"[ء-ي]+", lambda word: word[0].translate(_ARABIC) if len(word[0]) == 1 else " ", text).strip()
    text = _ALIKE.sub(lambda digits: digits[0].translate(_DIGITS), text)
    found = _WHOLE.search(text) or _TURNED.search(text) or _SHORT.search(text)
    if found is None or any(sign.isdigit() for sign in text[: found.start()]):  # two numbers, a date, a telephone
        return None
    year, part = found["year"], found["part"]
    return Written(found["series"] or "", int(year) if year else None, int(found["rank"]), int(part) if part else None)
