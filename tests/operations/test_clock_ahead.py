"""A clock that was ahead: questioned before it is believed, and a way out once it was."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from tadbir.councils import actions as councils
from tadbir.councils.clock import now, simulated, today
from tadbir.operations import restoring, start
from tests.desk.erased import bureau
from tests.factories import Office
from tests.operations.installation import Installation

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


#: A link more, of this many days from now: before, the clock is far ahead of it; after, it is behind it.
DATED = """
from datetime import timedelta
from django.db import transaction
from tadbir.councils.clock import now, simulated
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.register.actions import append
with simulated(now() + timedelta(days={days})), council_scope(Council.objects.get()), transaction.atomic():
    append("later", {{}})
"""
WRITERS = (("tick",), ("link", "admin@oed.example"), ("migrate",))


@pytest.mark.parametrize(("days", "told", "status"), [(-400, "Si l’horloge avance", 0), (2, "a reculé", 2)])
def test_every_command_that_writes_dates_questions_the_clock(
    home: Installation, days: int, told: str, status: int
) -> None:
    for words in WRITERS:
        home.python(DATED.format(days=days))
        done = home.run(*words, good=False)
        assert (words, told in done.stderr, done.returncode) == (words, True, status), done.stderr
        home.python(DATED.format(days=0))
        assert told not in home.run(*words).stderr


def test_a_restore_by_a_clock_that_is_behind_is_refused_and_leaves_nothing(home: Installation, tmp_path: Path) -> None:
    first, second = tmp_path / "first.tar", tmp_path / "second.tar"
    home.run("backup", str(first))
    home.python(DATED.format(days=2))
    home.run("backup", str(second))
    done = home.run("restore", str(second), str(tmp_path / "new"), "--signer", home.signer, good=False)
    assert (done.returncode, "L’horloge" in done.stderr, (tmp_path / "new").exists()) == (2, True, False)
    looked = home.run("restore", str(second), str(tmp_path / "try"), "--signer", home.signer, "--drill")
    assert "L’horloge" not in looked.stderr  # it records nothing
    home.run("restore", str(first), str(tmp_path / "new"), "--signer", home.signer)


@pytest.mark.django_db
def test_a_restore_by_a_clock_that_may_be_ahead_says_so(bureau: Office, capsys: pytest.CaptureFixture[str]) -> None:
    restoring._question_clock()
    assert capsys.readouterr().err == ""
    with simulated(now() + timedelta(days=400)), translation.override("fr"):
        restoring._question_clock()
    assert "Si l’horloge avance" in capsys.readouterr().err
