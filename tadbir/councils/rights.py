"""Interim."""

from enum import StrEnum

from tadbir.councils.models import Quality as Q


class Right(StrEnum):
    FILE_AT_COUNTER = "file_at_counter"
    SERVE_AT_COUNTER = "serve_at_counter"
    PRINT_BLOCKS = "print_blocks"
    OVERSEE = "oversee"
    READ_REGISTER = "read_register"
    SEE_PEOPLE = "see_people"
    SEE_SHEETS = "see_sheets"
    CHANGE_DEFINITIONS = "change_definitions"
    GIVE_CODE = "give_code"
    ANSWER_APPEALS = "answer_appeals"
    ERASE_PERSONAL_DATA = "erase_personal_data"
    SIGN_REGISTERS = "sign_registers"
    GIVE_OPINIONS = "give_opinions"
    FILE_REQUESTS = "file_requests"
    SCAN = "scan"


RIGHTS = {}


def holders(right):
    return frozenset(Q.values)
