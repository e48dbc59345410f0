"""The clock of the machine set back while the server runs: nothing is dated before what the register holds."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from tadbir.councils import clock
from tadbir.dossiers.models import Dossier, Fact
from tadbir.register.models import Entry
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import BOTH, Office
from tests.services.residents import Resident

START = at("2026-12-02 10:00").timestamp()
Moves = Callable[[timedelta], None]


@pytest.fixture
def moves(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> Iterator[Moves]:
    """Set the clock of the machine, the day after the council began; its kernel goes on counting."""
    pretended = clock._simulated.set(None)
    moved, begun = timedelta(), time.monotonic()

    def said() -> float:
        return START + moved.total_seconds() + time.monotonic() - begun

    def move(by: timedelta) -> None:
        nonlocal moved
        moved = by
        monkeypatch.setattr(clock, "_asked", (-60.0, False))

    monkeypatch.setattr(clock, "time", SimpleNamespace(time=said, monotonic=time.monotonic))
    monkeypatch.setattr(clock, "_read", (said(), time.monotonic()))
    move(timedelta())
    yield move
    clock._simulated.reset(pretended)


def test_a_request_filed_meanwhile_is_not_dated_before_the_register(resident: Resident, moves: Moves) -> None:
    resident.file(*BOTH)
    before = Entry.objects.order_by("-seq")[0].at
    moves(-timedelta(days=3))
    _draft, number, _code = resident.file(*BOTH)
    late = Dossier.objects.get(number=number)
    assert late.opened_at >= before
    written = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    assert written == sorted(written)
    for moment in Fact.objects.filter(dossier=late).values_list("happened_at", flat=True):
        assert before <= moment < before + timedelta(minutes=10)


def test_it_is_said_until_the_clock_is_right_again(office: Office, resident: Resident, moves: Moves) -> None:
    agent, warned = sign_in(office.officer), "أُرجعت ساعة الحاسوب"
    home = address(office.council, "office-home")
    resident.file(*BOTH)
    assert warned not in agent.get(home).content.decode()
    moves(-timedelta(hours=5))
    assert abs(clock.set_back() - 5 * 3600) < 60
    health = Client().get(f"/{office.council.slug}/health")
    assert (health.status_code, health.json()) == (503, {"status": "clock"})
    assert warned in agent.get(home).content.decode()
    assert warned not in resident.get("").content.decode(), "nobody outside can set it"
    moves(timedelta())
    assert clock.set_back() == 0
    assert Client().get(f"/{office.council.slug}/health").json() == {"status": "ok"}
    assert warned not in agent.get(home).content.decode()


def test_a_clock_that_is_put_right_is_believed(resident: Resident, moves: Moves) -> None:
    """It ran ahead when Tadbir was started, and nothing was recorded meanwhile."""
    resident.file(*BOTH)
    moves(timedelta(days=400))
    assert clock.today().year == 2028
    moves(timedelta())
    assert abs(clock.now().timestamp() - START) < 60
    assert clock.set_back() == 0


def test_what_a_time_server_corrects_is_no_trouble(resident: Resident, moves: Moves) -> None:
    resident.file(*BOTH)
    moves(-timedelta(seconds=clock.TOLERANCE - 5))
    assert clock.set_back() == 0
    _draft, number, _code = resident.file(*BOTH)
    assert Dossier.objects.filter(number=number).exists()
