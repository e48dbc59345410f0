"""A dossier that is said to have been left behind is proved like every other: the row that says so is nobody's word."""

import pytest
from django.db import transaction

from tadbir.councils.clock import now, simulated
from tadbir.dossiers.actions import record
from tadbir.dossiers.models import Dossier, Redating
from tadbir.register.actions import append
from tests.conftest import at
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


def test_one_that_was_left_behind_by_a_link_is_named_once_something_happened(bureau: Office) -> None:
    lived(bureau)
    with transaction.atomic():
        append("dossier_undated", {"dossier": Dossier.objects.get().number})
    move_a_date()
    assert proved() == [], "its dates are the older ones, and the link says so"
    with simulated(at("2026-12-01 10:05")):
        record(Dossier.objects.get(), "code_reprinted", by=bureau.clerk)
    assert proved() == [], "whatever happens derives it anew"
    expected = move_a_date()
    assert any(expected in line for line in proved())
