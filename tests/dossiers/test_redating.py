"""Dating open dossiers anew: one by one, going on after a kill, two changes and two workers at once."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django_q.models import OrmQ

from tadbir import law
from tadbir.councils.clock import simulated
from tadbir.councils.models import Council, Person
from tadbir.councils.scope import council_scope
from tadbir.councils.shown import Changed
from tadbir.dossiers import clockwork, queries, tasks
from tadbir.dossiers.actions import record, redating
from tadbir.dossiers.models import ClosedDay, Dossier, Duty, Fact, Redating
from tadbir.operations import report
from tadbir.operations.actions import tick
from tadbir.register.queries import breaks_of_chain
from tadbir.services import actions as services
from tests.at_once import learn_closed_day
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing, make_office

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
MONDAY, TUESDAY, AFTER = date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 3)
MANY = 8


@pytest.fixture
def bureau(transactional_db: None) -> Iterator[Office]:
    with simulated(at("2026-12-01 10:00")):
        made = make_office()
        with council_scope(made.council):
            yield made


@pytest.fixture
def filed(bureau: Office) -> list[Dossier]:
    """Open dossiers, to be answered on Monday 1 February 2027."""
    sheet = adopted_loan(bureau)
    made = [services.file_request(loan_filing(sheet)).dossier for _ in range(MANY)]
    assert days() == [MONDAY] * MANY
    return made


def days() -> list[date | None]:
    return list(Duty.objects.filter(rule="PROC-DECIDE").order_by("dossier").values_list("do_by", flat=True))


def moved() -> list[int]:
    """How often each dossier was told that its dates moved."""
    return [Fact.objects.filter(dossier=one, kind="dated_anew").count() for one in Dossier.objects.order_by("pk")]


def jobs() -> int:
    """Jobs of ours that wait in the queue."""
    return sum(job.func() == "tadbir.dossiers.tasks.redate" for job in OrmQ.objects.all())


def close(office: Office, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closure whose page answers after the first dossier."""
    with monkeypatch.context() as patch:
        patch.setattr(redating, "IN_PAGE", 0.0)
        patch.setattr(redating, "FEW", 1)
        learn_closed_day(office.director, "closure", day, "منشور")


def at_once(*works: Callable[[], object]) -> None:
    """Run these in threads, each with a connection of its own, in this council and at this moment."""
    wrong: list[Exception] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - it is looked at below
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=copy_context().run, args=(run, work)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []


def test_a_small_council_is_done_before_the_page_returns(bureau: Office, filed: list[Dossier]) -> None:
    learn_closed_day(bureau.director, "closure", MONDAY, "منشور")
    assert queries.redating() is None
    assert days() == [TUESDAY] * MANY
    row = Redating.objects.get()
    assert (row.total, row.done, row.source) == (MANY, MANY, "calendar")
    assert row.finished_at is not None
    with pytest.raises(ValidationError):
        learn_closed_day(bureau.director, "closure", date(2031, 1, 1), "منشور")
    assert Redating.objects.count() == ClosedDay.objects.count() == 1


