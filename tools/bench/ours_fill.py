"""Makes an installation with so many dossiers, by the same actions as the screens, in a simulated calendar.

    python -m tools.bench.ours_fill FOLDER COUNT

The last 300 days of one fictional council: people, subjects and services vary, two requests of three are answered,
signed and notified. Durability is put off for the filling alone: the server opens its own connection.
"""

from __future__ import annotations

import heapq
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tadbir.operations import home
from tadbir.site.demo import command as demo

if TYPE_CHECKING:
    from tadbir.site.demo.stage import Stage

DAYS = 300
NAMES = (
    "خديجة المرابط",
    "محمد أوعلي",
    "Fatima Zahra Bennis",
    "يوسف الإدريسي",
    "Brahim Aït Lahcen",
    "مريم السملالي",
    "جمعية النخيل",
    "Coopérative Tafraout",
    "عبد السلام الراشدي",
    "لبنى أيت القاضي",
)
SUBJECTS = (
    "طلب استعمال القاعة",
    "Demande de matériel",
    "شكاية حول الطريق",
    "Route provinciale",
    "نسخة مقرر",
    "Éclairage public",
    "خيام لحفل مدرسي",
    "صهريج ماء",
)
PLACES = ("تاوريرت", "Aousserd", "أزيلال", "Chichaoua", "فكيك", "Tata", "زاكورة", "Jerada", "ميدلت", "Assa")
#: Service, who works on it, answers beside the subject, documents brought; how often it is asked for.
ASKED: tuple[tuple[int, str, str, dict[str, str], tuple[str, ...]], ...] = (
    (
        5,
        "equipment-loan",
        "officer",
        {"equipment": "tents", "from": "", "days": "2", "place": "", "purpose": ""},
        ("signed-request", "liability"),
    ),
    (3, "road-damage", "officer", {"what": "track", "place": "", "danger": "slow"}, ()),
    (
        2,
        "access-to-information",
        "information",
        {"information": "", "address": "", "form": "email", "urgent": "no"},
        (),
    ),
    (2, "complaint", "officer-affairs", {"nature": "complaint", "facts": "", "wish": ""}, ()),
    (1, "resolution-copy", "officer-affairs", {}, ()),
)


def request(stage: Stage, dice: random.Random, number: int) -> Iterator[timedelta]:
    """One request from filing to notification; each yield lets days pass."""
    from tadbir.councils.clock import today
    from tadbir.services import actions
    from tadbir.services.requests import Applicant, Filing, Piece

    _often, code, officer, answers, brought = dice.choices(ASKED, [row[0] for row in ASKED])[0]
    subject = f"{dice.choice(SUBJECTS)} {dice.choice(PLACES)} {number}"
    phone = f"06000{number % 100_000:05d}" if dice.random() < 0.2 else ""
    language = dice.choice(("ar", "ar", "fr"))
    applicant = Applicant(f"{dice.choice(NAMES)} {number}", phone=phone, language=language)
    filled = {name: text or (subject if name != "from" else today().isoformat()) for name, text in answers.items()}
    pieces = tuple(Piece(one, one) for one in brought if dice.random() < 0.95)
    counter = dice.random() < 0.3
    filed = actions.file_request(
        Filing(stage.sheets[code], applicant, subject, filled, pieces, "counter" if counter else "online", language),
        by=stage.cast["clerk"] if counter else None,
    )
    if len(pieces) < len(brought) or dice.random() < 0.33:
        return
    yield timedelta(days=dice.randint(2, 12))
    act = stage.answer(filed.dossier, officer, "granted", "president", text="تمت الاستجابة لطلبكم.")
    if dice.random() < 0.97:
        yield timedelta(days=dice.randint(1, 3))
        stage.notify(act, filed.dossier, officer)


def live(stage: Stage, count: int, first: datetime, last: datetime) -> None:
    """Play every request in the order of time, up to today."""
    from tadbir.councils.clock import simulated

    dice = random.Random(2026)
    told = 0
    step = (last - first - timedelta(days=1)) / max(count, 1)
    scenes: list[tuple[datetime, int, Iterator[timedelta]]] = []
    for number in range(count):
        heapq.heappush(scenes, (first + step * number, number, request(stage, dice, number)))
    while scenes and scenes[0][0] < last:
        moment, number, story = heapq.heappop(scenes)
        if number > told:
            told = number + 1000
            print(f"  {number} of {count} dossiers, {moment:%Y-%m-%d}", flush=True)
        with simulated(moment):
            wait = next(story, None)
        if wait is not None:
            heapq.heappush(scenes, (moment + wait, number, story))


def keep_out_the_printer(stage: Stage) -> None:
    """Every letter is signed in a session: the scan of a signed paper is not what is measured."""
    stage.on_paper = False


def settle() -> None:
    """Delays that ran out are recorded as they are every day; the notices have left."""
    from django_q.models import OrmQ

    from tadbir.dossiers.actions import record_lapses
    from tadbir.notify.models import Notice

    record_lapses()
    Notice.objects.filter(status=Notice.Status.QUEUED).update(status=Notice.Status.SENT)
    OrmQ.objects.all().delete()


def fill(folder: Path, count: int) -> None:
    """Make the folder: installation, council, people, services, then the requests."""
    home.make(folder, demo.settings_of(8000))
    from tadbir.operations.installing import build_database

    build_database()
    from django.utils.translation import override

    from tadbir.councils.clock import now, simulated
    from tadbir.councils.scope import council_scope

    last = now()
    first = last - timedelta(days=DAYS)
    demo._durability("OFF")
    with override("ar"):
        with simulated(first):
            stage: Any = demo._open_council("12.391", "oed")
        with council_scope(stage.council):
            with simulated(first):
                keep_out_the_printer(stage)
            live(stage, count, first, last)
            settle()
    demo._durability("FULL")


if __name__ == "__main__":
    fill(home.choose(sys.argv[1]), int(sys.argv[2]))
