"""Tadbir itself: a demonstration council with many dossiers, served by `tadbir serve`, driven over HTTP.

The addresses are in PATHS: a page that moves is mended here and nowhere else in the benchmark.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.bench.client import Answer, Browser, Refused
from tools.bench.forms import Form, forms_of
from tools.bench.measure import System

PATHS = {
    "home": "/{slug}/",
    "list": "/{slug}/office/",
    "search": "/{slug}/office/search/?q=Jerada",
    "submit": "/{slug}/services/{sheet}/ask/",
}
RECEIPT = "/receipt/"  # part of the address of the page that shows the receipt
MOST_PAGES = 6
# What a resident types, by part of the field's name; what is asked and not here gets the last.
TYPED = {
    "name": "خديجة المرابط",
    "phone": "0600000000",
    "email": "",
    "subject": "طلب استعمال القاعة",
    "date": "2027-01-15",
    "number": "2",
    "": "دوري رياضي لشباب الحي",
}


def tadbir() -> str:
    return str(Path(sys.executable).with_name("tadbir"))


def environment(folder: Path) -> dict[str, str]:
    return {"TADBIR_HOME": str(folder / "home")}


def fill(folder: Path, count: int) -> dict[str, Any]:
    """A fresh demonstration with so many more dossiers; returns what the client needs to know."""
    shutil.rmtree(folder / "home", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    variables = os.environ | environment(folder)
    demo = [tadbir(), "demo", "--no-serve", "--folder", str(folder / "home")]
    subprocess.run(demo, check=True, env=variables, stdout=subprocess.DEVNULL)
    filled = subprocess.run(
        [sys.executable, "-m", "tools.bench.ours_fill", str(count)],
        check=True,
        env=variables,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(filled.stdout.splitlines()[-1])
    return found


def command() -> list[str]:
    """One worker."""
    return [tadbir(), "serve", "--host", "127.0.0.1", "--port", "{port}", "--workers", "1"]


def typed(form: Form) -> dict[str, str]:
    """A form filled in as a resident would, keeping what it already holds."""
    answers = dict(form.fields)
    for name in form.fields:
        if not answers[name]:
            answers[name] = next(text for part, text in TYPED.items() if part in name)
    return answers


def next_form(page: Answer) -> Form:
    """The form that leads on: the last one sent by POST that asks for no file."""
    found = [form for form in forms_of(page.body) if form.method == "post" and not form.has_file]
    if not found:
        raise Refused(f"{page.path}: no form leads on")
    return found[-1]


def submit_request(browser: Browser, start: str) -> Sequence[Answer]:
    """Fills in page after page; only the last sending, which makes the record and shows the receipt, is counted."""
    page = browser.get(start)
    for _ in range(MOST_PAGES):
        form = next_form(page)
        page = browser.post(form.action or page.path, typed(form))
        if RECEIPT in page.path:
            return [page]
    raise Refused(f"no receipt after {MOST_PAGES} pages, the last {page.path}")


def system(port: int, found: dict[str, Any]) -> System:
    """The four steps, as this system does them."""
    paths = {step: path.format(**found) for step, path in PATHS.items()}
    officer, resident = Browser(port), Browser(port)
    officer.cookies[found["cookie"]] = found["session"]
    steps = {
        "home": lambda: [resident.get(paths["home"])],
        "list": lambda: [officer.get(paths["list"])],
        "submit": lambda: submit_request(resident, paths["submit"]),
        "search": lambda: [officer.get(paths["search"])],
    }
    if officer.get(paths["list"]).path != paths["list"]:
        raise Refused("the officer was sent away from the list")
    return System("Tadbir", steps)
