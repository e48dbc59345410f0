"""Somebody leaves: what is in his name is listed, given to somebody in one deed, and never stays with nobody unseen."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.models import Delegation, Quality, Role
from tadbir.desk.actions import leaving
from tadbir.desk.queries.leaving import held_by
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.dossiers.queries import ownerless
from tadbir.register.models import Entry
from tadbir.register.proving import walk
from tadbir.services.actions import file_request
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing
from tests.services.residents import text

pytestmark = pytest.mark.postgres
LAST = date(2026, 12, 1)


@pytest.fixture
def three(office: Office) -> list[Dossier]:
    """Three dossiers in the officer's name."""
    sheet = adopted_loan(office)
    found = [file_request(loan_filing(sheet)).dossier for _ in range(3)]
    for dossier in found:
        dossiers.reassign(dossier, office.head, office.officer, office.unit, "قرب")
    return found


def test_ending_a_role_lists_what_he_leaves_and_asks_to_whom(office: Office, three: list[Dossier]) -> None:
    director, role = sign_in(office.director), office.officer.roles.get()
    page = text(director.get(address(office.council, "office-person", office.officer.pk)))
    assert three[0].number in page
    assert "الملفات المفتوحة: 3" in page
    end = address(office.council, "office-end-role", office.officer.pk, role.pk)
    assert director.post(end, {"sure": "on", "ends_on": "2026-12-01"}).status_code == 422, "to whom must be said"
    role.refresh_from_db()
    assert role.ends_on is None
    assert director.post(end, {"sure": "on", "ends_on": "2026-12-01", "to": office.head.pk}).status_code == 302
    assert set(Dossier.objects.values_list("officer", flat=True)) == {office.head.pk}
    assert set(Duty.objects.filter(over_on__isnull=True).values_list("officer", flat=True)) == {office.head.pk}
    given = Fact.objects.filter(kind="reassigned", data__person=office.head.pk)
    assert [fact.by for fact in given] == [office.director] * 3
    role.refresh_from_db()
    assert role.ends_on == LAST


def test_nothing_is_given_when_the_end_is_refused(office: Office, three: list[Dossier]) -> None:
    role = office.officer.roles.get()
    with pytest.raises(ValidationError):
        leaving.end_role(role, LAST, office.director, give=True, to=office.clerk)  # works on no dossier
    with pytest.raises(PermissionDenied):
        leaving.give_all(office.officer, office.head, office.head)
    role.refresh_from_db()
    assert role.ends_on is None
    assert held_by(office.officer).dossiers == 3


def test_what_nobody_has_lies_in_a_tray_and_names_nobody(office: Office, three: list[Dossier]) -> None:
    leaving.end_role(office.officer.roles.get(), LAST, office.director, give=False)
    assert not ownerless(Dossier.objects.all()).exists(), "he works until his last day"
    with simulated(at("2026-12-02 09:00")):
        head = sign_in(office.head)
        assert ownerless(Dossier.objects.all()).count() == 3
        assert three[0].number in text(head.get(address(office.council, "office-tray", "ownerless")))
        assert "بدون مسؤول" in text(head.get(address(office.council, "office-home")))
        page = text(head.get(address(office.council, "office-dossier", three[0].number)))
        assert f"بدون مسؤول (انتهت صفة {office.officer.name_ar} )" in page
        leaving.give_all(office.officer, None, office.director)
        assert not ownerless(Dossier.objects.all()).exists(), "the unit has a head"
        councils.end_role(Role.objects.get(person=office.head), date(2026, 12, 2))
    with simulated(at("2026-12-03 09:00")):
        assert ownerless(Dossier.objects.all()).count() == 3, "nobody works in the unit"


def test_somebody_away_gives_all_he_has(office: Office, three: list[Dossier]) -> None:
    councils.record_absence(office.officer, LAST, date(2027, 3, 1))
    give = address(office.council, "office-give-all", office.officer.pk)
    director = sign_in(office.director)
    assert director.post(give, {"to": ""}).status_code == 422
    assert director.post(give, {"to": office.head.pk}).status_code == 302
    assert held_by(office.officer).dossiers == 0
    assert sign_in(office.head).post(give, {"to": office.head.pk}).status_code == 403


def test_a_delegation_ends_with_the_role_that_carried_it(office: Office) -> None:
    order = councils.delegate(office.president, office.head, ["*"], "7/2026", date(2026, 2, 1))
    councils.delegate(office.president, office.director, ["*"], "8/2026", date(2026, 2, 1))
    leaving.end_role(office.head.roles.get(), LAST, office.director, give=True)
    assert list(Delegation.objects.filter(ends_on=LAST)) == [order]


def test_a_role_ended_by_mistake_goes_on_and_a_later_day_gives_nothing(office: Office, three: list[Dossier]) -> None:
    director, role = sign_in(office.director), office.officer.roles.get()
    page = address(office.council, "office-person", office.officer.pk)
    end = address(office.council, "office-end-role", office.officer.pk, role.pk)
    assert 'name="ends_on" value' not in director.get(page).content.decode(), "no day is chosen beforehand"
    typed = {"ends_on": "2026-12-10", "to": "later"}
    assert director.post(end, typed).status_code == 422, "it is asked twice"
    assert director.post(end, typed | {"sure": "on"}).status_code == 302
    assert director.post(end, {"ends_on": "2026-12-05"}).status_code == 422, "to whom, for an earlier day"
    assert director.post(end, {"ends_on": "2027-12-31"}).status_code == 302
    role.refresh_from_db()
    assert role.ends_on == date(2027, 12, 31)
    said = director.post(end, {"ends_on": "", "to": str(office.head.pk)}, follow=True)
    assert "الصفة مستمرة" in text(said)
    role.refresh_from_db()
    assert role.ends_on is None
    assert set(Dossier.objects.values_list("officer", flat=True)) == {office.officer.pk}
    kinds = [link.kind for link in Entry.objects.filter(kind="role_ended")]
    assert len(kinds) == 3
    assert [one for step in walk() for one in step.found] == []


def test_a_president_goes_on_only_where_no_other_follows(office: Office) -> None:
    role = office.president.roles.get()
    councils.end_role(role, date(2026, 12, 31))
    councils.end_role(role, None)
    role.refresh_from_db()
    assert role.ends_on is None
    councils.end_role(role, date(2026, 12, 31))
    councils.give_role(office.head, Quality.PRESIDENT, date(2027, 1, 1))
    with pytest.raises(ValidationError, match="رئيس آخر"):
        councils.end_role(role, None)
    order = councils.delegate(office.president, office.director, ["outcome"], "4/2026", date(2026, 12, 1))
    president, end = sign_in(office.president), address(office.council, "office-end-delegation", order.pk)
    assert president.post(end, {"ends_on": "2026-12-10", "sure": "on"}).status_code == 302
    assert president.post(end, {"ends_on": ""}).status_code == 302
    order.refresh_from_db()
    assert order.ends_on is None
