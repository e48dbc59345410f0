"""Whoever can write into the database alone adds links that hash well: those that give power are named all the same."""

import hashlib
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from tadbir.councils import actions as councils
from tadbir.councils.clock import now
from tadbir.councils.models import Enrolment, Role
from tadbir.operations.differences import in_words
from tadbir.operations.words import _
from tadbir.register.baseline import lay_baseline
from tadbir.register.models import Entry
from tadbir.register.upgrades import waits_for_migrate
from tadbir.register.vouched import begun
from tadbir.register.witnesses import bear_witness, unwitnessed
from tests.account.conftest import Agent
from tests.desk.erased import bureau
from tests.factories import Office
from tests.register.tampering import add_link, as_json, proved, sql

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
BY_HAND = "bears no mark of this installation"


def forged_role(office: Office) -> tuple[int, dict[str, Any]]:
    row = Role.objects.bulk_create(
        [Role(council=office.council, person=office.clerk, quality="vice_president", starts_on=date(2026, 12, 1))]
    )[0]
    who = {"person": office.clerk.pk, "by": office.director.pk, "second": office.president.pk, "unit": None}
    return row.pk, {"role": row.pk, **who, "quality": "vice_president", "starts_on": "2026-12-01", "ends_on": None}


def test_links_that_give_power_written_by_hand_are_named(bureau: Office) -> None:
    councils.give_role(bureau.clerk, "officer", date(2026, 12, 1), bureau.unit)
    true = Entry.objects.filter(kind="role_given").latest("seq")
    assert ("mark" in true.fields, proved(), unwitnessed()[0]) == (True, [], 0)
    pk, fields = forged_role(bureau)
    first = add_link("role_given", **fields)
    copied = add_link("role_given", **true.fields)
    taken = add_link("role_stands", **fields)
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("prove", stdout=output)
    assert unwitnessed() == (3, "2026-12-01")
    assert (
        _("%(count)s links since the last witness of %(day)s are vouched for by nothing outside")
        % {"count": 3, "day": "2026-12-01"}
        in output.getvalue()
    )
    base = add_link("baseline", of="vouched", rows=0, version="1")
    found = proved()
    for link in (first, copied, taken, base):
        assert [line for line in found if line.startswith(f"link {link.seq}: {BY_HAND}")], (link.kind, found)
    assert len(found) == 4, pk
    assert all(in_words(line) for line in found)
    assert begun() == 0  # what takes links over bears the mark itself
    assert unwitnessed() == (4, "2026-12-01")
    councils.give_role(bureau.clerk, "officer", date(2026, 12, 2), bureau.unit)  # an honest one after them
    assert bear_witness()
    assert (len(proved()), unwitnessed()[0]) == (4, 0)


def test_a_one_use_link_written_with_its_link_of_the_register_is_named_and_opens_nothing(bureau: Office) -> None:
    cache.clear()
    agent, digest = Agent(bureau, bureau.president), hashlib.sha256(b"mine").hexdigest()
    assert agent.enrol().status_code == 302
    agent.client.logout()
    values = {"person": bureau.president, "token_sha256": digest, "expires_at": now() + timedelta(days=2)}
    row = Enrolment.objects.bulk_create([Enrolment(council=bureau.council, **values)])[0]
    told = {"enrolment": row.pk, "person": row.person_id, "by": None, "waits": False, "token": digest}
    link = add_link("enrolment_made", **told, expires=row.expires_at.isoformat())
    assert [line.partition(" (")[0] for line in proved()] == [
        f"link {link.seq}: {BY_HAND}: neither a page nor a command wrote it"
    ]
    assert agent.get("account/enrol/mine/").status_code == 410
    assert agent.enrol("cinq mots encore moins ordinaires").status_code == 302


def test_links_of_an_older_program_are_taken_over_once(bureau: Office) -> None:
    lay_baseline()
    councils.give_role(bureau.clerk, "officer", date(2026, 12, 1), bureau.unit)
    for link in Entry.objects.filter(kind="role_given"):
        bare = {name: value for name, value in link.fields.items() if name != "mark"}
        sql("UPDATE register_entry SET fields = %s WHERE id = %s", as_json(bare), link.pk)
    sql("UPDATE register_entry SET about = '', kind = 'older' WHERE about = 'baseline:vouched'")
    assert waits_for_migrate()
    assert any(BY_HAND in line for line in proved())
    lay_baseline()
    assert begun() == Entry.objects.latest("seq").seq
    assert [line for line in proved() if BY_HAND in line and "(older)" not in line] == []
    _pk, fields = forged_role(bureau)
    late = add_link("role_given", **fields)
    assert [f"link {late.seq}"] == [line.partition(":")[0] for line in proved() if "(role_given)" in line]
