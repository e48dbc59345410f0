"""Questions asked of the filled installation in a process of its own; answers as one line of JSON.

TADBIR_HOME=folder python -m tools.bench.ours_inside prepare | queries | seal | price | where
TADBIR_HOME=folder python -m tools.bench.ours_inside profile home|list|submit|search [ROUNDS]
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import tadbir  # noqa: F401  (puts the safe SQLite in place before Django loads the other one)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from tadbir.acts import actions as acts  # noqa: E402
from tadbir.acts.documents.seal import load_library  # noqa: E402
from tadbir.acts.models import Act  # noqa: E402
from tadbir.councils import queries as councils  # noqa: E402
from tadbir.councils.clock import today  # noqa: E402
from tadbir.councils.models import Council, Quality  # noqa: E402
from tadbir.councils.scope import council_scope  # noqa: E402
from tadbir.site.account.middleware import STRONG  # noqa: E402
from tools.bench import ours, price, profile  # noqa: E402

#: Every page that lists rows which grow with the years.
LISTS = (
    "services/",
    "office/",
    "office/?show=mine",
    "office/?show=all",
    "office/?show=all&late=1",
    "office/tray/person/",
    "office/tray/signature/",
    "office/tray/notify/",
    "office/tray/scan/",
    "office/late/",
    "office/opinions/",
    "office/dossiers/",
    "office/dossiers/?q=Jerada",
    "office/blocks/",
    "office/register/",
    "office/register/readings/",
    "office/people/",
    "office/delegations/",
    "office/sheets/",
    "office/calendar/",
)
SEALED = 20
WARM, ROUNDS = 3, 40
BROWSER = {"host": "localhost", "accept-encoding": "br"}


def the_council() -> Council:
    found = Council.objects.order_by("pk").first()
    if found is None:
        raise SystemExit("no council here")
    return found


def session() -> str:
    """The session of somebody who sees every list, as signing in with a second factor would have left it."""
    person = councils.people_with([Quality.DIRECTOR], today()).first()
    if person is None or person.account is None:
        raise SystemExit("no director with an account")
    account: Any = person.account
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store[STRONG] = account.pk
    at = datetime.now(UTC).timestamp()
    store["account_authentication_methods"] = [
        {"method": "password", "at": at, "email": account.email},
        {"method": "mfa", "at": at, "type": "totp"},
    ]
    store.create()
    return str(store.session_key)


def prepare() -> dict[str, str]:
    """What the client needs: the council's address and the session of an officer. The style sheets are today's."""
    call_command("collectstatic", verbosity=0, interactive=False)
    return {"slug": the_council().slug, "session": session(), "cookie": settings.SESSION_COOKIE_NAME}


def client() -> Client:
    """Somebody signed in, without the server between."""
    made = Client(headers=BROWSER)
    made.cookies[settings.SESSION_COOKIE_NAME] = session()
    return made


def queries() -> dict[str, int]:
    """Questions to the database for each list page, once everything that is read once is read."""
    someone, counted = client(), {}
    for path in LISTS:
        address = f"/{the_council().slug}/{path}"
        someone.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = someone.get(address)
        counted[path] = len(asked) if answer.status_code == 200 else -answer.status_code
    return counted


def seal() -> list[float]:
    """Seconds until the sealed PDF of an act is there, for acts that have none yet.

    The library is loaded, as in a web worker that has stood for two seconds; nothing else is warm.
    """
    load_library()
    fresh = Act.objects.filter(pdfs__isnull=True).order_by("-pk")
    taken = []
    for act in list(fresh[: SEALED * 7 : 7]):
        begun = time.perf_counter()
        acts.pdf_of(act)
        taken.append(time.perf_counter() - begun)
    return taken


def step(name: str) -> Callable[[], Any]:
    """One of the four requests, through every middleware; for `submit` the last sending and the receipt page."""
    someone, slug = client(), the_council().slug
    if name != "submit":
        path = ours.PATHS[name].format(slug=slug)
        visitor = Client(headers=BROWSER) if name == "home" else someone
        return lambda: visitor.get(path)
    return Submission(slug).send


class Submission:
    """Drafts made ready, then sent."""

    def __init__(self, slug: str) -> None:
        self.slug, self.ready, self.house = slug, [], 0  # type: ignore[var-annotated]

    def prepare(self, count: int) -> None:
        for rank in range(count):
            self.house += 1
            browser = Client(headers=BROWSER, REMOTE_ADDR=f"127.0.1.{self.house % 250}")
            path = ours.ASK.format(slug=self.slug, sheet=ours.ASKED[rank % len(ours.ASKED)])
            body = browser.get(path, headers={"accept-encoding": ""}).content
            form = ours.next_form(ours.Answer(200, body, 0, 0, path))
            answer = browser.post(path, ours.typed(form))
            if answer.status_code != 302:
                raise SystemExit(f"{path}: {answer.status_code}")
            address = answer["Location"].replace(ours.DOCUMENTS, ours.CHECK)
            page = browser.get(address, headers={"accept-encoding": ""}).content
            self.ready.append((browser, address, ours.typed(ours.next_form(ours.Answer(200, page, 0, 0, address)))))

    def send(self) -> Any:
        browser, address, form = self.ready.pop()
        answer = browser.post(address, form)
        return browser.get(answer["Location"])


def cost() -> dict[str, float]:
    """The parts of a submission that are the price of an official receipt."""
    sending = Submission(the_council().slug)
    sending.prepare(WARM + ROUNDS)
    for _ in range(WARM):
        sending.send()
    return price.shares(sending.send, ROUNDS)


def where() -> list[profile.Spent]:
    """Where the time of a submission goes, function by function."""
    sending = Submission(the_council().slug)
    sending.prepare(WARM + ROUNDS // 2)
    for _ in range(WARM):
        sending.send()
    return profile.profile(sending.send, ROUNDS // 2)


def measure(name: str, rounds: int) -> None:
    """CPU and wall time a request, questions asked, and where the time goes."""
    run = step(name)
    if name == "submit":
        run.__self__.prepare(rounds + 3)  # type: ignore[attr-defined]
    for _ in range(2):
        answer = run()
    if answer.status_code != 200:
        raise SystemExit(f"{name}: {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        run()
        many, said = len(asked), list(asked.captured_queries)
    cpu, wall = [], []
    watch = cProfile.Profile()
    profiled = os.environ.get("BENCH_PROFILE")
    for _ in range(rounds):
        begun = time.process_time(), time.perf_counter()
        if profiled:
            watch.enable()
        run()
        watch.disable()
        cpu.append(time.process_time() - begun[0])
        wall.append(time.perf_counter() - begun[1])
    times = f"CPU {statistics.median(cpu) * 1000:.1f} ms, wall {statistics.median(wall) * 1000:.1f} ms"
    print(f"{name}: {many} queries, {times}, {len(answer.content)} bytes")
    for query in said if os.environ.get("BENCH_SQL") else ():
        print(f"  {float(query['time']) * 1000:5.0f} ms  {query['sql'][:240]}")
    if profiled:
        pstats.Stats(watch).sort_stats(profiled).print_stats(int(os.environ.get("BENCH_LINES", "45")))


def main(words: list[str]) -> None:
    """One question, asked inside the council."""
    with council_scope(the_council()):
        if words[0] == "profile":
            measure(words[1], int(words[2]) if words[2:] else 30)
        else:
            asked = {"prepare": prepare, "queries": queries, "seal": seal, "price": cost, "where": where}
            print(json.dumps(asked[words[0]]()))


if __name__ == "__main__":
    main(sys.argv[1:])
