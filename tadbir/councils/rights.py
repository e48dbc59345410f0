"""Who may do what: every right by its name, and the qualities that hold it, said here and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import Quality

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Right(StrEnum):
    """Something that only some qualities may do. Guards, actions, the menu and the verbs ask for it by this name."""

    # the counter
    FILE_AT_COUNTER = auto()
    SERVE_AT_COUNTER = auto()
    SEE_WHAT_COMES_IN = auto()
    GIVE_CODE = auto()
    REACH_PEOPLE = auto()
    SCAN = auto()
    PRINT_BLOCKS = auto()
    # dossiers
    SEE_ALL = auto()
    SEE_UNIT = auto()
    ANSWER_FOR_ALL = auto()
    WORK_IN_UNIT = auto()
    BE_GIVEN_A_DOSSIER = auto()
    HANDLE_INFORMATION_REQUESTS = auto()
    GIVE_OPINIONS = auto()
    SIGN = auto()
    ERASE_PERSONAL_DATA = auto()
    OVERSEE = auto()
    GET_DAILY_MAIL = auto()
    # registers
    READ_REGISTER = auto()
    PRINT_REGISTERS = auto()
    SIGN_REGISTERS = auto()
    # people
    SEE_PEOPLE = auto()
    WRITE_PEOPLE = auto()
    CONFIRM_POWERS = auto()
    RECORD_ABSENCE = auto()
    RECORD_DELEGATIONS = auto()
    # definitions
    SEE_SHEETS = auto()
    KEEP_SHEETS = auto()
    CORRECT_SHEETS = auto()
    ADOPT_SHEETS = auto()
    LEARN_CLOSED_DAYS = auto()
    CHANGE_DEFINITIONS = auto()


RIGHTS: Mapping[Right, frozenset[Quality]] = {
    # Meets the public and files for a visitor; then takes what he brings or says.
    Right.FILE_AT_COUNTER: frozenset(
        {Quality.CLERK, Quality.OFFICER, Quality.HEAD, Quality.DIRECTOR, Quality.INFORMATION_OFFICER}
    ),
    Right.SERVE_AT_COUNTER: frozenset({Quality.CLERK, Quality.OFFICER, Quality.HEAD, Quality.DIRECTOR}),
    # The counter serves whoever comes: it sees what people filed, of any unit.
    Right.SEE_WHAT_COMES_IN: frozenset({Quality.CLERK}),
    Right.GIVE_CODE: frozenset({Quality.CLERK, Quality.OFFICER, Quality.HEAD}),
    # Calls whoever no notice reached.
    Right.REACH_PEOPLE: frozenset(
        {Quality.CLERK, Quality.OFFICER, Quality.HEAD, Quality.DIRECTOR, Quality.INFORMATION_OFFICER}
    ),
    Right.SCAN: frozenset({Quality.CLERK, Quality.OFFICER, Quality.HEAD, Quality.DIRECTOR}),
    Right.PRINT_BLOCKS: frozenset({Quality.CLERK, Quality.HEAD, Quality.DIRECTOR}),
    # Elected members other than the president and the vice-presidents do no administrative task, the secretary of the
    # council too: he writes and keeps the minutes (organic law 112-14, articles 24 and 67). The administrator sees no
    # dossier.
    Right.SEE_ALL: frozenset({Quality.PRESIDENT, Quality.DIRECTOR}),
    Right.SEE_UNIT: frozenset({Quality.HEAD, Quality.OFFICER, Quality.VICE_PRESIDENT}),
    Right.ANSWER_FOR_ALL: frozenset({Quality.DIRECTOR, Quality.PRESIDENT}),
    Right.WORK_IN_UNIT: frozenset({Quality.HEAD, Quality.OFFICER}),
    Right.BE_GIVEN_A_DOSSIER: frozenset(
        {
            Quality.HEAD,
            Quality.OFFICER,
            Quality.DIRECTOR,
            Quality.PRESIDENT,
            Quality.VICE_PRESIDENT,
            Quality.INFORMATION_OFFICER,
        }
    ),
    # Law 31-13: its requests are those of whoever is in charge of them, in any unit.
    Right.HANDLE_INFORMATION_REQUESTS: frozenset({Quality.INFORMATION_OFFICER}),
    Right.GIVE_OPINIONS: frozenset({Quality.HEAD, Quality.OFFICER}),
    # The president, and those who may hold a delegation: it says what each signs (organic law 112-14, 101 to 103).
    Right.SIGN: frozenset({Quality.PRESIDENT, Quality.VICE_PRESIDENT, Quality.DIRECTOR, Quality.HEAD}),
    Right.ERASE_PERSONAL_DATA: frozenset({Quality.DIRECTOR, Quality.PRESIDENT}),
    # The whole council, or his division.
    Right.OVERSEE: frozenset({Quality.PRESIDENT, Quality.DIRECTOR, Quality.HEAD}),
    # Those who answer for the whole council have the page of what is late.
    Right.GET_DAILY_MAIL: frozenset({Quality.OFFICER, Quality.HEAD, Quality.INFORMATION_OFFICER}),
    Right.READ_REGISTER: frozenset({Quality.DIRECTOR, Quality.PRESIDENT}),
    Right.PRINT_REGISTERS: frozenset({Quality.DIRECTOR, Quality.PRESIDENT}),
    Right.SIGN_REGISTERS: frozenset({Quality.PRESIDENT, Quality.DIRECTOR}),
    Right.SEE_PEOPLE: frozenset({Quality.ADMIN, Quality.DIRECTOR, Quality.PRESIDENT, Quality.SECRETARY}),
    Right.WRITE_PEOPLE: frozenset({Quality.ADMIN, Quality.DIRECTOR}),
    # A sign-in link for somebody who signs, a role that signs: a second of them confirms it.
    Right.CONFIRM_POWERS: frozenset({Quality.ADMIN, Quality.DIRECTOR, Quality.PRESIDENT}),
    Right.RECORD_ABSENCE: frozenset({Quality.ADMIN, Quality.DIRECTOR, Quality.PRESIDENT}),
    # The president's orders (organic law 112-14, articles 101 to 103).
    Right.RECORD_DELEGATIONS: frozenset({Quality.PRESIDENT, Quality.DIRECTOR}),
    Right.SEE_SHEETS: frozenset({Quality.DIRECTOR, Quality.ADMIN, Quality.PRESIDENT, Quality.HEAD, Quality.SECRETARY}),
    # Takes sheets from the catalogue, switches them, settles what an upgrade ships.
    Right.KEEP_SHEETS: frozenset({Quality.DIRECTOR, Quality.ADMIN}),
    Right.CORRECT_SHEETS: frozenset({Quality.DIRECTOR, Quality.ADMIN, Quality.PRESIDENT}),
    Right.ADOPT_SHEETS: frozenset({Quality.PRESIDENT, Quality.DIRECTOR}),
    # Types in the official date of a feast or a closure.
    Right.LEARN_CLOSED_DAYS: frozenset({Quality.DIRECTOR, Quality.ADMIN, Quality.PRESIDENT}),
    # The council's own rules and wordings.
    Right.CHANGE_DEFINITIONS: frozenset({Quality.DIRECTOR, Quality.ADMIN}),
}

#: What binds the council or gives powers: whoever does it holds it by a role that the register knows as it stands.
OFFICIAL = frozenset(
    {
        Right.ANSWER_FOR_ALL,
        Right.ERASE_PERSONAL_DATA,
        Right.PRINT_REGISTERS,
        Right.WRITE_PEOPLE,
        Right.CONFIRM_POWERS,
        Right.RECORD_ABSENCE,
        Right.RECORD_DELEGATIONS,
        Right.KEEP_SHEETS,
        Right.CORRECT_SHEETS,
        Right.ADOPT_SHEETS,
        Right.LEARN_CLOSED_DAYS,
        Right.CHANGE_DEFINITIONS,
    }
)

#: What each right is called, after "may".
_WORDS: Mapping[Right, "StrPromise"] = {
    Right.FILE_AT_COUNTER: _("file a request for a visitor"),
    Right.SERVE_AT_COUNTER: _("take at the counter what a person brings or says"),
    Right.SEE_WHAT_COMES_IN: _("see the requests of every unit, as they came in"),
    Right.GIVE_CODE: _("give the follow-up code again"),
    Right.REACH_PEOPLE: _("tell people whom no message reached"),
    Right.SCAN: _("add the scan of a paper"),
    Right.PRINT_BLOCKS: _("print and close blocks of paper receipts"),
    Right.SEE_ALL: _("see every dossier of the council"),
    Right.SEE_UNIT: _("see the dossiers of his unit"),
    Right.ANSWER_FOR_ALL: _("act in every dossier of the council"),
    Right.WORK_IN_UNIT: _("act in the dossiers of his unit"),
    Right.BE_GIVEN_A_DOSSIER: _("be given a dossier in person"),
    Right.HANDLE_INFORMATION_REQUESTS: _("handle the requests for information (law 31-13)"),
    Right.GIVE_OPINIONS: _("give the opinions asked of his unit"),
    Right.SIGN: _("have a folder of what waits for his signature, within his delegations"),
    Right.ERASE_PERSONAL_DATA: _("erase personal data"),
    Right.OVERSEE: _("see what is late"),
    Right.GET_DAILY_MAIL: _("be told by mail every day what is late or soon due"),
    Right.READ_REGISTER: _("read the register and who opened what"),
    Right.PRINT_REGISTERS: _("print registers and keep their signed pages"),
    Right.SIGN_REGISTERS: _("sign the pages of registers"),
    Right.SEE_PEOPLE: _("see people, units and delegations"),
    Right.WRITE_PEOPLE: _("add people and units, give and end roles"),
    Right.CONFIRM_POWERS: _("confirm, as the second person, a role that signs or the sign-in link of its holder"),
    Right.RECORD_ABSENCE: _("record an absence"),
    Right.RECORD_DELEGATIONS: _("record the president's delegation orders"),
    Right.SEE_SHEETS: _("see the sheets of the services"),
    Right.KEEP_SHEETS: _("take sheets from the catalogue and switch them"),
    Right.CORRECT_SHEETS: _("correct sheets"),
    Right.ADOPT_SHEETS: _("adopt sheets"),
    Right.LEARN_CLOSED_DAYS: _("record the official date of a feast or a closure"),
    Right.CHANGE_DEFINITIONS: _("change the council's own rules and wordings"),
}


def holders(right: Right) -> frozenset[Quality]:
    """The qualities that hold a right."""
    return RIGHTS[right]


def weighty(quality: str) -> bool:
    """Whether a quality signs for the council, or says who may: giving and ending it takes two people."""
    return any(quality in holders(one) for one in (Right.SIGN, Right.WRITE_PEOPLE, Right.CONFIRM_POWERS))


def held_by(qualities: Iterable[str]) -> frozenset[Right]:
    """Every right that somebody of these qualities holds."""
    held = frozenset(qualities)
    return frozenset(right for right, holding in RIGHTS.items() if holding & held)


def words(right: Right) -> str:
    """What a right is called, in the reader's language."""
    return str(_WORDS[right])


@dataclass(frozen=True)
class Row:
    """A right in the table of rights: its words, and for each quality in the order of `Quality` whether it holds it."""

    right: Right
    words: str
    held: tuple[bool, ...]


def table() -> list[Row]:
    """Every right and the qualities that hold it, in the reader's language: who may do what, on one page."""
    return [Row(right, words(right), tuple(quality in holders(right) for quality in Quality)) for right in Right]
