"""No list of the office walks through an archive: the plan of every question that a list page asks.

SQLite plans alike with ten rows and a million (nothing gathers statistics there); PostgreSQL plans by its statistics,
and has the same indexes.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadbir.councils import actions as councils
from tadbir.councils.models import Person
from tadbir.desk.matter import trays
from tadbir.services import actions as services
from tests.desk.office_desk import address, sign_in
from tests.desk.test_office_lists import LISTS
from tests.factories import SINCE, Office, adopted_loan, loan_filing

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by how many rows there are"),
]
#: What grows with the years.
GROWING = {
    "acts_act",
    "acts_draft",
    "dossiers_document",
    "dossiers_dossier",
    "dossiers_duty",
    "dossiers_fact",
    "notify_notice",
    "register_content",
    "register_entry",
    "textsearch_searchentry",
}
#: Indexes that a page reads from an end and leaves after its rows: they give the order of the list.
IN_ORDER = {"dossier_newest", "duty_due", "duty_unit_due", "searchentry_position"}
ASKED: tuple[tuple[str, tuple[str, ...], dict[str, str]], ...] = (
    ("office-home", (), {"show": "mine"}),
    ("office-home", (), {"show": "all"}),
    ("office-home", (), {"show": "all", "late": "1"}),
    ("office-search", (), {"q": "خيام"}),
    ("office-search", (), {"q": "0612345678"}),
    ("office-search", (), {"q": "41"}),
    ("office-opinions", (), {}),
    ("office-unreached", (), {}),
)


def pages() -> Iterator[tuple[str, tuple[str, ...], dict[str, str]]]:
    for name, args, *asked in LISTS:
        yield name, args, (asked or [{}])[0]
    yield from ASKED
    yield from (("office-tray", (tray.code,), {}) for tray in trays())


def tables(sql: str) -> dict[str, str]:
    """The table behind each name that the question gives it."""
    found = re.findall(r'(?:FROM|JOIN) "?(\w+)"?(?: (?:AS )?"?(?!WHERE|INNER|LEFT|ON|ORDER|GROUP|LIMIT)(\w+)"?)?', sql)
    return {alias or table: table for table, alias in found}


#: All rows of a council, and no more of them than a page shows or a list counts.
BOUNDED = re.compile(r'WHERE "\w+"\."council_id" = \d+(?: ORDER BY [^()]*)? LIMIT \d+(?:\) subquery)?$')


def indexes() -> dict[str, tuple[str, bool]]:
    """The table of each index, and whether it holds only what waits or is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql LIKE '% WHERE %' FROM sqlite_master WHERE type = 'index'")
        return {name: (table, bool(waiting)) for name, table, waiting in cursor.fetchall()}


def walked(sql: str) -> Iterator[str]:
    """Each step of the plan that reads a growing table, or all of a council's rows in it."""
    if not sql.startswith("SELECT") or BOUNDED.search(sql):
        return
    named, known = tables(sql), indexes()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        steps = [row[3] for row in cursor.fetchall()]
    for step in steps:
        found = re.match(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+)(?: (\(.*\)))?)?", step)
        if found is None or "PRIMARY KEY" in step or "VIRTUAL TABLE" in step:
            continue
        index = found[3]
        table, waiting = known.get(index, (named.get(found[2], ""), False))
        by_council = found[4] == "(council_id=?)" and not waiting and index not in IN_ORDER
        if table in GROWING and (found[1] == "SCAN" or by_council):
            yield step


def test_no_list_walks_through_what_grows(office: Office) -> None:
    services.file_request(loan_filing(adopted_loan(office)))
    informs = councils.create_person("مكلفة بالمعلومات", "Chargée de l’information", "information@oed.example")
    councils.give_role(informs, "information_officer", SINCE)
    found: dict[tuple[Any, ...], list[str]] = {}
    opened = set()
    people: tuple[Person, ...] = (office.director, office.head, office.officer, office.clerk, informs)
    for person in people:
        client = sign_in(person)
        for name, args, asked in pages():
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address(office.council, name, *args), asked)
            if answer.status_code in (403, 404):
                continue
            assert answer.status_code in (200, 302), (name, args)
            opened.add(name)
            for query in captured.captured_queries:
                if steps := list(walked(query["sql"])):
                    found[(str(person), name, *args, *asked.items())] = [*steps, query["sql"][:400]]
    assert found == {}, "\n".join(f"{where}: {steps}" for where, steps in found.items())
    assert opened >= {name for name, *_ in pages()} - {"office-registers"}


def test_a_walk_is_seen(office: Office) -> None:
    """The test above finds what it is for."""
    mine = f'"council_id" = {office.council.pk}'
    assert list(walked(f'SELECT "id" FROM "dossiers_fact" WHERE {mine} AND "source" = \'y\''))
    assert list(walked('SELECT COUNT(*) FROM "dossiers_dossier" U0'))
    assert not list(walked(f'SELECT "id" FROM "dossiers_dossier" WHERE {mine} AND "number" = \'D-2026-00001\''))
