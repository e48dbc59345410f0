"""Roles, absences and delegations are changed as they were read."""

from datetime import date

import pytest

from tadbir.councils import actions as councils
from tadbir.councils.models import Delegation, Role
from tests.desk.office_desk import address, sign_in
from tests.factories import Office

pytestmark = pytest.mark.postgres


def test_a_role_is_given_beside_those_that_were_read(office: Office) -> None:
    page = address(office.council, "office-give-role", office.clerk.pk)
    director = sign_in(office.director)
    read = director.read(page)  # type: ignore[attr-defined]
    councils.give_role(office.clerk, "officer", date(2026, 12, 1), office.unit, by=office.director)
    told = {"quality": "officer", "unit": office.other_unit.pk, "starts_on": "2026-12-01", "shown": read}
    refused = director.post(page, told)
    assert (refused.status_code, Role.objects.filter(person=office.clerk).count()) == (409, 2)
    what = refused.content.decode().split("</table>")[0]
    assert str(office.unit) in what
    assert str(office.director) in what, "who changed it is named, and when"
    assert "على الساعة" in what
    del told["shown"]
    assert director.post(page, told).status_code == 302


def test_a_role_is_ended_and_an_absence_recorded_as_they_were_read(office: Office) -> None:
    director, role = sign_in(office.director), office.officer.roles.get()
    end = address(office.council, "office-end-role", office.officer.pk, role.pk)
    away = address(office.council, "office-absence", office.officer.pk)
    read, of_absence = (director.read(one) for one in (end, away))  # type: ignore[attr-defined]
    councils.record_absence(office.officer, date(2026, 12, 3), None)
    assert director.post(end, {"sure": "on", "ends_on": "2026-12-31", "shown": read}).status_code == 409
    assert director.post(away, {"absent_from": "", "absent_until": "", "shown": of_absence}).status_code == 409
    role.refresh_from_db()
    office.officer.refresh_from_db()
    assert (role.ends_on, office.officer.absent_from) == (None, date(2026, 12, 3))
    assert director.post(end, {"sure": "on", "ends_on": "2026-12-31"}).status_code == 302
    assert director.post(away, {"absent_from": "", "absent_until": ""}).status_code == 302


def test_an_order_is_recorded_and_ended_over_those_that_were_read(office: Office) -> None:
    page, president = address(office.council, "office-delegations"), sign_in(office.president)
    told = {"delegate": office.head.pk, "scope": "signature", "subjects": ["outcome"], "starts_on": "2026-12-01"}
    first = president.read(page)  # type: ignore[attr-defined]
    made = councils.delegate(office.president, office.head, ["outcome"], "31/2026", date(2026, 12, 1))
    refused = president.post(page, told | {"order_reference": "32/2026", "shown": first})
    assert (refused.status_code, Delegation.objects.count()) == (409, 1)
    assert 'value="32/2026"' in refused.content.decode()
    end = address(office.council, "office-end-delegation", made.pk)
    assert president.post(end, {"sure": "on", "ends_on": "2026-12-31", "shown": first}).status_code == 409
    made.refresh_from_db()
    assert made.ends_on is None
    assert president.post(end, {"sure": "on", "ends_on": "2026-12-31"}).status_code == 302
