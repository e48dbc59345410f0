"""What several tests of the office need."""

import pytest

from tadbir.councils import actions as councils
from tadbir.councils.models import Person
from tadbir.councils.rights import Quality
from tests.desk.office_desk import opens
from tests.factories import SINCE, Office


@pytest.fixture
def admin(office: Office) -> Person:
    """An administrator of the system, whose account is open."""
    made = councils.create_person("مسؤول النظام", "Administratrice", "admin@oed.example")
    councils.give_role(made, Quality.ADMIN, SINCE)
    opens(made, office.director)
    return made
