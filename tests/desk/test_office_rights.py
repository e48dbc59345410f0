"""The doors between councils and dates, and what a curious officer does not learn. Who opens which address is in
tests/security/doors.py.
"""

from datetime import date

from django.test import Client

from tadbir.councils import actions as councils
from tadbir.councils.scope import council_scope
from tadbir.services import actions
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing, make_office
from tests.security.doors import OFFICE


def test_a_visitor_signs_in_and_comes_back(office: Office) -> None:
    plain = [name for name, door in OFFICE if door.read and not door.args]
    assert len(plain) > 8
    for name in plain:
        answer = Client().get(address(office.council, name))
        assert answer.status_code == 302, name
        assert f"/{office.council.slug}/account/login/?next=" in answer["Location"]
    assert sign_in(office.clerk).get(address(office.council, "office-home")).status_code == 200


def test_an_officer_of_another_council_is_nobody_here(office: Office) -> None:
    other = make_office("01.405", "other")
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    page = address(office.council, "office-dossier", filed.dossier.number)
    assert sign_in(other.director).get(page).status_code == 403
    assert sign_in(office.director).get(page).status_code == 200
    with council_scope(other.council):
        page = address(other.council, "office-dossier", filed.dossier.number)
        assert sign_in(other.director).get(page).status_code == 404


def test_a_role_that_ended_opens_nothing(office: Office) -> None:
    role = office.officer.roles.get()
    page = address(office.council, "office-home")
    assert sign_in(office.officer).get(page).status_code == 200
    councils.end_role(role, date(2026, 11, 30))
    assert sign_in(office.officer).get(page).status_code == 403


def test_a_curious_officer_does_not_learn_that_a_dossier_exists(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    number = filed.dossier.number
    assert sign_in(office.officer).get(address(office.council, "office-dossier", number)).status_code == 200
    client = sign_in(office.stranger)
    assert client.get(address(office.council, "office-dossier", number)).status_code == 404
    search = address(office.council, "office-search")
    assert number not in client.get(search, {"q": "النخلة"}).content.decode()
    assert number in sign_in(office.clerk).get(search, {"q": "النخلة"}).content.decode()
