"""Who may do what: every right by its name, and the qualities that hold it, said here and nowhere else."""

from collections.abc import Iterable, Mapping
from enum import StrEnum, auto

from tadbir.councils.models import Quality


class Right(StrEnum):
    """Something that only some qualities may do. Guards, actions, the menu and the verbs ask for it by this name."""

    # the counter
    FILE_AT_COUNTER = auto()
    SERVE_AT_COUNTER = auto()
    SEE_WHAT_COMES_IN = auto()
    GIVE_CODE = auto()
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
    ANSWER_APPEALS = auto()
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
    Right.SCAN: frozenset({Quality.CLERK, Quality.OFFICER, Quality.HEAD, Quality.DIRECTOR}),
    Right.PRINT_BLOCKS: frozenset({Quality.CLERK, Quality.HEAD, Quality.DIRECTOR}),
    # Elected members other than the president and the vice-presidents do no administrative task (organic law
    # 112-14, article 67); the administrator sees no dossier.
    Right.SEE_ALL: frozenset({Quality.PRESIDENT, Quality.DIRECTOR, Quality.SECRETARY}),
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
    Right.ANSWER_APPEALS: frozenset({Quality.PRESIDENT, Quality.DIRECTOR}),
    Right.ERASE_PERSONAL_DATA: frozenset({Quality.DIRECTOR, Quality.PRESIDENT}),
    # The whole council, or his division.
    Right.OVERSEE: frozenset({Quality.PRESIDENT, Quality.DIRECTOR, Quality.SECRETARY, Quality.HEAD}),
    # Those who answer for the whole council have the page of what is late.
    Right.GET_DAILY_MAIL: frozenset({Quality.OFFICER, Quality.HEAD, Quality.INFORMATION_OFFICER}),
    Right.READ_REGISTER: frozenset({Quality.SECRETARY, Quality.DIRECTOR, Quality.PRESIDENT}),
    Right.PRINT_REGISTERS: frozenset({Quality.SECRETARY, Quality.DIRECTOR, Quality.PRESIDENT}),
    Right.SIGN_REGISTERS: frozenset({Quality.PRESIDENT, Quality.DIRECTOR}),
    Right.SEE_PEOPLE: frozenset({Quality.ADMIN, Quality.DIRECTOR, Quality.PRESIDENT, Quality.SECRETARY}),
    Right.WRITE_PEOPLE: frozenset({Quality.ADMIN, Quality.DIRECTOR}),
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


def holders(right: Right) -> frozenset[Quality]:
    """The qualities that hold a right."""
    return RIGHTS[right]


def held_by(qualities: Iterable[str]) -> frozenset[Right]:
    """Every right that somebody of these qualities holds."""
    held = frozenset(qualities)
    return frozenset(right for right, holding in RIGHTS.items() if holding & held)
