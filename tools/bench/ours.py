"""Tadbir itself: an installation with many dossiers, served by `tadbir serve`, driven over HTTP.

The addresses are in PATHS: a page that moves is mended here and nowhere else in the benchmark.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tools.bench.client import Answer, Browser, Refused
from tools.bench.forms import Form, forms_of
from tools.bench.measure import System

ROOT = Path(__file__).resolve().parents[2]
PATHS = {"home": "/{slug}/", "list": "/{slug}/office/?show=all", "search": "/{slug}/office/dossiers/?q=Jerada"}
ASK = "/{slug}/services/{sheet}/request/"
#: Three services in turn; no document is joined, as on the other system's form.
ASKED = ("road-damage", "access-to-information", "complaint")
CLOSE = "/close/"  # what a shared telephone presses
RECEIPT = "/receipt/"  # part of the address of the page that shows the receipt
DOCUMENTS, CHECK = "/documents/", "/check/"
MOST_PAGES = 6
#: One address may begin a hundred requests an hour; the residents of the benchmark live at several.
PER_ADDRESS = 40
#: What a resident types, by part of the field's name; what is asked and not here gets the last.
TYPED = {
    "for_name": "",
    "mandate": "",
    "since": "",
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


#: Dossiers filed one by one; more of them are made by multiplying these.
FILED = 10_000


def shape() -> str:
    """A digest of what decides how the filled folder looks: the tables and the filling."""
    found = sorted((ROOT / "tadbir").glob("**/models.py")) + sorted((ROOT / "tadbir").glob("**/models/*.py"))
    found += sorted((ROOT / "tadbir").glob("**/migrations/*.py"))
    digest = hashlib.sha256()
    for path in [*found, *(Path(__file__).with_name(f"{name}.py") for name in ("ours_fill", "multiply"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def filled(folder: Path, count: int) -> Path:
    """An installation with so many dossiers, made once for each shape of the tables."""
    kept = folder / f"filled-{count}-{shape()}"
    if kept.exists():
        return kept
    if count > FILED and count % FILED:
        raise Refused(f"more than {FILED} dossiers are made in whole ten thousands")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"filled-{count}-*"):
        shutil.rmtree(old)
    part = folder / f"making-{count}"
    shutil.rmtree(part, ignore_errors=True)
    if count > FILED:
        shutil.copytree(filled(folder, FILED), part)
        words, home = ["tools.bench.multiply", str(count // FILED)], {"TADBIR_HOME": str(part)}
    else:
        words, home = ["tools.bench.ours_fill", str(part), str(count)], {}
    subprocess.run([sys.executable, "-m", *words], check=True, cwd=ROOT, env=os.environ | home)
    part.rename(kept)
    return kept


def fill(folder: Path, count: int) -> dict[str, Any]:
    """A copy of an installation with so many dossiers, to be served; what the client must know."""
    shutil.rmtree(folder / "home", ignore_errors=True)
    shutil.copytree(filled(folder, count), folder / "home")
    return inside(folder, "prepare")


def inside(folder: Path, what: str, *words: str) -> Any:
    """Ask something of the installation in a process of its own (tools.bench.ours_inside)."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.ours_inside", what, *words],
        check=True,
        cwd=ROOT,
        env=os.environ | environment(folder),
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def command() -> list[str]:
    """One worker, and the queue beside it, as a council runs it."""
    return [tadbir(), "serve", "--address", "127.0.0.1", "--port", "{port}", "--workers", "1"]


def typed(form: Form) -> dict[str, str]:
    """A form filled in as a resident would, keeping what it already holds."""
    answers = dict(form.fields)
    for name in form.fields:
        if not answers[name].strip():
            answers[name] = next(text for part, text in TYPED.items() if part in name)
    return answers


def next_form(page: Answer) -> Form:
    """The form that leads on: the last one sent by POST that asks for no file and does not close the page."""
    sent = [form for form in forms_of(page.body) if form.method == "post" and not form.action.endswith(CLOSE)]
    found = [form for form in sent if not form.has_file]
    if not found:
        raise Refused(f"{page.path}: no form leads on")
    return found[-1]


def submit_request(browser: Browser, start: str) -> Sequence[Answer]:
    """Fills in page after page; only the last sending, which makes the record and shows the receipt, is counted."""
    page = browser.get(start)
    for _ in range(MOST_PAGES):
        if page.path.endswith(DOCUMENTS):
            page = browser.get(page.path.removesuffix(DOCUMENTS) + CHECK)  # the link at its end: nothing is joined
        form = next_form(page)
        page = browser.post(form.action or page.path, typed(form))
        if RECEIPT in page.path:
            return [page]
    raise Refused(f"no receipt after {MOST_PAGES} pages, the last {page.path}")


def residents(port: int, cpu: Callable[[], float]) -> Iterator[Browser]:
    """One browser after another, from one address of the loopback after another."""
    for house in itertools.count(2):
        for _ in range(PER_ADDRESS):
            yield Browser(port, source=f"127.0.0.{house}", cpu=cpu)


def system(port: int, found: dict[str, Any], cpu: Callable[[], float]) -> System:
    """The four steps, as this system does them."""
    paths = {step: path.format(**found) for step, path in PATHS.items()}
    officer, resident, others = Browser(port, cpu=cpu), Browser(port, cpu=cpu), residents(port, cpu)
    services = itertools.cycle(ASKED)
    officer.cookies[found["cookie"]] = found["session"]

    def submit() -> Sequence[Answer]:
        return submit_request(next(others), ASK.format(slug=found["slug"], sheet=next(services)))

    steps = {
        "home": lambda: [resident.get(paths["home"])],
        "list": lambda: [officer.get(paths["list"])],
        "submit": submit,
        "search": lambda: [officer.get(paths["search"])],
    }
    shown = officer.get(paths["list"])
    if shown.path != paths["list"]:
        raise Refused(f"the officer was sent away from the list to {shown.path}")
    return System("Tadbir", steps)
