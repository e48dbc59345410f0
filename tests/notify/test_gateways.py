"""Text messages: the file gateway, and Debian's real gammu-smsd with gammu's own dummy modem."""

import json
import logging
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tadbir.councils.scope import council_scope
from tadbir.notify import queries
from tadbir.notify.actions import deliver, queue
from tadbir.notify.gateways import FileAndLogGateway, GammuSmsdGateway, GatewayError, gateway
from tadbir.notify.segments import cost
from tadbir.notify.ways import Way
from tests.factories import a_council

AT = datetime(2026, 12, 1, 10, tzinfo=UTC)
ARABIC = "تم تسجيل ملفكم رقم ODD-2026-000123. رمز التتبع: K7MP-Q2XD. https://odd.example.ma"
FRENCH = "Votre dossier ODD-2026-000123 est enregistré. Code de suivi : K7MP-Q2XD."
VALUES = {"number": "ODD-2026-000123", "address": "https://odd.example.ma"}


def test_a_message_is_a_file_and_a_line_without_the_number(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "tadbir.notify"):
        FileAndLogGateway(tmp_path / "new").send("+212612345678", ARABIC, "odd-7", AT)
        FileAndLogGateway(tmp_path / "new").send("+212612345678", ARABIC, "odd-7", AT)
    (file,) = (tmp_path / "new").iterdir()
    assert file.name == "20261201T100000-odd-7.json"
    assert json.loads(file.read_text("utf-8"))["text"] == ARABIC
    assert "+212612••••78" in caplog.text
    assert "345678" not in caplog.text


def test_gammu_s_file_is_whole_utf16_and_named_as_it_wants(tmp_path: Path) -> None:
    way_out = GammuSmsdGateway(tmp_path)
    way_out.send("+212612345678", ARABIC, "odd_../7", AT)
    way_out.send("+212612345678", ARABIC, "odd_../7", AT)  # sent again before the daemon took it: still one
    (file,) = tmp_path.iterdir()
    assert file.name == "OUTC20261201_100000_00_+212612345678_odd----7.txt"
    assert file.read_bytes()[:2] == b"\xfe\xff"
    assert file.read_bytes().decode("utf-16") == ARABIC
    assert way_out.waiting(datetime.now(UTC) + timedelta(minutes=1)) == 1
    assert way_out.waiting(datetime.now(UTC) - timedelta(minutes=1)) == 0


def test_a_way_out_that_is_not_there_is_an_error_that_can_pass(tmp_path: Path) -> None:
    with pytest.raises(GatewayError, match="does not exist"):
        GammuSmsdGateway(tmp_path / "absent").send("+212612345678", "x", "1", AT)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(GatewayError, match="could not be written"):
        FileAndLogGateway(blocked).send("+212612345678", "x", "1", AT)
    for settings in ({}, {"kind": "pigeon", "folder": "/x"}, {"kind": "file"}):
        with pytest.raises(GatewayError, match="not set up"):
            gateway(settings)
    assert isinstance(gateway({"kind": "gammu", "folder": str(tmp_path)}), GammuSmsdGateway)


@pytest.mark.django_db
@pytest.mark.postgres
def test_a_notice_goes_out_by_the_council_s_own_gateway_and_waits_while_it_is_down(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    council = a_council(settings={"text_messages": {"kind": "gammu", "folder": str(folder)}})
    with council_scope(council):
        down = queue("outcome", to=[Way("text", "06 12 34 56 78")], language="ar", values=VALUES, key="1")
        assert deliver(down.pk) == "retry"
        folder.mkdir()
        up = queue("outcome", to=[Way("text", "0712345678")], language="fr", values=VALUES, key="2")
        assert deliver(up.pk) == "sent"
        (file,) = folder.iterdir()
        assert f"_+212712345678_odd-{up.pk}.txt" in file.name
        assert file.read_bytes().decode("utf-16").startswith("La réponse à votre dossier")
        long_ago = (datetime.now(UTC) - timedelta(hours=2)).timestamp()
        __import__("os").utime(file, (long_ago, long_ago))
        assert any(finding.level == "error" and "gammu" in finding.text for finding in queries.health())


CONFIG = """
[gammu]
model = dummy
connection = none
port = {folder}/modem
gammuloc = /dev/null
[smsd]
service = files
logfile = {folder}/log
debuglevel = 1
loopsleep = 1
checksecurity = 0
checkbattery = 0
checksignal = 0
inboxpath = {folder}/in/
outboxpath = {folder}/out/
sentsmspath = {folder}/sent/
errorsmspath = {folder}/err/
transmitformat = auto
"""


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Path]:
    """Debian's gammu-smsd on a modem that gammu plays itself: it encodes and splits, and sends nothing."""
    program = shutil.which("gammu-smsd")
    if program is None:
        pytest.skip("not run: gammu-smsd is not installed (apt install gammu-smsd)")
    for name in ("in", "out", "sent", "err", *(f"modem/sms/{box}" for box in range(1, 6))):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "rc").write_text(CONFIG.format(folder=tmp_path))
    process = subprocess.Popen([program, "-c", str(tmp_path / "rc")])
    yield tmp_path
    process.terminate()
    process.wait(10)


@pytest.mark.proof
def test_the_real_gammu_smsd_takes_and_splits_our_messages(daemon: Path) -> None:
    way_out = GammuSmsdGateway(daemon / "out")
    for number, text in enumerate([ARABIC, "ا" * 70, "ا" * 71, FRENCH, "ا" * 135]):
        way_out.send("+212612345678", text, f"odd-{number}", AT + timedelta(seconds=number))
    deadline = time.monotonic() + 40
    while len(list((daemon / "sent").iterdir())) < 5 and time.monotonic() < deadline:
        time.sleep(0.3)
    log = (daemon / "log").read_text("utf-8", "replace")
    assert len(list((daemon / "sent").iterdir())) == 5, log[-3000:]
    assert list((daemon / "err").iterdir()) == []
    for number, text in enumerate([ARABIC, "ا" * 70, "ا" * 71, FRENCH, "ا" * 135]):
        counted = cost(text).messages
        assert f"odd-{number}.txt (total: {counted})" in log, (text, counted)
    assert ARABIC[:60] in log
