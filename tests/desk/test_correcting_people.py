"""Units and agents named otherwise, with a trace; a sign-in link for somebody who signs takes two people."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from tadbir.acts.models import Act
from tadbir.councils import actions as councils
from tadbir.councils.actions.enrolling import use_enrolment, waiting_shown
from tadbir.councils.models import Correction, Enrolment, Person, Quality, Unit
from tadbir.councils.queries import waiting_enrolment
from tadbir.desk.actions.enrolling import confirm_link, make_link
from tadbir.notify.models import Notice
from tadbir.register.models import Entry
from tadbir.register.proving import walk
from tests.desk.office_desk import address, opens, sign_in
from tests.factories import SINCE, Office

NAMES = {"name_ar": "قسم التجهيزات والبنيات", "name_fr": "Division des équipements", "parent": "", "since": ""}


def whole() -> list[str]:
    return [str(one) for step in walk() for one in step.found]


@pytest.fixture
def admin(office: Office) -> Person:
    made = councils.create_person("مسؤول النظام", "Administratrice", "admin@oed.example")
    councils.give_role(made, Quality.ADMIN, SINCE)
    return made


def test_a_division_is_named_otherwise_from_a_day(office: Office) -> None:
    page, director = address(office.council, "office-unit", office.unit.pk), sign_in(office.director)
    assert sign_in(office.officer).get(page).status_code == 403
    assert director.post(page, NAMES | {"reason": ""}).status_code == 422
    assert director.post(page, NAMES | {"reason": "مقرر", "since": "2027-01-01"}).status_code == 422  # ahead
    assert director.post(page, NAMES | {"reason": "مقرر التنظيم 4/2026", "since": "2026-11-02"}).status_code == 302
    unit = Unit.objects.get(pk=office.unit.pk)
    assert unit.name_ar == "قسم التجهيزات والبنيات"
    kept = Correction.objects.get(noun="unit")
    assert (kept.before["name_ar"], str(kept.since)) == ("قسم التجهيز", "2026-11-02")
    text = director.get(page).content.decode()
    assert "قسم التجهيز<" in text
    assert "مقرر التنظيم 4/2026" in text
    assert whole() == []
    Unit.objects.filter(pk=unit.pk).update(name_fr="Autre chose")
    assert any("name_fr is 'Autre chose'" in one for one in whole())


def test_a_unit_is_no_part_of_itself(office: Office) -> None:
    under = councils.create_unit("roads", "مصلحة الطرق", "Service des routes", office.unit)
    page, director = address(office.council, "office-unit", office.unit.pk), sign_in(office.director)
    assert director.post(page, NAMES | {"reason": "تنظيم", "parent": under.pk}).status_code == 422
    assert Unit.objects.get(pk=office.unit.pk).parent is None


def test_the_name_of_an_agent_is_put_right_and_stays_out_of_the_chain(office: Office) -> None:
    page, director = address(office.council, "office-person-name", office.officer.pk), sign_in(office.director)
    said = {"name_ar": "يونس البناني", "name_fr": "Younes El Bennani", "reason": "خطأ في الكتابة"}
    assert sign_in(office.head).post(page, said).status_code == 403
    assert director.post(page, said).status_code == 302
    assert Person.objects.get(pk=office.officer.pk).name_ar == "يونس البناني"
    (link,) = Entry.objects.filter(kind="person_corrected")
    assert link.fields == {"person": office.officer.pk, "since": None, "by": office.director.pk}
    assert whole() == []
    assert not Act.objects.exists()


def make(client: Client, office: Office, person: Person) -> Any:
    return client.post(address(office.council, "office-enrolment", person.pk))


def test_a_link_for_somebody_who_signs_takes_a_second_person(office: Office, admin: Person) -> None:
    opens(office.director)
    token = make_link(office.president, admin)
    (notice,) = Notice.objects.filter(code="link_made")
    assert office.president.account is not None
    assert notice.recipient == office.president.account.email  # the owner is told who made it
    assert use_enrolment(token) is None
    enrol = f"/{office.council.slug}/account/enrol/{token}/"
    assert Client().get(enrol).status_code == 403

    page = address(office.council, "office-confirm-link", office.president.pk)
    assert sign_in(admin).post(page, {"answer": "confirm"}).status_code in (403, 422)  # never who made it
    row = waiting_enrolment(office.president)
    assert row is not None
    with pytest.raises(PermissionDenied):
        confirm_link(row, admin, refuse=False, shown=waiting_shown(row).token)
    director = sign_in(office.director)
    assert director.post(page, {}).status_code == 422
    assert director.post(page, {"answer": "confirm"}).status_code == 302
    (said,) = Entry.objects.filter(kind="enrolment_confirmed")
    who = {"person": office.president.pk, "made_by": admin.pk, "by": office.director.pk}
    assert said.fields == {
        "enrolment": Enrolment.objects.get(person=office.president).pk,
        **who,
        "mark": said.fields["mark"],
    }
    assert Client().get(enrol).status_code == 200
    assert use_enrolment(token) == office.president
    assert whole() == []


def test_a_link_that_is_refused_opens_nothing(office: Office, admin: Person) -> None:
    opens(office.director)
    token = make_link(office.head, admin)
    page = address(office.council, "office-confirm-link", office.head.pk)
    assert sign_in(office.director).post(page, {"answer": "refuse"}).status_code == 302
    assert use_enrolment(token) is None
    assert Entry.objects.filter(kind="enrolment_refused").exists()
    assert sign_in(office.director).post(page, {"answer": "confirm"}).status_code == 302  # it waits no more
    assert use_enrolment(token) is None


def test_where_nobody_else_can_confirm_the_machine_makes_it(office: Office, admin: Person, capsys: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        make_link(office.president, admin)
    assert "tadbir link president@oed.example" in refused.value.messages[0]
    answer = make(sign_in(admin), office, office.president)
    assert (answer.status_code, Enrolment.objects.count()) == (302, 0)
    assert make(sign_in(admin), office, office.clerk).status_code == 200  # she signs nothing
    with pytest.raises(CommandError):
        call_command("link", "nobody@oed.example")
    call_command("link", "president@oed.example")
    token = capsys.readouterr().out.strip().rstrip("/").rpartition("/")[2]
    assert use_enrolment(token) == office.president
    made = Entry.objects.filter(kind="enrolment_made").latest("seq")
    assert (made.fields["person"], made.fields["by"]) == (office.president.pk, None)


def test_my_sign_in_is_in_the_menu(office: Office) -> None:
    text = sign_in(office.officer).get(address(office.council, "office-home")).content.decode()
    assert f'href="/{office.council.slug}/account/security/"' in text
    assert "دخولي" in text
