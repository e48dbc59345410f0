"""The writers of councils: set up a council, its units and people, give and end roles, delegate, enrol, put right."""

from tadbir.councils.actions.correcting import put_right
from tadbir.councils.actions.enrolling import confirm_enrolment, make_enrolment, use_enrolment
from tadbir.councils.actions.office import (
    NO_RECEIVER,
    add_person,
    address_of,
    create_council,
    create_person,
    create_unit,
    delegate,
    end_delegation,
    end_role,
    give_role,
    log_access,
    record_absence,
    record_delegation,
    rename_person,
    rename_unit,
    renew_stamp,
    require,
)

__all__ = [
    "NO_RECEIVER",
    "add_person",
    "address_of",
    "confirm_enrolment",
    "create_council",
    "create_person",
    "create_unit",
    "delegate",
    "end_delegation",
    "end_role",
    "give_role",
    "log_access",
    "make_enrolment",
    "put_right",
    "record_absence",
    "record_delegation",
    "rename_person",
    "rename_unit",
    "renew_stamp",
    "require",
    "use_enrolment",
]
