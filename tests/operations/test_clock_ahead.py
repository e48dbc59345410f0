"""A clock that was ahead: questioned before it is believed, and a way out once it was."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from tadbir.councils import actions as councils
from tadbir.councils.clock import now, simulated, today
from tadbir.operations import start
from tests.desk.erased import bureau
from tests.factories import Office

__all__ = ["bureau"]  # the fixture of this file


@pytest.mark.django_db
def test_a_clock_that_may_be_ahead_is_questioned_and_one_that_was_has_a_way_out(bureau: Office) -> None:
    assert start.clock_in_doubt() == ""
    with simulated(now() + timedelta(days=59)):
        assert start.clock_in_doubt() == ""
    with simulated(now() + timedelta(days=3 * 365)), translation.override("fr"):
        assert "Si l’horloge avance" in start.clock_in_doubt()
        councils.give_role(bureau.clerk, "officer", today())
        start.refuse_clock_gone_back()
        assert start.clock_in_doubt() == ""
    with translation.override("fr"), pytest.raises(ImproperlyConfigured, match="tadbir restore"):
        start.refuse_clock_gone_back()
