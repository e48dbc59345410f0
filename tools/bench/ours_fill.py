"""Fills a demonstration council with so many dossiers by the same action as the screens.

    TADBIR_HOME=folder python -m tools.bench.ours_fill COUNT

Prints, as JSON, what the client needs: the council, a service, and the session of an officer.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import UTC, datetime
from typing import Any

import tadbir  # noqa: F401  (puts the safe SQLite in place before Django loads the other one)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402

from tadbir.councils import queries as councils  # noqa: E402
from tadbir.councils.clock import now, today  # noqa: E402
from tadbir.councils.models import Council, Quality  # noqa: E402
from tadbir.councils.scope import council_scope  # noqa: E402
from tadbir.procedures.queries import open_sheets  # noqa: E402
from tadbir.services.actions import Applicant, Filing, Piece, file_request  # noqa: E402

NAMES = (
    "خديجة المرابط",
    "محمد أوعلي",
    "Fatima Zahra Bennis",
    "يوسف الإدريسي",
    "Brahim Aït Lahcen",
    "مريم السملالي",
)
SUBJECTS = ("طلب استعمال القاعة", "Demande de matériel", "شكاية حول الطريق", "Route provinciale", "نسخة مقرر")
PLACES = ("تاوريرت", "Aousserd", "أزيلال", "Chichaoua", "فكيك", "Tata", "زاكورة", "Jerada", "ميدلت", "Assa")


def fill(count: int) -> None:
    """Files requests one by one. Durability is put off for the filling alone; the server has its own connection."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    sheets = [sheet for sheet in open_sheets() if sheet.regime != "signpost"]
    dice = random.Random(2026)
    for number in range(count):
        sheet = dice.choice(sheets)
        pieces = tuple(Piece(document.code, document.code) for document in sheet.parsed.asked_of_user)
        applicant = Applicant(name=f"{dice.choice(NAMES)} {number}", language=dice.choice(("ar", "fr")))
        subject = f"{dice.choice(SUBJECTS)} {dice.choice(PLACES)} {number}"
        file_request(Filing(sheet, applicant, subject, pieces=pieces, channel="online"))
        if number and number % 1000 == 0:
            print(f"  {number} dossiers", file=sys.stderr)


def session(council: Council) -> str:
    """The session of somebody who may see every list, as signing in with a second factor would have left it."""
    person = councils.people_with([Quality.DIRECTOR, Quality.HEAD, Quality.OFFICER], today()).first()
    if person is None or person.account is None:
        raise SystemExit(f"{council.slug} has no officer with an account")
    account: Any = person.account
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store["account_authentication_methods"] = [
        {"method": "password", "at": datetime.now(UTC).timestamp(), "email": account.email},
        {"method": "mfa", "at": datetime.now(UTC).timestamp(), "type": "totp"},
    ]
    store.create()
    return str(store.session_key)


def main() -> None:
    """Fills the first council of the folder."""
    council = Council.objects.order_by("pk").first()
    if council is None:
        raise SystemExit("no council here")
    with council_scope(council):
        fill(int(sys.argv[1]))
        sheet = next(
            sheet for sheet in open_sheets() if sheet.regime == "council-commitment" or not sheet.is_adopted
        )
        found = {
            "slug": council.slug,
            "sheet": sheet.code,
            "session": session(council),
            "at": now().isoformat(),
        }
    print(json.dumps(found | {"cookie": settings.SESSION_COOKIE_NAME}))


if __name__ == "__main__":
    main()
