"""Where something is not for an agent, the page names who does it."""

import re
from dataclasses import replace

import pytest

from tadbir.dossiers.models import Dossier
from tadbir.services.actions import file_request
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

ABOVE = {False: "رئيس المجلس أو المدير العام للمصالح", True: "président du conseil ou directeur général des services"}


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """Entered at the counter, from a letter that came by post."""
    filing = replace(loan_filing(adopted_loan(office), brought=("liability",)), channel="post")
    return file_request(filing, by=office.clerk).dossier


def told(office: Office, dossier: Dossier, who: str, *, french: bool = False) -> str:
    page = sign_in(getattr(office, who)).get(address(office.council, "office-dossier", dossier.number, french=french))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.mark.parametrize("french", [False, True])
def test_who_corrects_an_entry_or_the_day_is_named_to_whom_may_not(
    office: Office, dossier: Dossier, french: bool
) -> None:
    page = told(office, dossier, "officer", french=french)
    day = "Pas avec votre qualité d’aujourd’hui : cela revient à" if french else "غير ممكن بصفتكم اليوم، ويقوم به:"
    assert f"{day} {ABOVE[french]}" in page.replace("\u00a0", " ")
    corrected = "Celles-ci sont corrigées par" if french else "يصحح ما قُيد هنا:"
    assert f"{corrected} {ABOVE[french]}" in page.replace("\u00a0", " ")


def test_nobody_else_is_named_to_whom_may(office: Office, dossier: Dossier) -> None:
    page = told(office, dossier, "director")
    assert "غير ممكن بصفتكم اليوم" not in page.split("تصحيح تاريخ الاستلام")[0][-400:]
    assert "لا تقييد هنا يرجع إليكم تصحيحه" not in page


def test_nobody_is_named_where_nobody_could(office: Office) -> None:
    """What opens a dossier is corrected by nobody."""
    page = told(office, file_request(loan_filing(adopted_loan(office))).dossier, "officer")
    assert "لا تقييد هنا يرجع إليكم تصحيحه" in page
    assert "يصحح ما قُيد هنا" not in page
