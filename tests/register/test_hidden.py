"""What is put where no walk comes by: keys and ranks that are never given, links that say nothing, or elsewhere."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from tadbir.councils import actions as councils
from tadbir.councils.clock import now
from tadbir.councils.models import Enrolment, Role
from tadbir.councils.scope import current_council
from tadbir.database import triggers
from tadbir.operations.differences import in_words
from tadbir.operations.proving import upgrade_waits
from tadbir.register import subjects
from tadbir.register.actions import entry_hash
from tadbir.register.baseline import lay_baseline
from tadbir.register.models import Entry, believed
from tadbir.register.standing import stands
from tadbir.register.upgrades import not_to_be_taken_over, waits_for_migrate
from tadbir.register.vouched import begun
from tests.account.conftest import Agent
from tests.desk.erased import bureau
from tests.factories import Office
from tests.register.tampering import add_link, as_json, proved, sql

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
NEVER_KEY, NEVER_RANK = "has a key that Tadbir never gives", "stands at a rank that Tadbir never gives"


def forged(office: Office, key: int = 0) -> Role:
    """A role that nobody gave."""
    values = {"person": office.clerk, "quality": "vice_president", "starts_on": date(2026, 12, 1)}
    more = {"pk": key} if key else {}
    return Role.objects.bulk_create([Role(council=office.council, **values, **more)])[0]


def at_rank(rank: Any, kind: str, about: str = "", **fields: Any) -> None:
    """A link that hashes well, at a rank where nobody looks; the head stays."""
    council, at = current_council(), now()
    digest = entry_hash(council.code, 0, kind, f"{at.isoformat()}{rank}", fields, "", "0" * 64)
    values = {"kind": kind, "about": about or subjects.about(kind, fields), "at": at, "fields": fields}
    with triggers.lifted():
        made = Entry.objects.create(council=council, seq=999_999, **values, previous="0" * 64, hash=digest)
    unchecked = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON" if unchecked else "SELECT 1")
        sql("UPDATE register_entry SET seq = %s WHERE id = %s", rank, made.pk)
        cursor.execute("PRAGMA ignore_check_constraints = OFF" if unchecked else "SELECT 1")


def told(row: Role) -> dict[str, Any]:
    who = {"role": row.pk, "person": row.person_id, "by": 1, "second": 2, "unit": None}
    return {**who, "quality": row.quality, "starts_on": "2026-12-01", "ends_on": None}


@pytest.mark.parametrize("key", [0, -1, -(1 << 63)])
def test_a_row_whose_key_is_below_one_is_named(bureau: Office, key: int) -> None:
    councils.give_role(bureau.clerk, "officer", date(2026, 12, 1), bureau.unit)
    assert proved() == []
    row = forged(bureau, -7)
    sql("UPDATE councils_role SET id = %s WHERE id = -7", key)
    found = proved()
    assert f"role {key}: stands under no link" in found
    assert f"role {key}: {NEVER_KEY}" in found
    assert not stands("role", key), row
    with translation.override("fr"):
        assert all(in_words(line) != line for line in found)


RANKS = [0, -1, 10.5, "abc"]


@pytest.mark.parametrize("rank", RANKS)
def test_a_link_at_a_rank_that_is_never_given_answers_for_nothing(bureau: Office, rank: Any) -> None:
    if connection.vendor != "sqlite" and rank != 0:
        pytest.skip("PostgreSQL keeps no such rank")
    row = forged(bureau)
    at_rank(rank, "role_given", **told(row))
    found = proved()
    assert any(NEVER_RANK in line for line in found), found
    assert f"role {row.pk}: stands under no link" in found
    assert any("more links, or fewer" in line for line in found)
    assert not stands("role", row.pk)
    assert list(not_to_be_taken_over())
    with translation.override("fr"):
        assert all(in_words(line) != line for line in found)


def test_an_honest_row_stands_and_one_link_twice_is_counted(bureau: Office) -> None:
    councils.give_role(bureau.clerk, "officer", date(2026, 12, 1), bureau.unit)
    row = Role.objects.latest("pk")
    assert (proved(), stands("role", row.pk), list(not_to_be_taken_over())) == ([], True, [])
    sql("UPDATE councils_role SET quality = 'director' WHERE id = %s", row.pk)
    assert not stands("role", row.pk)
    assert not stands("role", row.pk + 1)


def open_link(office: Office) -> tuple[Enrolment, dict[str, Any]]:
    digest = hashlib.sha256(b"mine").hexdigest()
    values = {"person": office.president, "token_sha256": digest, "expires_at": now() + timedelta(days=2)}
    row = Enrolment.objects.bulk_create([Enrolment(council=office.council, **values)])[0]
    fields = {"person": row.person_id, "by": None, "waits": False, "token": digest}
    return row, {**fields, "expires": row.expires_at.isoformat()}


def without_its_row(row: Enrolment, fields: dict[str, Any]) -> None:
    """Filed under the row by the column alone, which no hash holds."""
    link = add_link("enrolment_made", **fields)
    sql("UPDATE register_entry SET about = %s WHERE id = %s", f"enrolment:{row.pk}", link.pk)


def at_no_rank(row: Enrolment, fields: dict[str, Any]) -> None:
    at_rank(0, "enrolment_made", enrolment=row.pk, **fields)


def between_ranks(row: Enrolment, fields: dict[str, Any]) -> None:
    at_rank(3.5 if connection.vendor == "sqlite" else 0, "enrolment_made", enrolment=row.pk, **fields)


def after_the_end(row: Enrolment, fields: dict[str, Any]) -> None:
    at_rank(1_000_000, "enrolment_made", enrolment=row.pk, **fields)


@pytest.mark.parametrize("hide", [without_its_row, at_no_rank, between_ranks, after_the_end])
def test_a_one_use_link_whose_link_hides_opens_nothing(bureau: Office, hide: Callable[..., None]) -> None:
    cache.clear()
    agent = Agent(bureau, bureau.president)
    assert agent.enrol().status_code == 302  # an honest one opens
    agent.client.logout()
    row, fields = open_link(bureau)
    hide(row, fields)
    assert agent.get("account/enrol/mine/").status_code == 410
    assert agent.post("account/enrol/mine/", {"password1": "x", "password2": "x"}).status_code == 410
    assert any(f"enrolment link {row.pk}: stands under no link" in line for line in proved())


def test_where_the_chain_does_not_hold_nothing_is_taken_over_and_the_true_fault_is_told(bureau: Office) -> None:
    lay_baseline()
    assert not waits_for_migrate()
    row = forged(bureau)
    sql("UPDATE register_entry SET about = '' WHERE about = 'baseline:role'")
    assert not waits_for_migrate()  # looked for by what its hash holds
    assert any(line.endswith("is filed under another row than it speaks of") for line in proved())
    assert f"role {row.pk}: stands under no link" in proved()
    assert lay_baseline() == 0
    add_link("baseline", of="role", rows=0, version="9")  # unmarked: counts for nothing
    assert not waits_for_migrate()
    link = Entry.objects.get(kind="baseline", fields__of="role", fields__rows__gte=0, fields__has_key="mark")
    bare = {**link.fields, "version": "0"}
    sql("UPDATE register_entry SET fields = %s WHERE id = %s", as_json(bare), link.pk)
    assert (waits_for_migrate(), upgrade_waits()) == (True, False)
    assert any("was changed" in line for line in not_to_be_taken_over())


def test_what_took_over_is_believed_by_its_fields_alone(bureau: Office) -> None:
    lay_baseline()
    first = begun()
    assert first
    sql("UPDATE register_entry SET about = '' WHERE about = 'baseline:vouched'")
    sql("UPDATE register_entry SET about = 'baseline:vouched' WHERE about = 'baseline:account'")
    assert begun() == 0
    assert believed().count() == Entry.objects.count()


def test_a_link_from_before_the_marks_is_believed_only_where_the_takeover_leads_to_it(bureau: Office) -> None:
    councils.give_role(bureau.clerk, "officer", date(2026, 12, 1), bureau.unit)
    row = Role.objects.latest("pk")
    before = Entry.objects.latest("seq")
    bare = {name: value for name, value in before.fields.items() if name != "mark"}
    said = (before.seq, before.kind, before.at.isoformat(), bare, before.commitment, before.previous)
    digest = entry_hash(current_council().code, *said)
    sql("UPDATE register_entry SET fields = %s, hash = %s WHERE id = %s", as_json(bare), digest, before.pk)
    sql("UPDATE register_head SET hash = %s", digest)
    assert not stands("role", row.pk)  # nothing took it over yet
    lay_baseline()
    assert begun() > before.seq
    assert (proved(), stands("role", row.pk)) == ([], True)
    sql("UPDATE councils_role SET quality = 'director' WHERE id = %s", row.pk)
    other = {**bare, "quality": "director"}
    digest = entry_hash(current_council().code, *said[:3], other, *said[4:])
    sql("UPDATE register_entry SET fields = %s, hash = %s WHERE id = %s", as_json(other), digest, before.pk)
    assert not stands("role", row.pk)
