"""Scans of signed pages: of another print refused by name, a wrong one taken away with a reason, provable."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tadbir.acts.documents import qr
from tadbir.ledgers.models import RegisterPrint
from tadbir.ledgers.periods import Period
from tadbir.procedures.models import Sheet
from tadbir.register.proving import walk
from tests.acts.conftest import BASE
from tests.at_once import print_register
from tests.desk.office_desk import address
from tests.factories import Office, sign_in
from tests.ledgers.test_registers import ACTS, REQUESTS, file, scan_of, sheet

__all__ = ["sheet"]  # the fixture of this file


def sealed_page(printed: RegisterPrint) -> bytes:
    """A photograph of numbered pages: the code of their seal."""
    out = io.BytesIO()
    qr.picture(qr.address(BASE, bytes(printed.act.cose))).save(out, "PNG")
    return out.getvalue()


@pytest.mark.postgres
def test_signed_pages_of_another_print_are_refused_and_a_wrong_scan_is_taken_away(office: Office, sheet: Sheet) -> None:
    file(sheet, "2026-12-01 09:00")
    (first,) = print_register(office.president, REQUESTS, Period(2026, "year"))
    (papers,) = print_register(office.president, ACTS, Period(2026, "year"))
    with pytest.raises(ValidationError, match=papers.act.number):
        scan_of(first, office.director, office.president, sealed_page(papers))
    good = scan_of(first, office.director, office.president, sealed_page(first))
    assert good.recognised
    blank = scan_of(first, office.director, office.president)
    assert not blank.recognised
    page = address(office.council, "office-register-scan-withdraw", first.act.number, blank.pk)
    director = Client()  # one that reads no page before: the one above is a file
    sign_in(director, office.clerk)
    assert director.post(page, {"reason": "صفحة أخرى"}).status_code == 403
    sign_in(director, office.director)
    director.post(page, {"reason": ""})
    blank.refresh_from_db()
    assert blank.withdrawn_at is None
    director.post(page, {"reason": "صفحة أخرى"})
    blank.refresh_from_db()
    assert (blank.withdrawn_by, blank.withdrawn_reason) == (office.director, "صفحة أخرى")
    shown = director.get(address(office.council, "office-register-print", first.act.number)).content.decode()
    assert "صفحة أخرى" in shown
    assert [one for step in walk() for one in step.found] == []
    again = scan_of(first, office.director, office.president)
    assert (again.pk, again.withdrawn_at, again.withdrawn_reason) == (blank.pk, None, ""), "taken away by mistake"
    assert [one for step in walk() for one in step.found] == []
