"""A dossier that is said to have been left behind is proved like every other: the row that says so is nobody's word."""

import pytest

from tadbir.councils.clock import now
from tadbir.dossiers.models import Dossier, Redating
from tests.desk.erased import bureau, lived
from tests.factories import Office
from tests.register.tampering import hide_a_duty, move_a_date, proved

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_a_row_put_there_hides_no_changed_date(bureau: Office) -> None:
    lived(bureau)
    number = Dossier.objects.get().number
    Redating.objects.create(
        source="x", kinds=[], by=None, asked_at=now(), finished_at=now(), total=1, done=1, stuck=[number]
    )
    assert proved() == []
    for tamper in (move_a_date, hide_a_duty):
        expected = tamper()
        assert any(expected in line for line in proved())
