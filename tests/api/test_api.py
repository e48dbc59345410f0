"""The API says what the screens say, refuses what they refuse, and never answers 500."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tadbir.procedures.actions import take_from_catalogue
from tadbir.services.actions import file_request
from tests.factories import Office, adopted_loan, loan_filing, sign_in

BASE = "/oued-ed-dahab/api"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def follow(client: Client, number: str, code: str) -> Any:
    return client.post(f"{BASE}/follow", json.dumps({"number": number, "code": code}), content_type="application/json")


def test_services_and_their_clock(office: Office, client: Client) -> None:
    adopted_loan(office)
    [service] = client.get(f"{BASE}/services").json()
    assert service["delay_days"] == 60
    assert {document["code"] for document in service["documents"]} >= {"signed-request", "liability"}
    found = client.get(f"{BASE}/services/equipment-loan/clock", {"complete_on": "2026-12-01"}).json()
    assert "2027-02-01" in {row["do_by"] for row in found}
    assert [row for row in found if not row["steps"]] == []


def test_a_draft_shows_no_delay_and_no_document(office: Office, client: Client) -> None:
    take_from_catalogue("equipment-loan", office.unit)
    service = client.get(f"{BASE}/services/equipment-loan").json()
    assert (service["delay_days"], service["documents"]) == (None, [])
    assert client.get(f"{BASE}/services/equipment-loan/clock", {"complete_on": "2026-12-01"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("services/none", 404),
        ("services/a%00b", 404),
        ("services/equipment-loan/clock", 422),
        ("services/equipment-loan/clock?complete_on=2026-02-30", 422),
        ("services/equipment-loan/clock?complete_on=9999-01-01", 422),
        ("duties", 401),
        ("duties?page=0", 401),
    ],
)
def test_bad_calls_are_refused(office: Office, client: Client, path: str, status: int) -> None:
    adopted_loan(office)
    assert client.get(f"{BASE}/{path}").status_code == status


def test_every_refusal_is_told_in_the_readers_language(office: Office, client: Client) -> None:
    adopted_loan(office)
    clock = f"{BASE}/services/equipment-loan/clock"
    said = {
        client.get(path, {"lang": "fr", **query}).json()["detail"][0]
        for path, query in (
            (clock, {}),
            (clock, {"complete_on": "soon"}),
            (f"{BASE}/duties", {}),
            (f"{BASE}/services/none", {}),
        )
    }
    assert said == {
        "complete_on: Ce champ est nécessaire.",
        "complete_on: Ce qui est écrit ici n’a pas la bonne forme.",
        "Vous ne pouvez pas ouvrir cette page",
        "Aucun service ne porte ce code.",
    }
    arabic = client.get(f"{BASE}/duties").json()["detail"]
    assert all(any("\u0600" < letter < "\u06ff" for letter in text) for text in arabic)
    broken = client.post(f"{BASE}/follow?lang=fr", "{", content_type="application/json")
    assert (broken.status_code, broken.json()["detail"][0]) == (400, "Cette demande n’a pas pu être lue")


def test_a_dossier_is_followed_with_its_code_only(office: Office, client: Client) -> None:
    filed = file_request(loan_filing(adopted_loan(office)))
    seen = follow(client, filed.dossier.number, filed.code).json()
    assert seen["do_by"] == "2027-02-01"
    assert seen["history"]
    unknown, wrong = follow(client, "D-2026-99999", filed.code), follow(client, filed.dossier.number, "0000-0000")
    assert (unknown.status_code, wrong.status_code) == (404, 404)
    assert unknown.json() == wrong.json()
    assert follow(client, "a\x00b", "1").status_code == 404
    answers = [follow(client, filed.dossier.number, f"{rank:08d}").status_code for rank in range(12)]
    assert answers[-1] == 429
    refused = follow(client, filed.dossier.number, filed.code)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")


def test_my_duties_are_mine(office: Office, client: Client) -> None:
    filed = file_request(loan_filing(adopted_loan(office)))
    client.force_login(office.officer.account)
    assert client.get(f"{BASE}/duties").status_code == 401  # no second factor yet
    sign_in(client, office.officer)
    mine = client.get(f"{BASE}/duties").json()
    assert filed.dossier.number in {row["dossier"] for row in mine}
    sign_in(client, office.stranger)
    assert client.get(f"{BASE}/duties").json() == []


def test_the_description_is_openapi(office: Office, client: Client) -> None:
    described = client.get(f"{BASE}/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert "/oued-ed-dahab/api/services" in described["paths"]
