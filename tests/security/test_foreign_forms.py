"""A page of another site begins no draft and sends no form; ours do, with a script or without, in any browser."""

import pytest

from tadbir.services.models import Draft
from tests.factories import Office, adopted_loan
from tests.services.residents import LOAN, Resident


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, False),
        ({"HTTP_ORIGIN": "https://evil.example"}, False),
        ({"HTTP_ORIGIN": "http://testserver.evil.example"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"}, True),
        ({"HTTP_SEC_FETCH_SITE": "none"}, True),
        ({"HTTP_ORIGIN": "http://testserver"}, True),
        ({"HTTP_ORIGIN": "null"}, False),  # an older browser, and a frame in a sandbox of somebody else's page
        ({"HTTP_ORIGIN": ""}, False),
        ({}, True),
    ],
)
def test_a_draft_is_begun_from_our_pages_alone(office: Office, headers: dict[str, str], taken: bool) -> None:
    adopted_loan(office)
    resident = Resident(office)
    answer = resident.post("services/equipment-loan/request/", LOAN, **headers)
    assert (answer.status_code, Draft.objects.count()) == ((302, 1) if taken else (403, 0))


def test_reading_from_another_site_stays_open(office: Office) -> None:
    adopted_loan(office)
    answer = Resident(office).get("services/equipment-loan/", HTTP_SEC_FETCH_SITE="cross-site")
    assert (answer.status_code, Draft.objects.count()) == (200, 0)
