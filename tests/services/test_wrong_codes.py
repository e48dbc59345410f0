"""Wrong codes: how many one address may try, and that a stranger shuts nobody out."""

import pytest

from tadbir.councils.clock import simulated
from tadbir.councils.limits import HOUR, LIMITS, Limit
from tests.browser import Browser
from tests.conftest import at
from tests.factories import BOTH
from tests.services.residents import Resident, text


def test_codes_are_not_guessed(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    _other, second, its_code = resident.file(*BOTH)
    guesser = Resident(resident.office)
    got = [guesser.post("follow/", {"number": number, "code": f"{rank:08d}"}).status_code for rank in range(100)]
    assert got[:10] == [422] * 10
    assert set(got[10:]) == {429}
    polite = guesser.post("follow/", {"number": number, "code": code})
    assert polite.status_code == 429
    assert polite["Retry-After"]
    elsewhere = Resident(resident.office)
    assert elsewhere.post("follow/", {"number": second, "code": its_code}).status_code == 302
    with simulated(at("2026-12-01 11:30")):
        assert guesser.post("follow/", {"number": number, "code": code}).status_code == 302


def test_a_stranger_on_one_address_does_not_shut_the_person_out(resident: Resident) -> None:
    _draft, number, code = resident.file(*BOTH)
    stranger = Resident(resident.office, client=Browser(REMOTE_ADDR="203.0.113.7"))
    typed = {"number": number, "code": "00000001"}
    got = {stranger.post("follow/", typed).status_code for _try in range(2 * LIMITS["wrong_codes_of_number"].most)}
    assert got == {422, 429}
    person = Resident(resident.office, client=Browser(REMOTE_ADDR="198.51.100.9"))
    assert person.post("follow/", {"number": number, "code": code}).status_code == 302
    for rank in range(20):  # many strangers together
        there = Resident(resident.office, client=Browser(REMOTE_ADDR=f"203.0.113.{100 + rank}"))
        for _try in range(LIMITS["wrong_codes_from_here"].most):
            there.post("follow/", typed)
    late = Resident(resident.office, client=Browser(REMOTE_ADDR="198.51.100.10"))
    for _time in range(5):
        assert late.post("follow/", {"number": number, "code": code}).status_code == 302, "who types it right comes in"
    assert person.get(f"follow/{number}/").status_code == 200, "what is open stays open"


def test_past_many_wrong_codes_a_fresh_address_has_two_tries(
    resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "wrong_codes_of_number", Limit(10, HOUR))
    _draft, number, code = resident.file(*BOTH)
    wrong = {"number": number, "code": f"{(int(code.replace('-', '')) + 1) % 10**8:08d}"}
    right = {"number": number, "code": code}
    for _try in range(10):
        assert resident.post("follow/", wrong).status_code == 422
    once, twice, all_of_them = (
        Resident(resident.office, client=Browser(REMOTE_ADDR=f"198.51.100.{rank}")) for rank in (1, 2, 3)
    )
    assert [once.post("follow/", typed).status_code for typed in (wrong, right)] == [422, 302]
    assert [twice.post("follow/", typed).status_code for typed in (wrong, wrong, right)] == [422, 422, 429]
    monkeypatch.setitem(LIMITS, "wrong_codes_in_all", Limit(3, HOUR))
    refused = all_of_them.post("follow/", right)
    assert (refused.status_code, bool(refused["Retry-After"])) == (429, True), "thousands of addresses are a machine"
    with simulated(at("2026-12-01 11:30")):
        assert all_of_them.post("follow/", right).status_code == 302


def test_one_address_does_not_try_every_number(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "wrong_codes_of_address", Limit(5, HOUR))
    got = [resident.post("follow/", {"number": f"D-2026-{n:05d}", "code": "00000001"}).status_code for n in range(7)]
    assert got == [422] * 5 + [429] * 2


@pytest.mark.parametrize("french", [False, True])
def test_number_and_code_in_the_box_of_the_other_open_the_dossier(resident: Resident, french: bool) -> None:
    office = resident.office
    _draft, number, code = resident.file(*BOTH)
    copied = f"رمز {code}", f"رقم {number.replace('0', 'O')}"
    for first, second in ((code, number), copied):
        typed = {"number": first, "code": second}
        sent = Resident(office, french=french).post("follow/", typed)
        assert (sent.status_code, sent["Location"].endswith(f"/follow/{number}/")) == (302, True)
    twice = Resident(office).post("follow/", {"number": number, "code": number})
    assert twice.status_code == 422
    assert "هذا رقم ملف أو وثيقة" in text(twice)