def test_the_queue_does_the_rest_and_says_how_far_it_is(
    bureau: Office, filed: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    close(bureau, MONDAY, monkeypatch)
    assert queries.redating() == queries.Progress(1, MANY, at("2026-12-01 10:00"))
    assert days() == [TUESDAY] + [MONDAY] * (MANY - 1)
    assert jobs() == 1
    monkeypatch.setattr(redating, "IN_QUEUE", 0.0)
    assert tasks.redate(bureau.council.pk) == 1
    assert jobs() == 2  # another turn, after the jobs of others
    monkeypatch.setattr(redating, "IN_QUEUE", 30.0)
    assert tasks.redate(bureau.council.pk) == MANY - 2
    assert tasks.redate(bureau.council.pk) == 0  # a job may run twice
    assert queries.redating() is None
    assert days() == [TUESDAY] * MANY
    assert moved() == [1] * MANY
    assert list(breaks_of_chain()) == []


def test_the_round_finishes_what_the_queue_lost(
    bureau: Office, filed: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    close(bureau, MONDAY, monkeypatch)
    OrmQ.objects.all().delete()
    assert tick()[bureau.council.slug]["redating"] == MANY - 1
    assert days() == [TUESDAY] * MANY


def test_killed_in_the_middle_it_goes_on_where_it_stopped(
    bureau: Office, filed: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    close(bureau, MONDAY, monkeypatch)
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]  # each process has its own
    worker = os.fork()
    if worker == 0:
        plain = redating.date_anew
        monkeypatch.setattr(redating, "date_anew", lambda *words: (plain(*words), time.sleep(0.2)))
        redating.redate(60)
        os._exit(1)  # never reached
    deadline = time.monotonic() + 30
    while Redating.objects.get().done < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.1)  # it is at work on the next one
    os.kill(worker, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(worker, 0)[1]) == signal.SIGKILL
    left = Redating.objects.get()
    assert 3 <= left.done < MANY
    assert moved() == [1] * left.done + [0] * (MANY - left.done)
    assert redating.redate(60) == MANY - left.done
    assert moved() == [1] * MANY
    assert days() == [TUESDAY] * MANY
    assert list(breaks_of_chain()) == []


def test_two_changes_and_two_workers_at_once(
    bureau: Office, filed: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redating, "IN_PAGE", 0.0)
    monkeypatch.setattr(redating, "FEW", 1)

    def learn(person: Person, day: date, source: str) -> None:
        try:
            learn_closed_day(person, "closure", day, source)
        except Changed:  # he is shown what the other typed in at that moment, and confirms
            learn_closed_day(person, "closure", day, source)

    at_once(lambda: learn(bureau.director, MONDAY, "منشور 1"), lambda: learn(bureau.president, TUESDAY, "منشور 2"))
    assert Redating.objects.count() == 2
    at_once(lambda: redating.redate(60), lambda: redating.redate(60), tick)
    assert queries.redating() is None
    assert days() == [AFTER] * MANY
    assert [row.done for row in Redating.objects.all()] == [MANY, MANY]
    assert set(moved()) <= {1, 2}  # in one step or in two, by which change came first
    assert list(breaks_of_chain()) == []


def test_whoever_touches_a_dossier_meanwhile_counts_with_the_new_calendar(
    bureau: Office, filed: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Council.objects.get(pk=bureau.council.pk)  # as a request that began before the change holds it
    with council_scope(before):
        assert Duty.objects.filter(do_by=MONDAY).exists()
    close(bureau, MONDAY, monkeypatch)
    with council_scope(before):
        assert before.stamp != bureau.council.stamp
        record(filed[-1], "code_reprinted", by=bureau.clerk)
        new = services.file_request(loan_filing(filed[0].sheet)).dossier  # type: ignore[arg-type]
    assert Duty.objects.get(dossier=filed[-1], rule="PROC-DECIDE").do_by == TUESDAY
    assert Duty.objects.get(dossier=new, rule="PROC-DECIDE").do_by == TUESDAY
    assert days()[-2] == TUESDAY
    told = list(Fact.objects.filter(dossier=filed[-1]).order_by("pk").values_list("kind", flat=True))
    assert told[-2:] == ["code_reprinted", "dated_anew"]  # the move has a fact of its own
    redating.redate(60)
    assert days() == [TUESDAY] * (MANY + 1)
    assert moved() == [1] * MANY + [0]


def test_one_that_the_law_cannot_count_keeps_no_other_waiting(
    bureau: Office, filed: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = redating.date_anew

    def date_anew(dossier: Dossier, *words: Any) -> None:
        if dossier.pk == filed[3].pk:
            raise law.LawError("x", "y")
        plain(dossier, *words)

    monkeypatch.setattr(redating, "date_anew", date_anew)
    learn_closed_day(bureau.director, "closure", MONDAY, "منشور")
    assert queries.redating() is None
    assert days() == [TUESDAY] * 3 + [MONDAY] + [TUESDAY] * (MANY - 4)
    assert clockwork.left_behind() == [filed[3].number]
    said = [line for line in report.of_council(bureau.council) if filed[3].number in line.detail]
    assert [line.level for line in said] == [report.BAD]
    record(filed[3], "code_reprinted", by=bureau.clerk)  # whatever derives it anew
    assert clockwork.left_behind() == []


def test_a_page_whose_second_fails_leaves_the_rest_to_the_queue(
    bureau: Office, filed: list[Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*words: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(redating, "date_anew", full)
        assert learn_closed_day(bureau.director, "closure", MONDAY, "منشور").pk
    assert days() == [MONDAY] * MANY
    assert tasks.redate(bureau.council.pk) == MANY
    assert days() == [TUESDAY] * MANY
