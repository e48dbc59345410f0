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


def _table() -> dict[Right, frozenset[Quality]]:
    president, vice, secretary = Quality.PRESIDENT, Quality.VICE_PRESIDENT, Quality.SECRETARY
    director, head, officer = Quality.DIRECTOR, Quality.HEAD, Quality.OFFICER
    clerk, information, admin = Quality.CLERK, Quality.INFORMATION_OFFICER, Quality.ADMIN
    return {
        # Meets the public and files for a visitor; then takes what he brings or says.
        Right.FILE_AT_COUNTER: frozenset({clerk, officer, head, director, information}),
        Right.SERVE_AT_COUNTER: frozenset({clerk, officer, head, director}),
        # The counter serves whoever comes: it sees what people filed, of any unit.
        Right.SEE_WHAT_COMES_IN: frozenset({clerk}),
        Right.GIVE_CODE: frozenset({clerk, officer, head}),
        Right.SCAN: frozenset({clerk, officer, head, director}),
        Right.PRINT_BLOCKS: frozenset({clerk, head, director}),
        # Elected members other than the president and the vice-presidents do no administrative task (organic law
        # 112-14, article 67); the administrator sees no dossier.
        Right.SEE_ALL: frozenset({president, director, secretary}),
        Right.SEE_UNIT: frozenset({head, officer, vice}),
        Right.ANSWER_FOR_ALL: frozenset({director, president}),
        Right.WORK_IN_UNIT: frozenset({head, officer}),
        Right.BE_GIVEN_A_DOSSIER: frozenset({head, officer, director, president, vice, information}),
        # Law 31-13: its requests are those of whoever is in charge of them, in any unit.
        Right.HANDLE_INFORMATION_REQUESTS: frozenset({information}),
        Right.GIVE_OPINIONS: frozenset({head, officer}),
        Right.ANSWER_APPEALS: frozenset({president, director}),
        Right.ERASE_PERSONAL_DATA: frozenset({director, president}),
        # The whole council, or his division.
        Right.OVERSEE: frozenset({president, director, secretary, head}),
        # Those who answer for the whole council have the page of what is late.
        Right.GET_DAILY_MAIL: frozenset({officer, head, information}),
        Right.READ_REGISTER: frozenset({secretary, director, president}),
        Right.PRINT_REGISTERS: frozenset({secretary, director, president}),
        Right.SIGN_REGISTERS: frozenset({president, director}),
        Right.SEE_PEOPLE: frozenset({admin, director, president, secretary}),
        Right.WRITE_PEOPLE: frozenset({admin, director}),
        Right.RECORD_ABSENCE: frozenset({admin, director, president}),
        # The president's orders (organic law 112-14, articles 101 to 103).
        Right.RECORD_DELEGATIONS: frozenset({president, director}),
        Right.SEE_SHEETS: frozenset({director, admin, president, head, secretary}),
        # Takes sheets from the catalogue, switches them, settles what an upgrade ships.
        Right.KEEP_SHEETS: frozenset({director, admin}),
        Right.CORRECT_SHEETS: frozenset({director, admin, president}),
        Right.ADOPT_SHEETS: frozenset({president, director}),
        # Types in the official date of a feast or a closure.
        Right.LEARN_CLOSED_DAYS: frozenset({director, admin, president}),
        # The council's own rules and wordings.
        Right.CHANGE_DEFINITIONS: frozenset({director, admin}),
    }


RIGHTS: Mapping[Right, frozenset[Quality]] = _table()


def holders(right: Right) -> frozenset[Quality]:
    """The qualities that hold a right."""
    return RIGHTS[right]


def held_by(qualities: Iterable[str]) -> frozenset[Right]:
    """Every right that somebody of these qualities holds."""
    held = frozenset(qualities)
    return frozenset(right for right, holding in RIGHTS.items() if holding & held)
