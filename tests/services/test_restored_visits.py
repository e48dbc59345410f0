"""A restore empties what remembers the closed visits: it ends them all, and a drill knows none."""

from typing import Any

import pytest

from tadbir.councils.scope import council_scope
from tadbir.desk.public import access
from tadbir.operations.actions import forget_the_living, mark_restored
from tests.factories import BOTH
from tests.services.residents import Resident


@pytest.mark.postgres
def test_a_restore_opens_no_visit_that_was_closed(resident: Resident) -> None:
    """What remembers the closed ones is emptied by it: no visit lives on, closed or open; number and code open one."""
    draft, number, code = resident.file(*BOTH)
    closed, still_open = resident.again(), resident.again()
    still_open.client.cookies.pop(access.COOKIE)
    assert still_open.post("follow/", {"number": number, "code": code}).status_code == 302
    assert resident.post("follow/close/").status_code == 302
    assert [one.get(f"follow/{number}/").status_code for one in (closed, still_open)] == [403, 200]
    with council_scope(resident.office.council):
        council = resident.office.council
        forget_the_living()
        mark_restored(council, {"taken_at": "2026-12-01T10:00:00+00:00", "signer": ""})
    for one in (closed, still_open):
        assert one.get(f"follow/{number}/").status_code == 403
        assert one.get(f"request/{draft}/").status_code == 403
    assert closed.post("follow/", {"number": number, "code": code}).status_code == 302
    assert closed.get(f"follow/{number}/").status_code == 200


def test_a_drill_opens_no_visit(resident: Resident, settings: Any) -> None:
    _draft, number, _code = resident.file(*BOTH)
    assert resident.get(f"follow/{number}/").status_code == 200
    settings.DRILL = True
    assert resident.get(f"follow/{number}/").status_code == 403
