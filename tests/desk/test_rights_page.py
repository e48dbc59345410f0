"""The page of rights: read by whoever sees people, every right with its qualities, counted without a question each."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadbir.councils import actions as councils
from tadbir.councils.models import Quality
from tadbir.councils.rights import Right, holders, words
from tests.desk.office_desk import address, sign_in
from tests.factories import SINCE, Office


def test_each_right_names_the_qualities_that_hold_it(office: Office) -> None:
    page = address(office.council, "office-rights")
    assert sign_in(office.officer).get(page).status_code == 403
    text = sign_in(office.director).get(page).content.decode()
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', text, re.DOTALL)
    said = {row: re.findall(r'data-label="([^"]+)"', cells) for row, cells in rows}
    assert said == {
        words(right): [str(quality.label) for quality in Quality if quality in holders(right)] for right in Right
    }
    assert {cells.count("<td") for _row, cells in rows} == {len(Quality)}
    assert page in sign_in(office.president).get(address(office.council, "office-people")).content.decode()
    french = sign_in(office.director).get(address(office.council, "office-rights", french=True)).content.decode()
    assert "agent de guichet" in french


def test_who_holds_a_quality_today_is_counted_and_listed(office: Office) -> None:
    councils.give_role(office.clerk, "officer", SINCE, office.unit)
    councils.give_role(office.clerk, "officer", SINCE, office.other_unit)  # twice an officer: one person
    director = sign_in(office.director)
    text = director.get(address(office.council, "office-rights")).content.decode()
    people = address(office.council, "office-people")
    assert re.search(rf'href="{people}\?quality=officer">[^<]+<strong>3</strong>', text)
    assert re.search(rf'href="{people}\?quality=admin">[^<]+<strong>0</strong>', text)
    officers = director.get(people, {"quality": "officer"}).content.decode()
    for person, shown in ((office.officer, True), (office.stranger, True), (office.clerk, True), (office.head, False)):
        assert (address(office.council, "office-person", person.pk) in officers) is shown
    assert "لا أحد يحمل هذه الصفة اليوم" in director.get(people, {"quality": "admin"}).content.decode()
    for odd in ("no-such", "\x00", "9" * 50):
        assert director.get(people, {"quality": odd}).status_code == 200


@pytest.mark.parametrize("many", [0, 30])
def test_it_asks_the_same_few_questions_whatever_the_people(office: Office, many: int) -> None:
    for rank in range(many):
        person = councils.create_person(f"موظف {rank}", f"Agent {rank}")
        councils.give_role(person, "officer", SINCE, office.unit)
    client, page = sign_in(office.director), address(office.council, "office-rights")
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    assert len([one for one in asked if "COUNT(DISTINCT" in one["sql"]]) == 1
    assert len(asked) <= 6, [one["sql"] for one in asked]
