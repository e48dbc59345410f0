"""Who may open what: every office address for every quality, and the doors between councils and dates."""

import io
from dataclasses import dataclass
from datetime import date
from importlib import import_module

import pytest
from django.test import Client
from django.urls import URLResolver

from tadbir.councils import actions as councils
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Quality
from tadbir.councils.scope import council_scope
from tadbir.desk.matter import matters
from tadbir.ledgers import actions as ledgers
from tadbir.ledgers.periods import Period
from tadbir.procedures.actions import take_from_catalogue
from tadbir.services import actions
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, SINCE, Office, adopted_loan, loan_filing, make_office

ALL = frozenset(Quality.values)
SEES_DOSSIER = ALL - {"admin", "information_officer", "vice_president"}  # of the unit of the loan
COUNTER = {"clerk", "officer", "head", "director", "information_officer"}
BLOCKS = {"clerk", "head", "director"}
OVERSEES = {"president", "director", "secretary", "head"}
REGISTER = {"president", "director", "secretary"}
PEOPLE = {"admin", "director", "president", "secretary"}
SHEETS = {"director", "admin", "president", "head", "secretary"}
WORKS = {"officer", "head", "director", "president"}


@dataclass(frozen=True)
class Door:
    """One address: who may read it (200), who may post to it; the others get `shut`."""

    who: frozenset[str] | set[str]
    args: tuple[str, ...] = ()
    method: str = "get"
    shut: int = 403
    opened: tuple[int, ...] = (200,)


SENT = (302, 422)
DOSSIER, ACT = "{dossier}", "{act}"
DOORS: dict[str, tuple[Door, ...]] = {
    "office-home": (Door(ALL),),
    "office-tray": (Door(ALL, ("person",)),),
    "office-late": (Door(OVERSEES),),
    "office-opinions": (Door(ALL),),
    "office-opinion": (Door(set(), ("999",), "post", shut=404),),
    "office-search": (Door(ALL),),
    "office-dossier": (Door(SEES_DOSSIER, (DOSSIER,), shut=404),),
    "office-do": (
        Door(WORKS, (DOSSIER, "ask-information"), "post", shut=403, opened=(422,)),
        Door({"clerk", "officer", "head", "director"}, (DOSSIER, "supply"), "post", opened=(422,)),
    ),
    "office-document": (Door(SEES_DOSSIER, (DOSSIER, "{document}"), shut=404),),
    "office-scan": (Door({"clerk", "officer", "head", "director"}, (DOSSIER, "{document}"), "post", opened=SENT),),
    "office-paper": (Door(SEES_DOSSIER, (DOSSIER, ACT), shut=404),),
    "office-answer": (Door(WORKS, (DOSSIER,)),),
    "office-answer-sign": (Door(WORKS, (DOSSIER,), opened=(404,)),),  # nothing is written yet
    "office-answer-print": (Door(WORKS, (DOSSIER,), opened=(404,)),),
    "office-answer-notify": (Door(WORKS, (DOSSIER, ACT), opened=(404,)),),  # a receipt is no answer
    "office-answer-scan": (Door(WORKS, (DOSSIER, ACT), "post", opened=(404,)),),
    "office-receipt": (Door({"clerk", "officer", "head", "director"}, (DOSSIER,)),),
    "office-counter": (Door(COUNTER),),
    "office-counter-file": (
        Door(COUNTER, ("equipment-loan",)),
        Door(COUNTER, ("equipment-loan",), "post", opened=(422,)),
    ),
    "office-blocks": (Door(BLOCKS), Door(BLOCKS, (), "post", opened=(422,))),
    "office-block": (Door(BLOCKS, ("{block}",)), Door(BLOCKS, ("{block}",), "post", opened=(422,))),
    "office-block-pages": (Door(BLOCKS, ("{block}",)),),
    "office-register": (Door(REGISTER),),
    "office-readings": (Door(REGISTER),),
    "office-registers": (Door(REGISTER), Door(REGISTER, (), "post", opened=(422,))),
    "office-register-print": (Door(REGISTER, ("{print}",)), Door(REGISTER, ("{print}",), "post", opened=(422,))),
    "office-register-pages": (Door(REGISTER, ("{print}",)),),
    "office-register-scan": (Door(REGISTER, ("{print}", "{scan}")),),
    "office-people": (Door(PEOPLE),),
    "office-new-person": (Door({"admin", "director"}), Door({"admin", "director"}, (), "post", opened=(422,))),
    "office-person": (Door(PEOPLE, ("{person}",)),),
    "office-give-role": (Door({"admin", "director"}, ("{person}",), "post", opened=(422,)),),
    "office-end-role": (Door({"admin", "director"}, ("{person}", "{role}"), "post", opened=(422,)),),
    "office-absence": (Door({"admin", "director", "president"}, ("{person}",), "post", opened=SENT),),
    "office-enrolment": (Door({"admin", "director"}, ("{person}",), "post"),),
    "office-units": (Door(PEOPLE), Door({"admin", "director"}, (), "post", opened=(422,))),
    "office-delegations": (Door(PEOPLE), Door({"president", "director"}, (), "post", opened=(422,))),
    "office-end-delegation": (Door({"president", "director"}, ("{delegation}",), "post", opened=(302,)),),
    "office-sheets": (Door(SHEETS), Door({"director", "admin"}, (), "post", opened=(422,))),
    "office-sheet": (Door(SHEETS, ("equipment-loan",)),),
    "office-sheet-adopt": (Door({"president", "director"}, ("equipment-loan",), "post", opened=(422,)),),
    "office-sheet-switch": (Door({"director", "admin"}, ("road-damage",), "post", opened=(302,)),),
    "office-sheet-shipped": (Door({"director", "admin"}, ("equipment-loan",), "post", opened=(302,)),),
    "office-sheet-correct": (
        Door({"director", "admin", "president"}, ("equipment-loan",)),
        Door({"director", "admin", "president"}, ("equipment-loan",), "post", opened=(422,)),
    ),
    "office-sheet-compare": (Door(SHEETS, ("equipment-loan", "1", "1")),),
    "office-definitions": (Door({"director", "admin"}),),
    "office-definition": (
        Door({"director", "admin"}, ("PROC-DECIDE",)),
        Door({"director", "admin"}, ("PROC-DECIDE",), "post", opened=(422,)),
    ),
    "office-definition-end": (Door({"director", "admin"}, ("PROC-DECIDE",), "post", opened=(404,)),),
    "office-wordings": (Door({"director", "admin"}),),
    "office-wording": (
        Door({"director", "admin"}, ("outcome",)),
        Door({"director", "admin"}, ("outcome",), "post", opened=(422,)),
    ),
    "office-wording-end": (Door({"director", "admin"}, ("outcome",), "post", opened=(404,)),),
    "office-calendar": (Door(ALL), Door({"director", "admin", "president"}, (), "post", opened=(422,))),
}


