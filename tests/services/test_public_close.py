"""A shared telephone that was closed is closed: neither its history nor a copy of its cookie opens the dossier."""

import pytest

from tadbir.desk.public import access
from tests.factories import BOTH
from tests.services.residents import Resident


@pytest.mark.postgres
def test_closing_a_shared_telephone_closes_it(resident: Resident) -> None:
    draft, number, code = resident.file(*BOTH)
    assert resident.get(f"request/{draft}/receipt/").status_code == 200
    copied = resident.client.cookies[access.COOKIE].value
    other, second, second_code = resident.file(*BOTH)  # the cookie grows: the earlier one is of the same visit
    assert resident.get(f"request/{other}/receipt/").status_code == 200
    assert resident.post("follow/close/").status_code == 302
    assert resident.get(f"request/{draft}/receipt/").status_code == 302
    assert resident.get(f"follow/{number}/").status_code == 403
    resident.client.cookies[access.COOKIE] = copied
    assert resident.get(f"follow/{number}/").status_code == 403
    assert resident.post("follow/", {"number": number, "code": code}).status_code == 302
    assert resident.get(f"follow/{number}/").status_code == 200
    assert resident.get(f"follow/{second}/").status_code == 403
    assert resident.post("follow/", {"number": second, "code": second_code}).status_code == 302
    assert resident.get(f"follow/{second}/").status_code == 200
