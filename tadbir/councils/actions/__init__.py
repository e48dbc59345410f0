"""The writers of councils: set up a council, its units and people, give and end roles, delegate, enrol, put right."""

from tadbir.councils.actions.correcting import put_right
from tadbir.councils.actions.emails import move_email, propose_email, takes_two
from tadbir.councils.actions.enrolling import confirm_enrolment, make_enrolment, use_enrolment
from tadbir.councils.actions.house import LONGEST as LONGEST_OF_HOUSE
from tadbir.councils.actions.house import say_of_house
from tadbir.councils.actions.office import (
    address_of,
    create_council,
    create_person,
    create_unit,
    known_qualities,
    log_access,
    record_absence,
    rename_person,
    rename_unit,
    renew_stamp,
    require,
    require_if,
)
from tadbir.councils.actions.powers import (
    NO_RECEIVER,
    delegate,
    end_delegation,
    end_role,
    give_role,
    president_on,
    require_delegable,
    require_endable,
    require_giveable,
    require_last_day,
)
from tadbir.councils.actions.seconding import answer_power, ask_power

__all__ = [
    "LONGEST_OF_HOUSE",
    "NO_RECEIVER",
    "address_of",
    "answer_power",
    "ask_power",
    "confirm_enrolment",
    "create_council",
    "create_person",
    "create_unit",
    "delegate",
    "end_delegation",
    "end_role",
    "give_role",
    "known_qualities",
    "log_access",
    "make_enrolment",
    "move_email",
    "president_on",
    "propose_email",
    "put_right",
    "record_absence",
    "rename_person",
    "rename_unit",
    "renew_stamp",
    "require",
    "require_delegable",
    "require_endable",
    "require_giveable",
    "require_if",
    "require_last_day",
    "say_of_house",
    "takes_two",
    "use_enrolment",
]
