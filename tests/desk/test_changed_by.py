"""Where a page was overtaken, the difference says who changed what, and when; whatever the page is about."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest

from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.councils.house import house_shown
from tadbir.councils.models import Person
from tadbir.councils.powers import name_shown, unit_shown
from tadbir.desk.actions.enrolling import make_link
from tadbir.desk.actions.giving import ask_back
from tadbir.desk.giving import given_by, given_shown
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.actions.definitions import Ground, end_change
from tadbir.dossiers.definitions import as_shown, live
from tadbir.dossiers.models import Dossier
from tadbir.procedures import actions as procedures
from tadbir.procedures.queries import as_shown as sheet_shown
from tadbir.procedures.queries import newest_sheet
from tadbir.services.actions import file_request
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

pytestmark = pytest.mark.postgres
WHY = "كتب خطأ عند الإدخال"


def _given(office: Office) -> str:
    dossier = file_request(loan_filing(adopted_loan(office))).dossier
    dossiers.reassign(dossier, office.head, None, office.other_unit, "ليس لنا")
    return address(office.council, "office-given", dossier.number)


def _asked_back(office: Office, _admin: Person) -> Person:
    given = given_by(office.head, Dossier.objects.get().number)
    assert given
    ask_back(given.dossier, office.head, "أعطي خطأ لهذا القسم", shown=given_shown(given).token)
    return office.head


def _unit_named(office: Office, admin: Person) -> Person:
    shown = unit_shown(office.unit).token
    councils.rename_unit(office.unit, "قسم آخر", "Autre division", None, WHY, by=admin, shown=shown)
    return admin


def _renamed(office: Office, admin: Person) -> Person:
    shown = name_shown(office.clerk).token
    councils.rename_person(office.clerk, "اسم آخر", "Autre nom", WHY, by=admin, shown=shown)
    return admin


def _house_said(office: Office, admin: Person) -> Person:
    said = {"place_ar": "الداخلة", "place_fr": "Dakhla"}
    councils.say_of_house(said, WHY, by=admin, shown=house_shown(office.council).token)
    return admin


def _sheet(office: Office) -> str:
    adopted_loan(office)
    return address(office.council, "office-sheet-switch", "equipment-loan")


def _switched(_office: Office, admin: Person) -> Person:
    sheet = newest_sheet("equipment-loan")
    assert sheet
    procedures.switch(admin, sheet.code, on=False, shown=sheet_shown(sheet).token)
    return admin


def _link(office: Office) -> str:
    make_link(office.head, office.director)
    return address(office.council, "office-confirm-link", office.head.pk)


def _another_link(office: Office, admin: Person) -> Person:
    make_link(office.head, admin)
    return admin


def _worded(_office: Office, admin: Person) -> Person:
    ground = Ground("كلمات المجلس", "les mots du conseil", "مذكرة 3/2026", date(2026, 11, 1))
    at_once.change_wording(admin, "dossier_sent_back", ground, {"subject_ar": "رجع إليكم الملف {number}"})
    return admin


def _wording_ended(office: Office, admin: Person) -> Person:
    row, shown = live("wording", "dossier_sent_back"), as_shown("wording", "dossier_sent_back").token
    assert row
    end_change(admin, row, date(2026, 12, 2), "لم تعد صالحة", shown=shown)
    return admin


def _worded_page(office: Office) -> str:
    _worded(office, office.director)
    return address(office.council, "office-wording", "dossier_sent_back")


def _dossiers(office: Office, count: int = 1) -> None:
    sheet = adopted_loan(office)
    for _one in range(count):
        made = file_request(loan_filing(sheet)).dossier
        dossiers.reassign(made, office.head, office.officer, office.unit, "قرب")


def _give_all(office: Office) -> str:
    _dossiers(office, 2)
    return address(office.council, "office-give-all", office.officer.pk)


def _end_role(office: Office) -> str:
    _dossiers(office, 2)
    return address(office.council, "office-end-role", office.officer.pk, office.officer.roles.get().pk)


def _came(office: Office, _admin: Person) -> Person:
    _dossiers(office)
    return office.head


def _went(office: Office, _admin: Person) -> Person:
    first = Dossier.objects.order_by("pk")[0]
    dossiers.reassign(first, office.head, office.head, office.unit, "أتكلف به")
    return office.head


Page = Callable[[Office], str]
Change = Callable[[Office, Person], Person]
NAMES = {"name_ar": "اسم", "name_fr": "Nom", "reason": WHY}
LAST = {"ends_on": "2026-12-01", "sure": "on"}
#: What each page is about: how it is reached, who reads it, what he sends, and what happens meanwhile, by whom.
PAGES: dict[str, tuple[Page, str, dict[str, Any], Change]] = {
    "unit": (lambda office: address(office.council, "office-unit", office.unit.pk), "director", NAMES, _unit_named),
    "name": (lambda one: address(one.council, "office-person-name", one.clerk.pk), "director", NAMES, _renamed),
    "house": (lambda office: address(office.council, "office-house"), "director", {"reason": WHY}, _house_said),
    "given away": (_given, "head", {"reason": "أعطيته خطأ لهذا القسم"}, _asked_back),
    "sheet switched": (_sheet, "director", {"on": "on"}, _switched),
    "link": (_link, "president", {"answer": "confirm"}, _another_link),
    "wording": (lambda one: address(one.council, "office-wording", "dossier_sent_back"), "director", {}, _worded),
    "wording ended": (_worded_page, "director", {}, _wording_ended),
    "a dossier came": (_give_all, "director", {"to": "unit"}, _came),
    "a dossier went": (_give_all, "director", {"to": "unit"}, _went),
    "a dossier came to who leaves": (
        _end_role,
        "director",
        {"ends_on": "2026-12-01", "sure": "on", "to": "unit"},
        _came,
    ),
}


@pytest.mark.parametrize("about", PAGES)
def test_what_was_changed_meanwhile_is_said_with_who_and_when(office: Office, admin: Person, about: str) -> None:
    reach, reader, typed, change = PAGES[about]
    client, page = sign_in(getattr(office, reader)), reach(office)
    read = client.read(page)  # type: ignore[attr-defined]
    assert read
    with simulated(at("2026-12-01 11:47")):
        by = change(office, admin)
    refused = client.post(page, typed | {"shown": read})
    assert refused.status_code == 409
    said = unescape(refused.content.decode()).split("data-errors")[1].split("</table>")[0]
    assert (str(by) in said, "11:47" in said) == (True, True), said


@pytest.mark.parametrize("reach", [_give_all, _end_role])
def test_only_the_dossiers_that_the_page_named_are_given(office: Office, reach: Page) -> None:
    director, page = sign_in(office.director), reach(office)
    typed = LAST | {"to": str(office.head.pk)}
    read = director.read(page)  # type: ignore[attr-defined]
    _dossiers(office)
    late = Dossier.objects.latest("pk")
    refused = director.post(page, typed | {"shown": read})
    assert (refused.status_code, Dossier.objects.filter(officer=office.officer).count()) == (409, 3)
    assert late.number in refused.content.decode().split("</table>")[0]
    assert director.post(page, typed).status_code == 302
    assert not Dossier.objects.filter(officer=office.officer).exists()
