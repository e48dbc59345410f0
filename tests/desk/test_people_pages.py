"""The pages of people, units and delegations: what may be given, by whom, and what is refused with its reason."""

import re
from datetime import date

import pytest
from django.test import Client

from tadbir.councils import actions as councils
from tadbir.councils.actions.enrolling import use_enrolment
from tadbir.councils.models import Account, Delegation, Person, Role, Unit
from tadbir.register.models import Entry
from tadbir.register.queries import breaks_of_chain
from tests.desk.office_desk import address, sign_in
from tests.factories import Office

NEW = {
    "name_ar": "ليلى التازي",
    "name_fr": "Leila Tazi",
    "email": "leila@oed.example",
    "quality": "officer",
    "starts_on": "2026-12-01",
}


@pytest.fixture
def director(office: Office) -> Client:
    return sign_in(office.director)


def test_a_person_comes_with_a_first_role_or_not_at_all(director: Client, office: Office) -> None:
    page = address(office.council, "office-new-person")
    assert director.post(page, NEW).status_code == 422  # an officer belongs to a unit
    many = Person.objects.count()
    second = director.post(page, NEW | {"quality": "president"})
    assert second.status_code == 422
    assert "رئيس" in second.content.decode()
    assert (Person.objects.count(), Account.objects.filter(email="leila@oed.example").count()) == (many, 0)
    assert director.post(page, NEW | {"unit": office.unit.pk}).status_code == 302
    person = Person.objects.get(name_fr="Leila Tazi")
    assert person.roles.get().unit == office.unit
    assert director.post(page, NEW | {"unit": office.unit.pk}).status_code == 422  # the e-mail is taken


def test_a_role_is_given_and_ended_and_a_backward_end_is_refused(director: Client, office: Office) -> None:
    pk = office.clerk.pk
    give = address(office.council, "office-give-role", pk)
    data = {"quality": "officer", "unit": office.unit.pk, "starts_on": "2026-12-01"}
    assert director.post(give, data | {"ends_on": "2026-11-01"}).status_code == 422
    assert director.post(give, data).status_code == 302
    role = Role.objects.get(person=office.clerk, quality="officer")
    end = address(office.council, "office-end-role", pk, role.pk)
    assert director.post(end, {"sure": "on", "ends_on": "2026-11-30"}).status_code == 422
    assert director.post(end, {"sure": "on", "ends_on": "2026-12-31"}).status_code == 302
    role.refresh_from_db()
    assert role.ends_on == date(2026, 12, 31)
    other = address(office.council, "office-end-role", office.head.pk, role.pk)
    assert director.post(other, {"sure": "on", "ends_on": "2026-12-31"}).status_code == 404


def test_an_absence_is_recorded_and_taken_back(director: Client, office: Office) -> None:
    page = address(office.council, "office-absence", office.officer.pk)
    assert director.post(page, {"absent_until": "2026-12-09"}).status_code == 422
    director.post(page, {"absent_from": "2026-12-01", "absent_until": "2026-12-09"})
    office.officer.refresh_from_db()
    assert office.officer.is_absent(date(2026, 12, 5))
    said = [director.post(page, {}, follow=True).content.decode() for _ in range(2)]
    office.officer.refresh_from_db()
    assert not office.officer.is_absent(date(2026, 12, 5))
    assert ["انتهى الغياب" in text for text in said] == [True, False]
    assert ["لم يتغير شيء" in text for text in said] == [False, True]


def test_an_absence_leaves_its_days_in_the_register_and_no_reason(director: Client, office: Office) -> None:
    page, pk = address(office.council, "office-absence", office.officer.pk), office.officer.pk
    days = {"absent_from": "2026-12-03", "absent_until": "2026-12-10", "reason": "مرض"}
    sign_in(office.clerk).post(page, days)  # refused: nothing is written
    for sent in (days, days, {}, {}):
        director.post(page, sent)
    left = Entry.objects.filter(kind__startswith="absence_").order_by("seq")
    fields = {"person": pk, "absent_from": "2026-12-03", "absent_until": "2026-12-10", "by": office.director.pk}
    said = [(entry.kind, {name: entry.fields[name] for name in fields}) for entry in left]
    assert said == [("absence_recorded", fields), ("absence_ended", fields)]
    assert {frozenset(entry.fields) for entry in left} == {frozenset((*fields, "mark"))}, "and no reason"
    register = director.get(address(office.council, "office-register"), {"kind": "absence_ended"}).content.decode()
    assert "انتهاء غياب" in register
    assert list(breaks_of_chain()) == []


