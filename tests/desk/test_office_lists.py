"""Every list of the office: the same few queries however many rows, and pages that reach the last one."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadbir.acts.models import Act
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated, today
from tadbir.dossiers import actions as dossiers
from tadbir.ledgers import actions as ledgers
from tadbir.ledgers.periods import Period
from tadbir.procedures.queries import current_sheet
from tadbir.services import actions
from tests import at_once
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import PNG, SINCE, Office, adopted_loan, loan_filing

MOST = 12
LISTS: tuple[tuple[Any, ...], ...] = (
    ("office-home", ()),
    ("office-tray", ("person",)),
    ("office-tray", ("scan",)),
    ("office-late", ()),
    ("office-search", ()),
    ("office-register", ()),
    ("office-readings", ()),
    ("office-people", ()),
    ("office-units", ()),
    ("office-delegations", ()),
    ("office-sheets", ()),
    ("office-calendar", ()),
    ("office-definitions", ()),
    ("office-wordings", ()),
    ("office-blocks", ()),
    ("office-opinions", ()),
    ("office-signing", ()),
    ("office-given-away", ()),
    ("office-moved", ()),
    ("office-rights", ()),
    ("api:list_duties", ()),
    ("office-counter", ()),
    ("office-registers", ()),
    ("office-registers", (), {"register": "requests", "year": "2026", "part": "q4"}),
)


@pytest.fixture
def full(office: Office) -> Iterator[Office]:
    """Sixty dossiers of several states, forty people."""
    sheet = adopted_loan(office, delay_days=10)
    for rank in range(60):
        brought = ("liability",) if rank % 3 == 0 else ("liability", "signed-request")
        filed = actions.file_request(loan_filing(sheet, brought=brought))
        if rank % 5 == 1 and rank % 3:
            desk.ask_opinion(filed.dossier, office.officer, office.other_unit, "رأيكم؟")
        actions.receive_document(filed.dossier, "other", "ورقة", None, by=office.clerk, source="counter")
        councils.log_access(office.clerk, f"dossier:{filed.dossier.pk}", "page")
    for rank in range(40):
        person = councils.create_person(f"موظف {rank}", f"Agent {rank}", f"agent{rank}@oed.example")
        councils.give_role(person, "officer", SINCE, office.unit)
    actions.print_block(office.clerk, office.unit, 10)
    for part in ("year", "q4", "m12"):
        for register in ("requests", "receipts", "acts"):
            for printed in at_once.print_register(office.director, register, Period(2026, part)):
                ledgers.keep_signed_pages(printed, office.director, office.president, today(), BytesIO(PNG), len(PNG))
    with simulated(at("2026-12-20 10:00")):
        yield office


#: What each row of these lists leads to: they must be full when they are counted.
FILLED = {"office-signing": "/office/signing/", "office-given-away": "/given/"}


def fill(office: Office) -> None:
    """Letters that wait for a signature, dossiers given to another unit."""
    sheet = current_sheet("equipment-loan")
    for _rank in range(8):
        desk.draft_outcome(actions.file_request(loan_filing(sheet)).dossier, office.officer, "granted", "تعار.", "", "")
        filed = actions.file_request(loan_filing(sheet)).dossier
        dossiers.reassign(filed, office.director, None, office.other_unit)


def test_no_list_asks_more_than_twelve_questions(full: Office) -> None:
    fill(full)
    found, opened, filled = {}, set(), set()
    for person in (full.president, full.director, full.head, full.stranger, full.clerk):
        client = sign_in(person)
        for name, args, *asked_for in LISTS:
            page = address(full.council, name, *args)
            if client.get(page).status_code == 403:
                continue
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(page, *asked_for)
            assert answer.status_code == 200
            opened.add(name)
            if name in FILLED and answer.content.decode().count(FILLED[name]) > 5:
                filled.add(name)
            if len(asked) > MOST:
                found[(str(person), name)] = [query["sql"][:160] for query in asked]
    assert found == {}
    assert opened == {name for name, *_ in LISTS}
    assert filled == set(FILLED)


def test_the_pages_of_my_duties_reach_every_row_once(full: Office) -> None:
    client, page = sign_in(full.officer), address(full.council, "office-home")
    seen: list[str] = []
    query = ""
    for _page in range(10):
        text = client.get(page + query).content.decode()
        seen += re.findall(r"/office/dossiers/(D-2026-\d+)/", text)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        if found is None:
            break
        query = found[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 40  # those that are complete; the others wait for the person
    text = client.get(page, {"late": "1"}).content.decode()
    assert "متأخر" in text


def test_what_is_late_is_counted_by_unit_and_only_where_one_may_look(full: Office) -> None:
    text = sign_in(full.director).get(address(full.council, "office-late")).content.decode()
    assert re.search(r"<strong>40</strong>", text)
    assert "D-2026" in text
    assert sign_in(full.officer).get(address(full.council, "office-late")).status_code == 403
    elsewhere = sign_in(full.director).get(address(full.council, "office-late"), {"unit": full.other_unit.pk})
    assert "/office/dossiers/D-2026" not in elsewhere.content.decode()
    for odd in ("x", "9" * 30, "٣", "-1"):
        assert sign_in(full.director).get(address(full.council, "office-late"), {"unit": odd}).status_code == 200


def test_a_dossier_is_found_by_number_name_and_telephone(full: Office) -> None:
    client, page = sign_in(full.clerk), address(full.council, "office-search")
    assert client.get(page, {"q": "D-2026-00007"})["Location"].endswith("/dossiers/D-2026-00007/")
    for words in ("النخلة", "0612345678", "06 12 34 56 78", "+212612345678", "خيام"):
        assert "D-2026-00060" in client.get(page, {"q": words}).content.decode(), words
    for nothing in ("زيتون", "\x00", "%", "'"):
        assert client.get(page, {"q": nothing}).status_code == 200


def test_a_number_of_a_paper_opens_its_dossier_first(full: Office) -> None:
    client, page = sign_in(full.clerk), address(full.council, "office-search")
    block, _pages = actions.print_block(full.clerk, full.unit, 10)
    receipt = f"{block.code}/03"
    keyed = actions.key_in_receipt(full.clerk, receipt, loan_filing(current_sheet("equipment-loan")))
    paper = Act.objects.filter(dossier_ref="D-2026-00007").first()
    assert paper is not None
    opened = {
        "D-2026-7": "D-2026-00007",
        "د ٢٠٢٦ ٧": "D-2026-00007",
        paper.number: "D-2026-00007",
        paper.number.lower().replace("-", "\u2013"): "D-2026-00007",
        receipt: keyed.dossier.number,
        receipt.replace("-", " ").lower(): keyed.dossier.number,
    }
    for typed, number in opened.items():
        answer = client.get(page, {"q": typed})
        assert answer.status_code == 302, typed
        assert answer["Location"].endswith(f"/dossiers/{number}/"), typed
    listed = client.get(page, {"q": "٧"}).content.decode()
    assert re.findall(r"D-2026-\d{5}", listed)[0] == "D-2026-00007"
    elsewhere = sign_in(full.stranger).get(page, {"q": paper.number})
    assert elsewhere.status_code == 200
    assert "/office/dossiers/D-2026-00007" not in elsewhere.content.decode()


def test_the_register_is_read_and_checked(full: Office) -> None:
    client, page = sign_in(full.director), address(full.council, "office-register")
    assert "notice good" in client.get(page, {"check": "1"}).content.decode()
    assert "D-2026-00060" in client.get(page, {"kind": "fact"}).content.decode()
    assert client.get(page, {"kind": "nonsense"}).status_code == 200
