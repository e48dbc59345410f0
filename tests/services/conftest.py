"""What the tests of services share."""

import pytest

from tests.factories import Office, adopted_loan
from tests.services.residents import Resident


@pytest.fixture
def resident(office: Office) -> Resident:
    """Somebody on the public pages, in a council that has adopted the loan of a hall."""
    adopted_loan(office)
    return Resident(office)