def test_a_sign_in_link_is_shown_once_and_works_once(director: Client, office: Office) -> None:
    page = director.post(address(office.council, "office-enrolment", office.clerk.pk))
    link = re.search(r'value="(http[^"]+/enrol/([^"/]+)/)"', page.content.decode())
    assert link
    assert f"/{office.council.slug}/account/enrol/" in link[1]
    assert link[2] not in director.get(address(office.council, "office-person", office.clerk.pk)).content.decode()
    assert use_enrolment(link[2]) == office.clerk
    assert use_enrolment(link[2]) is None


def test_a_unit_has_one_code(director: Client, office: Office) -> None:
    page = address(office.council, "office-units")
    data = {"code": "roads", "name_ar": "مصلحة الطرق", "name_fr": "Service des routes", "parent": office.unit.pk}
    assert director.post(page, data).status_code == 302
    assert director.post(page, data).status_code == 422
    assert Unit.objects.get(code="roads").parent == office.unit


def test_a_delegation_goes_only_where_the_law_lets_it(director: Client, office: Office) -> None:
    page = address(office.council, "office-delegations")
    data = {"scope": "signature", "subjects": ["outcome"], "order_reference": "9/2026", "starts_on": "2026-12-01"}
    assert director.post(page, data | {"delegate": office.clerk.pk}).status_code == 422
    assert director.post(page, data | {"delegate": office.head.pk, "ends_on": "2026-11-01"}).status_code == 422
    assert director.post(page, data | {"delegate": office.head.pk}).status_code == 302
    made = Delegation.objects.get()
    assert (made.delegator, made.delegate) == (office.president, office.head)
    end = address(office.council, "office-end-delegation", made.pk)
    director.post(end, {"sure": "on", "ends_on": "2026-01-01"})
    made.refresh_from_db()
    assert made.ends_on is None
    director.post(end, {"sure": "on", "ends_on": "2026-12-31"})
    made.refresh_from_db()
    assert made.ends_on == date(2026, 12, 31)


def test_an_order_for_other_units_than_a_head_s_own_is_refused_in_words(director: Client, office: Office) -> None:
    """A head signs for his own unit: an order for another one would let him sign nothing."""
    page = address(office.council, "office-delegations")
    data = {"scope": "signature", "subjects": ["outcome"], "order_reference": "9/2026", "starts_on": "2026-12-01"}
    told = data | {"ends_on": "2026-12-07"}
    refused = director.post(page, told | {"delegate": office.head.pk, "units": [office.other_unit.pk]})
    text = refused.content.decode()
    assert (refused.status_code, Delegation.objects.count()) == (422, 0)
    assert f"{office.head} رئيس: {office.unit}" in text
    service = councils.create_unit("roads", "مصلحة الطرق", "Service des routes", office.unit)
    for units in ([office.unit.pk, office.other_unit.pk], [service.pk]):  # his own, and what is under it
        assert director.post(page, told | {"delegate": office.head.pk, "units": units}).status_code == 302
    assert (
        director.post(page, told | {"delegate": office.director.pk, "units": [office.other_unit.pk]}).status_code == 302
    )
    assert director.get(page).content.decode().count(">قائمة<") == 3  # one that has a last day runs too


def test_what_is_typed_is_bounded_and_clean(director: Client, office: Office) -> None:
    page, data = address(office.council, "office-new-person"), NEW | {"unit": office.unit.pk}
    for odd in ({"name_fr": "\x00\u200b"}, {"name_fr": "x" * 121}, {"name_ar": "12"}, {"email": f"{'x' * 250}@a.ma"}):
        assert director.post(page, data | odd).status_code == 422, odd
    french = director.post(address(office.council, "office-new-person", french=True), data | {"starts_on": "demain"})
    assert "Écrivez la date" in french.content.decode()
    typed = {"name_fr": "  Lei\x00la\u202e   Tazi ", "starts_on": "01/12/2026"}
    assert director.post(page, data | typed).status_code == 302
    assert Person.objects.get(name_fr="Leila Tazi").roles.get().starts_on == date(2026, 12, 1)
