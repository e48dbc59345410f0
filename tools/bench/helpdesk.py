"""django-helpdesk in an environment of its own, filled and driven as a clerk and a resident would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.bench.client import Answer, Browser, Refused
from tools.bench.measure import System

SITE = Path(__file__).with_name("helpdesk_site")
# django-helpdesk's metadata forgets packaging; granian and pysqlite3 are what we serve with ourselves.
PACKAGES = ("django-helpdesk", "django-bootstrap4-form", "packaging", "granian", "pysqlite3")
ROWS = re.compile(rb'"url":\s*"(/datatables_ticket_list/[^"]+)"')
PAGE_OF_ROWS = "?draw=1&start=0&length=25&order[0][column]=0&order[0][dir]=asc&search[value]="


def install(folder: Path) -> Path:
    """Makes the environment once; returns its Python. Raises CalledProcessError without a package index."""
    python = folder / "venv" / "bin" / "python"
    if not (folder / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True
        )
        (folder / "installed").write_text("\n".join(PACKAGES))
    return python


def environment(folder: Path) -> dict[str, str]:
    """What its processes need to know."""
    return {"BENCH_HOME": str(folder / "home"), "PYTHONPATH": str(SITE), "DJANGO_SETTINGS_MODULE": "settings"}


def fill(folder: Path, python: Path, count: int) -> None:
    """A fresh database with so many tickets."""
    shutil.rmtree(folder / "home", ignore_errors=True)
    (folder / "home").mkdir(parents=True)
    subprocess.run([python, SITE / "fill.py", str(count)], check=True, env=os.environ | environment(folder), cwd=SITE)


def command(folder: Path, threads: int) -> list[str]:
    """One worker, as ours."""
    return [
        str(folder / "venv" / "bin" / "granian"),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}", "--workers", "1"),
        *("--blocking-threads", str(threads), "--no-access-log", "site_wsgi:application"),
    ]


def sign_in(port: int, cpu: Callable[[], float]) -> Browser:
    """A browser with a clerk signed in."""
    browser = Browser(port, "fr", cpu=cpu)
    form = browser.get("/login/?next=/tickets/")
    fields = {"username": "clerk", "password": "only-for-the-benchmark", "next": "/tickets/"}
    page = browser.post("/login/", fields | {"csrfmiddlewaretoken": form.token})
    if not ROWS.search(page.body):
        raise Refused("django-helpdesk did not let the clerk in")
    return browser


def rows_of(browser: Browser, page: Answer) -> Answer:
    """The rows that its list page fetches by script: without them the reader sees an empty table."""
    found = ROWS.search(page.body)
    if not found:
        raise Refused("the list page names no rows")
    rows = browser.get(found[1].decode().replace("\\u003D", "=") + PAGE_OF_ROWS)
    if not json.loads(rows.body)["data"]:
        raise Refused("the list is empty")
    return rows


def submission(browser: Browser) -> dict[str, str]:
    """A form opened and filled in; opening it is not counted."""
    form = browser.get("/tickets/submit/")
    return {
        "csrfmiddlewaretoken": form.token,
        "queue": "1",
        "title": "طلب منحة لجمعية",
        "body": "نلتمس منحة لتنظيم دوري رياضي. Tournoi sportif de la jeunesse.",
        "priority": "3",
        "submitter_email": "resident@example.org",
    }


def system(port: int, cpu: Callable[[], float]) -> System:
    """The four steps, as this system does them."""
    clerk, resident = sign_in(port, cpu), Browser(port, "fr", cpu=cpu)

    def home() -> Sequence[Answer]:
        return [resident.get("/")]

    def listing() -> Sequence[Answer]:
        page = clerk.get("/tickets/")
        return [page, rows_of(clerk, page)]

    def submit() -> Sequence[Answer]:
        answer = resident.post("/tickets/submit/", submission(resident))
        if "/view/" not in answer.path:
            raise Refused(f"the ticket was not taken: {answer.path}")
        return [answer]

    def search() -> Sequence[Answer]:
        page = clerk.get("/tickets/?q=Jerada")
        return [page, rows_of(clerk, page)]

    steps = {"home": home, "list": listing, "submit": submit, "search": search}
    return System("django-helpdesk", steps)
