"""Whatever is sent, the API answers with a status that it declares, in the shape it declares: no page, no 500."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from tadbir.services.actions import file_request
from tests.factories import Office, adopted_loan, loan_filing, sign_in

BASE = "/oued-ed-dahab/api"
WRONG: tuple[Any, ...] = (
    None,
    "",
    " ",
    "٣",
    "a\x00b",
    "x" * 5000,
    -1,
    0,
    10**30,
    1.5,
    True,
    [],
    ["a"],
    {},
    {"a": {}},
    "é\u200f",
    "'",
)
BODIES = ("", "{", "null", "[]", "1", '"a"', "{}", '{"number": 1e999}', "\ufeff{}", "\x00", "[" * 2000)


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def operations(client: Client) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Address, method and description of everything that the API offers."""
    described = client.get(f"{BASE}/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, said in methods.items():
            yield path, method, said


def check(answer: Any, said: dict[str, Any], what: str) -> None:
    """The status is declared, and a refusal is a list of sentences under one name."""
    assert str(answer.status_code) in said["responses"], f"{what}: {answer.status_code} is not declared"
    assert answer.headers["Content-Type"].startswith("application/json"), what
    if answer.status_code >= 400:
        body = answer.json()
        assert set(body) == {"detail"}, what
        assert body["detail"], what
        assert all(isinstance(one, str) and one for one in body["detail"]), what


def test_every_operation_answers_wrong_values_in_its_declared_shape(office: Office, client: Client) -> None:
    adopted_loan(office)
    seen = 0
    for signed_in in (False, True):
        if signed_in:
            sign_in(client, office.officer)
        for path, method, said in list(operations(client)):
            named = [one for one in said.get("parameters", ()) if one["in"] == "query"]
            for wrong in WRONG:
                cache.clear()
                text = str(wrong)
                address = path.replace("{code}", text.replace("/", "")[:200] or "x")
                query = {one["name"]: text for one in named}
                if method == "get":
                    answer = client.get(address, query)
                else:
                    body = json.dumps({"number": wrong, "code": wrong})
                    answer = client.generic(method.upper(), address, body, content_type="application/json")
                check(answer, said, f"{method} {address[:60]} {text[:30]!r}")
                seen += 1
    assert seen >= 5 * 2 * len(WRONG)


def test_a_body_that_is_no_body_is_refused_in_the_same_shape(office: Office, client: Client) -> None:
    adopted_loan(office)
    for path, method, said in operations(client):
        if method == "get":
            continue
        for body in BODIES:
            for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", "application/xml"):
                check(
                    client.generic(method.upper(), path, body, content_type=kind), said, f"{path} {body[:20]!r} {kind}"
                )
        check(client.generic(method.upper(), path, b"\xff\xfe", content_type="application/json"), said, "not UTF-8")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_method_that_is_not_offered_gets_the_same_shape(office: Office, client: Client, method: str) -> None:
    answer = client.generic(method, f"{BASE}/services")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert all(isinstance(one, str) for one in answer.json()["detail"])


def test_an_address_that_is_not_offered_gets_the_same_shape(office: Office, client: Client) -> None:
    answer = client.get(f"{BASE}/nothing-here")
    assert answer.status_code == 404
    assert all(isinstance(one, str) for one in answer.json()["detail"])


def test_a_full_disk_is_a_503_that_says_so_and_a_fault_is_a_500_without_its_trace(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = file_request(loan_filing(adopted_loan(office)))
    body = json.dumps({"number": filed.dossier.number, "code": filed.code})
    for error, status in ((OperationalError("database or disk is full"), 503), (KeyError("secret"), 500)):

        def broken(*_words: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("tadbir.desk.api.open_by_code", broken)
        answer = client.post(f"{BASE}/follow", body, content_type="application/json")
        assert answer.status_code == status
        assert "secret" not in answer.content.decode()
        assert answer.json()["detail"]
