"""kill -9 of the whole server at random moments, while residents file over HTTP and the president signs: nothing
acknowledged is lost, and a letter has one number and one sealed paper."""

import random
import time
from pathlib import Path

import pytest

from tests.kill.journey import Resident, send_again
from tests.kill.signing import Signer
from tests.operations.conftest import furnished, home  # noqa: F401
from tests.operations.installation import Installation, Server

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="kills process groups (Linux)")


def live_and_die(home: Installation, rounds: int, seed: int, letters: int) -> dict[str, float]:
    spool = home.folder / "spool"  # the folder of a modem's daemon: a message handed to it has left
    spool.mkdir()
    with (home.folder / "tadbir.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[text_messages]\nkind = "gammu"\nfolder = "{spool}"\n')
    chance = random.Random(seed)
    president = Signer(*home.python(f"from tests.kill.signing import prepare; prepare({letters})"))
    acknowledged: list[str] = []
    begun: list[str] = []
    slowest = 0.0
    for round_ in range(rounds):
        server = Server(home)
        try:
            slowest = max(slowest, server.wait_ready())
            people = [Resident(server.port, 1 + who, seed * 1000 + round_ * 10 + who) for who in range(3)]
            signer = president.at(server.port)
            for person in (*people, signer):
                person.start()
            _wait_for_a_receipt(people)  # a server that just started is slow to its first page
            if round_ % 3 == 0:
                signer.wait()
            time.sleep(chance.random() * 1.2)
        finally:
            server.kill()
        for person in (*people, signer):
            person.over.set()
        for person in people:
            person.join(30)
            acknowledged += person.acknowledged
            begun += person.begun
            assert person.wrong == [], server.log.read_text("utf-8", errors="replace")[-4000:]
        signer.join(30)
        assert signer.wrong == [], server.log.read_text("utf-8", errors="replace")[-4000:]
        said = f"{acknowledged!r}, {signer.sealed!r}"
        assert home.python(f"from tests.kill.state import look; look({said})") == []
    assert president.signed, "no letter was signed: nothing was tried"
    assert acknowledged, "no resident got a receipt: nothing was tried"
    return {
        "acknowledged": len(acknowledged),
        "unsure": len(_finish(home, acknowledged, begun, president)),
        "slowest": slowest,
    }


def _wait_for_a_receipt(people: list[Resident]) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and not any(person.acknowledged or person.wrong for person in people):
        time.sleep(0.02)


def _finish(home: Installation, acknowledged: list[str], begun: list[str], president: Signer) -> list[str]:
    """Those who never saw an answer send again, what was not signed is; then everything is there once, and every notice
    leaves."""
    unsure = sorted(set(begun) - set(acknowledged))
    server = Server(home)
    try:
        server.wait_ready()
        assert send_again(server.port, unsure) == []
        assert send_again(server.port, unsure[:5]) == []
        signer = president.at(server.port)
        signer.run()
        assert (signer.wrong, signer.letters) == ([], [])
    finally:
        assert server.stop() == 0
    assert home.python(f"from tests.kill.state import look; look({begun!r}, {president.seen!r}, True)") == []
    left = home.python("from tests.kill.state import sweep_and_count; sweep_and_count()")
    assert left["waiting"] == 0
    assert left["sent"] >= len(begun)
    return unsure


def test_three_kills(home: Installation) -> None:
    print(live_and_die(home, 3, 2026, letters=5))


@pytest.mark.proof
def test_fifty_kills(home: Installation) -> None:
    print(live_and_die(home, 50, 112, letters=40))