def names_of_office() -> set[str]:
    """The name of every address of the office, but those of the domain of the tests (tests/visits has its own)."""
    found: set[str] = set()
    modules = [matter.office for matter in matters() if matter.office.startswith("tadbir.")]
    waiting = [one for module in modules for one in import_module(module).urlpatterns]
    while waiting:
        one = waiting.pop()
        if isinstance(one, URLResolver):
            waiting += one.url_patterns
        else:
            found.add(str(one.name))
    return found


@pytest.fixture
def people(office: Office) -> dict[str, Person]:
    """One person of each quality, in the unit of the loan where a unit is needed."""
    held = {
        "president": office.president,
        "director": office.director,
        "head": office.head,
        "officer": office.officer,
        "clerk": office.clerk,
    }
    for rank, quality in enumerate(sorted(ALL - set(held))):
        person = councils.create_person(f"شخص {rank}", f"Personne {rank}", f"{quality}@oed.example")
        councils.give_role(person, quality, SINCE)
        held[quality] = person
    return held


@pytest.fixture
def values(office: Office, people: dict[str, Person]) -> dict[str, str]:
    """What the addresses speak of."""
    take_from_catalogue("road-damage", office.unit)
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    document = filed.dossier.documents.first()
    block, _act = actions.print_block(office.clerk, office.unit, 10)
    (printed,) = ledgers.print_register(office.president, "requests", Period(2026, "year"))
    scan = ledgers.keep_signed_pages(printed, office.director, office.president, today(), io.BytesIO(PNG), len(PNG))
    delegation = councils.delegate(office.president, office.director, ["*"], "7/2026", date(2026, 2, 1))
    assert document is not None
    return {
        "{dossier}": filed.dossier.number,
        "{act}": filed.receipt.number,
        "{document}": str(document.pk),
        "{block}": block.code,
        "{person}": str(office.officer.pk),
        "{delegation}": str(delegation.pk),
        "{role}": str(office.officer.roles.get().pk),
        "{print}": printed.act.number,
        "{scan}": str(scan.pk),
    }


def test_every_address_has_its_line() -> None:
    assert set(DOORS) == names_of_office()


@pytest.mark.parametrize("quality", sorted(ALL))
def test_each_quality_opens_its_doors_and_no_other(
    office: Office, people: dict[str, Person], values: dict[str, str], quality: str
) -> None:
    client = sign_in(people[quality])
    wrong = []
    for name, doors in DOORS.items():
        for door in doors:
            args = [values.get(arg, arg) for arg in door.args]
            answer = getattr(client, door.method)(address(office.council, name, *args))
            if answer.streaming:
                assert b"".join(answer.streaming_content)  # reading it to its end also closes the file
            expected: tuple[int, ...] = door.opened if quality in door.who else (door.shut,)
            if quality not in SEES_DOSSIER and DOSSIER in door.args and quality not in door.who:
                expected = (404, 403)
            if answer.status_code not in expected:
                wrong.append((name, door.method, args, answer.status_code, expected))
    assert wrong == []


def test_a_visitor_signs_in_and_comes_back(office: Office) -> None:
    plain = [name for name, doors in DOORS.items() if doors[0].method == "get" and not doors[0].args]
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
