"""Every limit refuses in one way: 429, when it ends in words, and the true rest of it in `Retry-After`."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled
from django.core.cache import cache
from django.core.management import call_command

from tadbir.councils.clock import CASABLANCA, simulated
from tadbir.councils.limits import CODES, LIMITS, PASSWORDS, opens_at, wait
from tadbir.councils.models import Account
from tests.account.conftest import PASSWORD, Agent
from tests.conftest import at
from tests.factories import BOTH, Office, adopted_loan
from tests.services.residents import LOAN, Resident

NOW = at("2026-12-01 10:03")
Sent = Callable[[Resident], Any]


def follow(resident: Resident) -> Any:
    return resident.post("follow/", {"number": "D-2026-00007", "code": "4821-9937"})


def by_machine(resident: Resident) -> Any:
    typed = {"number": "D-2026-00007", "code": "4821-9937"}
    return resident.client.post(f"/{resident.office.council.slug}/api/follow", typed, content_type="application/json")


def verifier(resident: Resident) -> str:
    return f"/{resident.office.council.slug}/v"


def upload(resident: Resident) -> Any:
    return resident.attach(resident.begin(), "liability")


def new_code(resident: Resident) -> Any:
    _draft, number, _code = resident.file(*BOTH)
    return resident.post(f"follow/{number}/code/", {"key": secrets.token_hex(16)})


def sign_in(resident: Resident) -> Any:
    return resident.post("account/login/", {"login": "nobody@oed.example", "password": "not the password"})


def factor(resident: Resident) -> Any:
    """A wrong code after the right password."""
    agent = Agent(resident.office, resident.office.officer)
    account = agent.person.account
    assert isinstance(account, Account)
    account.set_password(PASSWORD)
    account.save()
    if not is_mfa_enabled(account):
        TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    agent.sign_in()
    return agent.post(f"{'fr/' if resident.french else ''}account/security/code/", {"code": "000000"})


#: What a stranger sends that each limit counts.
SENT: dict[str, Sent] = {
    "wrong_codes_from_here": follow,
    "wrong_codes_of_number": follow,
    "wrong_codes_when_many": follow,
    "wrong_codes_in_all": follow,
    "wrong_codes_of_address": by_machine,
    "wrong_draft_codes": lambda resident: resident.post("request/", {"draft": "4821-9937-0416-2250"}),
    "new_codes": new_code,
    "drafts": lambda resident: resident.post("services/equipment-loan/request/", LOAN),
    "uploads": upload,
    "verify_code": lambda resident: resident.client.post(verifier(resident), {"number": "R-1", "code": "00000-00000"}),
    "verify_status": lambda resident: resident.client.get(f"{verifier(resident)}/status?sha256=00"),
    "kept_form": lambda resident: resident.client.post(resident.address("office/counter/"), {"body": "x"}),
    "wrong_passwords_from_here": sign_in,
    "wrong_passwords_of_account": sign_in,
    "wrong_passwords_when_many": sign_in,
    "wrong_passwords_in_all": sign_in,
    "wrong_factors_of_account": factor,
    "wrong_sign_ins_of_address": sign_in,
}

#: What does not refuse before another limit is reached.
FIRST = {name: secret[1:] for secret in (CODES, PASSWORDS) for name in secret[1:]}


@pytest.fixture
def resident(office: Office) -> Resident:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    adopted_loan(office)
    return Resident(office)


def test_no_limit_is_left_out() -> None:
    assert SENT.keys() == LIMITS.keys()


@pytest.mark.parametrize("french", [False, True])
@pytest.mark.parametrize("name", sorted(LIMITS))
def test_a_refusal_says_when_it_ends(
    resident: Resident, monkeypatch: pytest.MonkeyPatch, name: str, french: bool
) -> None:
    with simulated(NOW):
        resident.french = french
        assert SENT[name](resident).status_code != 429
        for limit in (name, *FIRST.get(name, ())):
            monkeypatch.setitem(LIMITS, limit, LIMITS[limit]._replace(most=0))
        answer = SENT[name](resident)
        assert answer.status_code == 429
        assert answer["Retry-After"] == str(wait(name))
        assert f"{opens_at(name).astimezone(CASABLANCA):%H:%M}" in answer.content.decode()
        assert (opens_at(name) - NOW).total_seconds() == wait(name) <= LIMITS[name].seconds
