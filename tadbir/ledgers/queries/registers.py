"""What the registers on paper read: their lines in order, and what was printed of them.

A line is numbered by its rank in the year, in the order in which it was entered; nothing is ever entered before an
older line, so ranks do not move and a print can say where the one before it ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from tadbir.acts.models import Act
from tadbir.councils.clock import local_date, today
from tadbir.councils.models import Person, Role
from tadbir.councils.rights import Right, holders
from tadbir.councils.shown import Line, Shown
from tadbir.dossiers.models import Dossier
from tadbir.law.words import beside
from tadbir.ledgers.kinds import Register, registers
from tadbir.ledgers.models import RegisterPrint, RegisterScan
from tadbir.ledgers.periods import Period
from tadbir.register.canonical import canonical, sha256_hex
from tadbir.register.models import Entry

#: Lines of one act at most (some twenty pages): a process of 160 MB typesets them in one second; 2,000 at once need
#: 500 MB and three.
LINES_AT_MOST = 500


@dataclass(frozen=True)
class Part:
    """Lines that go on the pages of one act, and what was printed of them before."""

    rank: int  # 1 for the first part of a period
    first_line: int
    numbers: tuple[str, ...]
    printed: RegisterPrint | None = None  # these very lines, printed before
    replaces: RegisterPrint | None = None  # a print of this part that has other lines

    @property
    def last_line(self) -> int:
        """The rank of its last line in the year."""
        return self.first_line + len(self.numbers) - 1

    @property
    def last_number(self) -> str:
        """The number of its last line."""
        return self.numbers[-1]

    @cached_property
    def sha256(self) -> str:
        """What the same lines have in common."""
        return sha256_hex(canonical([self.first_line, *self.numbers]))


@dataclass(frozen=True)
class Survey:
    """What a print of a register for a period would hold."""

    register: Register
    period: Period
    parts: tuple[Part, ...]
    previous: RegisterPrint | None  # the print that ends nearest before
    gap: tuple[int, int] | None  # lines before the period that no print holds

    @property
    def lines(self) -> int:
        """How many lines the period has."""
        return sum(len(part.numbers) for part in self.parts)

    @property
    def to_print(self) -> tuple[Part, ...]:
        """The parts that no print holds as they are."""
        return tuple(part for part in self.parts if part.printed is None)

    @property
    def shown(self) -> Shown:
        """What the page displays of it, that its print confirms."""
        lines = [
            Line(
                f"part:{part.rank}",
                _("Lines"),
                beside(
                    beside(part.first_line, part.last_line, mark=" — "),
                    beside(part.numbers[0], part.last_number, mark=" … "),
                ),
                part.sha256,
            )
            for part in self.parts
        ]
        return Shown(f"register:{self.register.code}:{self.period.year}:{self.period.part}", lines)


def gap_before(line: int, of_year: Sequence[RegisterPrint]) -> tuple[int, int] | None:
    """The first run of lines before a line of the year that no print holds: its first and last."""
    reached = 0
    for one in sorted(of_year, key=lambda one: one.first_line):
        if one.first_line > reached + 1:
            break
        reached = max(reached, one.last_line)
    after = [one.first_line for one in of_year if one.first_line > reached]
    last = min([line, *after]) - 1
    return (reached + 1, last) if reached < last else None


def survey(register: Register, period: Period) -> Survey:
    """Count the lines of a period and compare them with what was printed. Three questions."""
    rows = register.rows
    numbers = tuple(rows(period.starts_on, period.until).values_list("number", flat=True))
    before = rows(date(period.year, 1, 1), period.eve).order_by().count() if period.eve else 0
    of_year = prints_of_year(register.code, period.year)
    known = [one for one in of_year if (one.starts_on, one.ends_on) == (period.starts_on, period.ends_on)]
    parts = []
    for rank, at in enumerate(range(0, len(numbers), LINES_AT_MOST), 1):
        part = Part(rank, before + at + 1, numbers[at : at + LINES_AT_MOST])
        of_rank = [one for one in known if one.part == rank]
        same = next((one for one in of_rank if one.lines_sha256 == part.sha256), None)
        parts.append(replace(part, printed=same, replaces=None if same else next(iter(of_rank), None)))
    first = before + 1
    return Survey(register, period, tuple(parts), last_before(of_year, first), gap_before(first, of_year))


def prints_of_year(register: str, year: int) -> list[RegisterPrint]:
    """The prints of a register that stand, the newest first: few, because a newer one takes an older one's place."""
    found = RegisterPrint.objects.filter(register=register, starts_on__year=year, act__status=Act.Status.VALID)
    return list(found.select_related("act").order_by("-pk"))


def last_before(of_year: Sequence[RegisterPrint], line: int) -> RegisterPrint | None:
    """The print of a year that ends nearest before a line; the newest of several."""
    before = [one for one in of_year if one.last_line < line]
    return max(before, key=lambda one: (one.last_line, one.pk), default=None)


def rows_of(register: Register, period: Period, part: Part) -> list[Any]:
    """The rows of one part, with what their lines show."""
    rows = register.rows(period.starts_on, period.until)
    at = (part.rank - 1) * LINES_AT_MOST
    return list(rows[at : at + len(part.numbers)])


def prints() -> QuerySet[RegisterPrint]:
    """Every print, the newest first, each with its act and the scans of its signed pages."""
    scans = RegisterScan.objects.select_related("file", "signed_by", "added_by", "withdrawn_by")
    found = RegisterPrint.objects.select_related("act", "act__replaced_by", "printed_by", "previous__act")
    return found.prefetch_related(Prefetch("scans", queryset=scans))


def print_by_number(number: str) -> RegisterPrint | None:
    """One print by the number of its act."""
    return prints().filter(act__number=number).first()


def signers(since: date) -> QuerySet[Person]:
    """Those who could sign a print off on some day since it was made."""
    held = Role.objects.filter(quality__in=holders(Right.SIGN_REGISTERS), starts_on__lte=today()).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=since)
    )
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("name_ar", "pk")


def years() -> list[int]:
    """The years of which something can be printed, the newest first."""
    first = Entry.objects.order_by("seq").values_list("at", flat=True).first()
    return list(range(today().year, (local_date(first).year if first else today().year) - 1, -1))


def still_naming(dossier: Dossier) -> list[str]:
    """Numbers of the printed registers whose pages name the people of a dossier: papers of their own, they stay."""
    prints = RegisterPrint.objects.filter(
        register__in=[one.code for one in registers() if one.names_people],
        act__content__erased_at__isnull=True,
        starts_on__year=dossier.opened_at.year,
    )
    rows = prints.select_related("act__content").order_by("pk")
    return [one.act.number for one in rows.iterator(chunk_size=20) if dossier.number in _cells(one)]


def _cells(printed: RegisterPrint) -> set[str]:
    """Every cell of the pages of a print."""
    tables = [block for block in printed.act.document.get("blocks", ()) if block.get("t") == "table"]
    return {str(cell) for table in tables for row in table.get("rows", ()) for cell in row}
