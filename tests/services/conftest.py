"""What the tests of services share."""

import pytest

from tadbir.dossiers.models import Dossier
from tadbir.services.actions import file_request
from tests.factories import Office, adopted_loan, loan_filing
from tests.services.residents import Resident


@pytest.fixture
def resident(office: Office) -> Resident:
    """Somebody on the public pages, in a council that has adopted the loan of a hall."""
    adopted_loan(office)
    return Resident(office)


@pytest.fixture
def loan(office: Office) -> Dossier:
    """A complete request for tents of 1 December 2026."""
    return file_request(loan_filing(adopted_loan(office))).dossier
