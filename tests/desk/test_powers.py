"""A role that signs, and an order of the president, take two people; what rests on them stays signed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.councils import actions as councils
from tadbir.councils.models import Delegation, Person, PowerChange, Quality, Role
from tadbir.councils.queries import holds
from tadbir.councils.rights import Right
from tadbir.desk.actions import powers
from tadbir.notify.models import Notice
from tadbir.register.models import Entry
from tadbir.register.proving import walk
from tadbir.services import actions as services
from tests import at_once as desk
from tests.desk.office_desk import address, opens, sign_in
from tests.factories import SINCE, Office, adopted_loan, loan_filing

DAY = date(2026, 12, 1)
SIGNS = {"quality": "head", "starts_on": "2026-12-01"}


def whole() -> list[str]:
    return [str(one) for step in walk() for one in step.found]


def told(code: str) -> set[str]:
    return set(Notice.objects.filter(code=code).values_list("recipient", flat=True))


def page_of(office: Office, row: PowerChange) -> str:
    return address(office.council, "office-power", row.pk)


@pytest.mark.postgres
def test_a_role_that_signs_is_given_by_two(office: Office, admin: Person) -> None:
    with pytest.raises(PermissionDenied):
        councils.give_role(office.clerk, Quality.HEAD, DAY, office.unit, by=admin)
    give = address(office.council, "office-give-role", office.clerk.pk)
    asks, confirms = sign_in(admin), sign_in(office.director)
    said = asks.post(give, SIGNS | {"unit": office.unit.pk}, follow=True).content.decode()
    assert "ينتظر هذا شخصا ثانيا" in said
    row = PowerChange.objects.get()
    assert (row.answered_at, holds(office.clerk, Right.SIGN, DAY)) == (None, False)
    assert told("power_waits") == {f"{who}@oed.example" for who in ("clerk", "president", "director")}
    assert page_of(office, row) in confirms.get(address(office.council, "office-people")).content.decode()

    page = page_of(office, row)
    assert asks.post(page, {"answer": "confirm"}).status_code in (403, 422)  # never who asked
    assert sign_in(office.clerk).get(page).status_code == 403
    assert confirms.post(page, {}).status_code == 422
    late = sign_in(office.president)
    read = late.read(page)  # type: ignore[attr-defined]
    assert confirms.post(page, {"answer": "confirm"}).status_code == 302
    assert confirms.post(page, {"answer": "confirm"}).status_code == 422  # it waits no more
    lost = late.post(page, {"answer": "refuse", "shown": read})
    said = lost.content.decode().split("</table>")[0]
    assert (lost.status_code, "مؤكد، وهو ساري" in said, str(office.director) in said) == (409, True, True)
    assert "على الساعة" in said
    assert Role.objects.filter(person=office.clerk, quality="head").count() == 1
    given = Entry.objects.filter(kind="role_given").latest("seq").fields
    assert (given["by"], given["second"]) == (admin.pk, office.director.pk)
    assert told("power_changed") == {f"{who}@oed.example" for who in ("clerk", "president", "admin")}
    assert whole() == []


def test_what_signs_nothing_is_given_at_once(office: Office, admin: Person) -> None:
    give = address(office.council, "office-give-role", office.clerk.pk)
    sent = {"quality": "officer", "unit": office.unit.pk, "starts_on": "2026-12-01"}
    assert sign_in(admin).post(give, sent).status_code == 302
    assert (Role.objects.filter(person=office.clerk).count(), PowerChange.objects.count()) == (2, 0)


def test_ending_it_and_moving_its_last_day_take_two(office: Office, admin: Person) -> None:
    role = office.head.roles.get()
    with pytest.raises(PermissionDenied):
        councils.end_role(role, DAY, by=admin)
    end, asks = address(office.council, "office-end-role", office.head.pk, role.pk), sign_in(admin)
    for last in ("2026-12-10", "2027-12-10"):  # the second: back in force for a year
        assert asks.post(end, {"sure": "on", "ends_on": last}).status_code == 302
        role.refresh_from_db()
        before, row = role.ends_on, PowerChange.objects.latest("pk")
        assert sign_in(office.director).post(page_of(office, row), {"answer": "refuse"}).status_code == 302
        role.refresh_from_db()
        assert role.ends_on == before
        asks.post(end, {"sure": "on", "ends_on": last})
        row = PowerChange.objects.latest("pk")
        assert sign_in(office.director).post(page_of(office, row), {"answer": "confirm"}).status_code == 302
        role.refresh_from_db()
        assert role.ends_on == date.fromisoformat(last)
    assert "head@oed.example" in told("power_refused")
    assert whole() == []


def test_who_confirms_the_end_of_a_role_reads_which_orders_fall_with_it(office: Office, admin: Person) -> None:
    order = councils.delegate(office.president, office.head, ["outcome"], "5/2026", SINCE)
    other = councils.delegate(office.president, office.director, ["outcome"], "6/2026", SINCE)
    powers.end_role(office.head.roles.get(), DAY, admin, give=False)
    row, confirms = PowerChange.objects.get(), sign_in(office.president)
    said = confirms.get(page_of(office, row)).content.decode()
    assert ("5/2026" in said, "6/2026" in said) == (True, False)
    read = confirms.read(page_of(office, row))  # type: ignore[attr-defined]
    councils.delegate(office.president, office.head, ["letter"], "7/2026", SINCE)  # meanwhile
    late = confirms.post(page_of(office, row), {"answer": "confirm", "shown": read})
    assert (late.status_code, "7/2026" in late.content.decode()) == (409, True)
    assert confirms.post(page_of(office, row), {"answer": "confirm"}).status_code == 302
    for one, last in ((order, DAY), (other, None)):
        one.refresh_from_db()
        assert one.ends_on == last
    assert "تنتهي معها" not in confirms.get(page_of(office, row)).content.decode()  # they have ended


def test_who_confirms_a_role_that_carries_on_reads_of_no_order(office: Office, admin: Person) -> None:
    councils.delegate(office.president, office.head, ["outcome"], "5/2026", SINCE)
    councils.give_role(office.head, Quality.DIRECTOR, SINCE)  # another quality that carries it
    powers.end_role(office.head.roles.get(quality="head"), DAY, admin, give=False)
    said = sign_in(office.president).get(page_of(office, PowerChange.objects.get())).content.decode()
    assert "5/2026" not in said


def test_somebody_new_who_signs_has_no_role_before_a_second_person_agrees(office: Office, admin: Person) -> None:
    names = {"name_ar": "ليلى التازي", "name_fr": "Leila Tazi", "email": "leila@oed.example"}
    page = address(office.council, "office-new-person")
    assert sign_in(admin).post(page, names | {"quality": "director", "starts_on": "2026-12-01"}).status_code == 302
    leila = Person.objects.get(name_fr="Leila Tazi")
    assert not leila.roles.exists()
    opens(leila)
    row = PowerChange.objects.get()
    sign_in(office.director).post(page_of(office, row), {"answer": "confirm"})
    assert leila.roles.get().quality == "director"


def test_where_nobody_else_could_confirm_it_holds_and_the_president_is_told(office: Office) -> None:
    give = address(office.council, "office-give-role", office.clerk.pk)
    said = sign_in(office.director).post(give, SIGNS | {"unit": office.unit.pk}, follow=True).content.decode()
    assert "ويُخبر الرئيس" in said
    assert holds(office.clerk, Right.SIGN, DAY)
    assert told("power_changed_alone") == {"clerk@oed.example", "president@oed.example"}
    asked = Entry.objects.get(kind="power_asked").fields
    assert (asked["waits"], asked["agreed"]) == (False, True)
    assert whole() == []


@pytest.mark.postgres
def test_an_order_of_the_president_is_his_or_takes_two(office: Office, admin: Person) -> None:
    order: Any = (office.director, ["*"], "9/2026", DAY, None, "signature")
    with pytest.raises(PermissionDenied):
        councils.delegate(office.president, *order, by=office.director)
    powers.record_delegation(*order, by=office.director)  # to himself
    row = PowerChange.objects.get()
    assert (row.answered_at, Delegation.objects.count()) == (None, 0)
    assert "president@oed.example" in told("power_waits")
    assert sign_in(office.director).post(page_of(office, row), {"answer": "confirm"}).status_code in (403, 422)
    opens(office.president)
    assert sign_in(office.president).post(page_of(office, row), {"answer": "confirm"}).status_code == 302
    made = Delegation.objects.get()
    powers.end_delegation(made, date(2026, 12, 31), office.president)  # his own
    made.refresh_from_db()
    assert made.ends_on == date(2026, 12, 31)
    powers.record_delegation(office.head, ["letter"], "10/2026", DAY, None, "signature", by=office.president)
    assert Delegation.objects.count() == 2
    assert whole() == []


def test_who_waits_in_the_database_for_another_is_named(office: Office, admin: Person) -> None:
    powers.give_role(office.clerk, "head", DAY, office.unit, None, by=admin)
    PowerChange.objects.update(made_by=office.president)
    assert any("made_by is" in line for line in whole())


def test_nothing_signed_becomes_unsigned_unnoticed(office: Office) -> None:
    dossier = services.file_request(loan_filing(adopted_loan(office))).dossier
    draft = desk.draft_outcome(dossier, office.officer, "granted", "تعار الخيام.", "", "")
    act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink", on=DAY)
    role = office.president.roles.get()
    end = address(office.council, "office-end-role", office.president.pk, role.pk)
    refused = sign_in(office.director).post(end, {"sure": "on", "ends_on": "2026-11-30"})
    assert (refused.status_code, act.number in refused.content.decode()) == (422, True)
    role.refresh_from_db()
    assert role.ends_on is None
    assert sign_in(office.director).post(end, {"sure": "on", "ends_on": "2026-12-01"}).status_code == 302
    role.refresh_from_db()
    assert role.ends_on == DAY


def test_the_last_day_of_a_president_is_not_moved_into_the_term_of_the_next(office: Office) -> None:
    role = office.president.roles.get()
    councils.end_role(role, date(2026, 12, 31))
    councils.give_role(office.head, Quality.PRESIDENT, date(2027, 1, 1))
    end = address(office.council, "office-end-role", office.president.pk, role.pk)
    assert sign_in(office.director).post(end, {"sure": "on", "ends_on": "2027-01-02"}).status_code == 422
    assert sign_in(office.director).post(end, {"sure": "on", "ends_on": "2026-12-30"}).status_code == 302


def test_an_order_ends_after_what_was_signed_under_it(office: Office) -> None:
    order = councils.delegate(office.president, office.head, ["*"], "3/2026", SINCE)
    dossier = services.file_request(loan_filing(adopted_loan(office))).dossier
    draft = desk.draft_outcome(dossier, office.officer, "granted", "تعار الخيام.", "", "")
    act = desk.sign_outcome(draft, dossier, office.officer, office.head, means="wet_ink", on=DAY)
    with pytest.raises(ValidationError) as refused:
        powers.end_delegation(order, date(2026, 11, 30), office.president)
    assert act.number in str(refused.value)
    powers.end_delegation(order, DAY, office.president)
    order.refresh_from_db()
    assert order.ends_on == DAY
