"""A real installation in a folder, worked with by its commands, as a council has it."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tadbir.operations.signer import fingerprint

ROOT = Path(__file__).resolve().parents[2]
CODE, SLUG = "12.391", "oued-ed-dahab"

#: Give the council of `init` an adopted sheet; said to `python -c` inside the installation.
FURNISH = """
import datetime
from tadbir.councils import actions as councils
from tadbir.councils.models import Council, Quality
from tadbir.councils.scope import council_scope
from tadbir.procedures import actions as procedures
from tadbir.procedures.queries import as_shown
with council_scope(Council.objects.get()) as council:
    unit = councils.create_unit("equipment", "قسم التجهيز", "Division de l’équipement")
    president = councils.create_person("سعاد المنصوري", "Souad Mansouri", "president@oed.example")
    councils.give_role(president, Quality.PRESIDENT, datetime.date(2026, 1, 1))
    draft = procedures.take_from_catalogue("equipment-loan", unit)
    procedures.adopt(president, draft.code, shown=as_shown(draft).token, reference="12/2026",
                     adopted_on=datetime.date(2026, 6, 9), delay_days=15, cndp_reference="D-SPECIMEN-1/2026")
"""
PREAMBLE = """import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tadbir.settings"
import tadbir, django
django.setup()
"""


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Installation:
    """One folder."""

    folder: Path
    #: What its commands find in their environment besides.
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TADBIR_", "DJANGO_"))}
        own = {"TADBIR_HOME": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "fr_MA.UTF-8", "LANGUAGE": "fr"}
        return kept | own | self.more

    def run(self, *words: str, good: bool = True, **more: Any) -> subprocess.CompletedProcess[str]:
        """Run `tadbir WORDS`; with `good`, fail when it does."""
        done = subprocess.run(
            [sys.executable, "-m", "tadbir", *words],
            env=self.environment,
            cwd=ROOT,
            text=True,
            capture_output=True,
            timeout=300,  # the demonstration plays half a year, and other tests run beside it
            stdin=subprocess.DEVNULL,
            check=False,
            **more,
        )
        if good:
            assert done.returncode == 0, done.stdout + done.stderr
        return done

    @property
    def signer(self) -> str:
        """The line that its backups bear."""
        return fingerprint(self.folder)

    def python(self, code: str, seconds: float = 120) -> Any:
        """Run Python inside the installation; what it prints last, read as JSON."""
        done = subprocess.run(
            [sys.executable, "-c", PREAMBLE + code],
            env=self.environment,
            cwd=ROOT,
            text=True,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        lines = done.stdout.strip().splitlines()
        return json.loads(lines[-1]) if lines else None

    def go_back(self, app: str, migration: str) -> None:
        """Give it the tables of an older program."""
        words = f"{app!r}, {migration!r}"
        self.python(f"from django.core.management import call_command\ncall_command('migrate', {words}, verbosity=0)")

    def words_of_init(self, *more: str, council: str = CODE) -> tuple[str, ...]:
        """What an administrator types to set it up."""
        who = ("--email", "admin@oed.example", "--name", "أنس الرامي", "--host", "localhost")
        return ("init", "--folder", str(self.folder), "--council", council, *who, *more)

    def init(self, *more: str) -> str:
        """Set it up; the administrator's link."""
        found = re.search(r"https?://\S+/account/enrol/\S+", self.run(*self.words_of_init(*more)).stdout)
        assert found
        return found[0]


class Server:
    """`tadbir serve` in a process group of its own."""

    def __init__(
        self, home: Installation, *words: str, port: int = 0, log: Path | None = None, said: bool = True
    ) -> None:
        self.home, self.port = home, port or free_port()
        self.log = log or home.folder / "serve.log"
        self.started = time.monotonic()
        place = ["--port", str(self.port)] if said else []  # else where its settings say
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tadbir", "serve", *place, *words],
                env=home.environment,
                cwd=ROOT,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def wait_ready(self, seconds: float = 30) -> float:
        """Wait for «Prêt»; how long it took."""
        while time.monotonic() - self.started < seconds:
            text = self.log.read_text("utf-8", errors="replace")
            if f":{self.port}/" in text and "Prêt en" in text:
                return time.monotonic() - self.started
            assert self.process.poll() is None, text[-3000:]
            time.sleep(0.02)
        raise AssertionError(self.log.read_text("utf-8")[-3000:])

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        """Whatever the test found: nothing of it is left."""
        if self.family() or self.process.poll() is None:
            self.kill()

    def family(self) -> dict[int, str]:
        """Every process of the group: number and command."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    state = (entry / "stat").read_text().rpartition(")")[2].split()
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                except OSError:
                    continue
                if int(state[2]) == self.process.pid and state[0] != "Z":
                    found[int(entry.name)] = command
        return found

    def stop(self) -> int:
        """SIGTERM to the supervisor alone; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def kill(self) -> None:
        """kill -9, the whole group at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        for _try in range(100):
            if not self.family():
                return
            time.sleep(0.02)
        raise AssertionError(f"still there: {self.family()}")
