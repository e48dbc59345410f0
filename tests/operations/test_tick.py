"""The daily round: once, twice, twice at once; the witness mail; a council that fails does not stop the others."""

import fcntl
import json
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import override_settings
from django_q.models import OrmQ
from PIL import Image

from tadbir.councils.clock import now, simulated
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.dossiers.models import Fact
from tadbir.notify.actions import queue
from tadbir.notify.models import Notice
from tadbir.notify.queries import LATE
from tadbir.notify.ways import Way
from tadbir.operations import actions, report
from tadbir.register.models import StoredFile
from tadbir.register.queries import head, is_in_chain
from tadbir.services.actions import attach_to_draft, file_request, start_draft
from tadbir.services.models import Draft
from tadbir.textsearch import actions as textsearch
from tadbir.textsearch import tasks
from tadbir.textsearch.models import SearchEntry
from tadbir.textsearch.queries import found_ids
from tadbir.textsearch.stemmer import STEMMER_VERSION
from tests.at_once import file_draft
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing, make_office

_drawn = BytesIO()
Image.new("RGB", (2, 2), "olive").save(_drawn, "PNG")
PICTURE = _drawn.getvalue()  # of no other dossier

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> object:
    """Text messages go into files of this test."""
    gateway = {"kind": "file", "folder": str(tmp_path / "outbox")}
    Path(settings.HOME).mkdir(exist_ok=True)
    with override_settings(TEXT_GATEWAY=gateway):
        yield


@pytest.fixture
def two() -> tuple[Office, Office]:
    with simulated(at("2026-12-01 10:00")):
        first, second = make_office(), make_office("12.066", "aou")
        for office in (first, second):
            with council_scope(office.council):
                file_request(loan_filing(adopted_loan(office, 15)))
    return first, second


def facts(kind: str) -> int:
    return Fact.everywhere.filter(kind=kind).count()


def test_the_round_records_lapses_once_in_every_council(two: tuple[Office, Office]) -> None:
    with simulated(at("2026-12-02 06:00")):
        assert actions.tick()[two[0].council.slug]["lapses"] == 0
    with simulated(at("2027-01-10 06:00")):
        done = actions.tick()
        assert [done[office.council.slug]["lapses"] for office in two] == [1, 1]
        assert facts("lapsed") == facts("person_told_of_lapse") == 2
        again = actions.tick()
        assert [again[office.council.slug]["lapses"] for office in two] == [0, 0]
        assert facts("lapsed") == 2
    assert not Notice.everywhere.filter(status="queued").exists()


def test_a_second_round_at_the_same_time_does_nothing(two: tuple[Office, Office]) -> None:
    with (Path(settings.HOME) / "tick.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with simulated(at("2027-01-10 06:00")):
            assert actions.tick() == {"already_running": True}
            assert facts("lapsed") == 0
    with simulated(at("2027-01-10 06:00")):
        assert "already_running" not in actions.tick()


def test_the_head_goes_to_the_witnesses_once_a_day(two: tuple[Office, Office]) -> None:
    council = two[0].council
    Council.objects.filter(pk=council.pk).update(settings={"witness_emails": ["a@out.example", "b@out.example"]})
    with simulated(at("2026-12-02 06:00")):
        actions.tick()
        actions.tick()
    assert sorted(message.to[0] for message in mail.outbox) == ["a@out.example", "b@out.example"]
    with council_scope(Council.objects.get(pk=council.pk)):
        assert is_in_chain(head()[1])
        assert head()[1] in str(mail.outbox[0].body)
    with simulated(at("2026-12-03 06:00")):
        actions.tick()
    assert len(mail.outbox) == 4


def test_old_drafts_go_and_young_ones_stay(two: tuple[Office, Office]) -> None:
    with simulated(at("2026-12-01 11:00")), council_scope(two[0].council):
        sheet = two[0].unit.sheets.get(status="adopted")
        draft, _code = start_draft(sheet, "ar")
        attach_to_draft(draft, "liability", "photo.png", BytesIO(PICTURE), len(PICTURE))
        lost = StoredFile.objects.get(pk=draft.documents.get().file_id)
        filed_draft, _code = start_draft(sheet, "ar")
        filed = file_draft(filed_draft, loan_filing(sheet))
    with simulated(at("2026-12-10 06:00")):
        actions.tick()
        assert Draft.everywhere.count() == 2
        assert lost.path.exists()
    with simulated(at("2026-12-16 06:00")):
        assert actions.tick()[two[0].council.slug]["files"]["marked"] == 1
        assert actions.tick()[two[0].council.slug]["files"] == {}  # once a day
        assert Draft.everywhere.count() == 0  # what was filed stands in its dossier
    assert not lost.path.exists()
    with council_scope(two[0].council):
        kept = [paper.file.path.exists() for paper in filed.dossier.documents.select_related("file")]
        assert kept == [True, True]


def test_a_council_that_fails_does_not_stop_the_others(
    two: tuple[Office, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = two[0].council.slug, two[1].council.slug
    lapses = actions.STEPS["lapses"]

    def broken() -> int:
        from tadbir.councils.scope import current_council

        if current_council().slug == bad:
            raise OSError("the disk is full")
        return lapses()

    monkeypatch.setitem(actions.STEPS, "lapses", broken)
    with simulated(at("2027-01-10 06:00")), pytest.raises(RuntimeError, match=f"{bad}/lapses: the disk is full"):
        actions.tick()
    assert facts("lapsed") == 1
    assert Fact.everywhere.get(kind="lapsed").council.slug == good


def test_check_says_what_is_wrong_and_what_the_laws_ask(two: tuple[Office, Office]) -> None:
    with council_scope(two[0].council):
        lines = list(report.of_council(two[0].council))
        assert [line.level for line in lines if head()[1][:16] in line.detail] == [report.GOOD]
    laws = list(report.law_lines(two[0].council))
    assert {line.what.split(",")[0] for line in laws} == {"05-20", "09-08", "31-13"}
    assert any("[M]" in line.what for line in laws)
    assert {line.level for line in laws} == {report.WARN}
    Council.objects.filter(pk=two[0].council.pk).update(settings={"law": {"security_officer": "2026-11-01"}})
    done = [line for line in report.law_lines(Council.objects.get(pk=two[0].council.pk)) if line.level == report.GOOD]
    assert len(done) == 1
    assert next(iter(report.outward())).detail


def test_check_says_how_the_notices_of_each_council_fare(two: tuple[Office, Office]) -> None:
    first, second = two[0].council, two[1].council

    def told(council: Council) -> list[tuple[str, str]]:
        return [(line.level, line.detail) for line in report.of_council(council) if line.what == "الإشعارات"]

    with council_scope(first):
        Notice.objects.all().delete()
        assert told(first) == [(report.GOOD, "الإشعارات تُرسل.")]
        queue(
            "outcome",
            to=[Way("text", "0528000000")],
            language="ar",
            key="fixed",
            values={"number": "D-1", "address": "x.ma"},
        )
        queue(
            "outcome",
            to=[Way("text", "0612345678")],
            language="ar",
            key="waits",
            values={"number": "D-1", "address": "x.ma"},
        )
    assert [level for level, _words in told(first)] == [report.GOOD, report.WARN]
    assert next(iter(report.outward())).detail == "لا شيء"
    first.settings = {"mail": {"host": "smtp.oed.example", "port": 587}, "text_messages": {"kind": "gammu"}}
    first.save()
    with simulated(now() + LATE * 2):
        assert [level for level, _words in told(first)] == [report.WARN, report.WARN, report.WARN]  # no folder
    assert "smtp.oed.example:587" in next(iter(report.outward())).detail
    assert "smtp.oed.example" not in str(told(second))


def test_the_commands_speak(
    two: tuple[Office, Office], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    with simulated(now()):
        call_command("tick", json=True)
    assert json.loads(capsys.readouterr().out)[two[0].council.slug]["lapses"] >= 0
    call_command("prove")
    assert "intact" in capsys.readouterr().out


def test_a_newer_stemmer_indexes_old_dossiers_again_by_itself(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = adopted_loan(office)
    dossiers = [file_request(loan_filing(sheet)).dossier for _ in range(3)]
    found = sorted(found_ids("الخيام", "dossier"))
    assert found == sorted(str(dossier.pk) for dossier in dossiers)
    assert not actions.catch_up_search()
    SearchEntry.objects.update(stems="", version=STEMMER_VERSION)
    monkeypatch.setattr(textsearch, "STEMMER_VERSION", STEMMER_VERSION + 1)
    assert actions.catch_up_search() == [office.council.slug]  # the first start after the upgrade
    job = next(job for job in OrmQ.objects.all() if job.func() == "tadbir.textsearch.tasks.reindex")
    assert list(job.args()) == [office.council.pk]
    SearchEntry.objects.filter(object_id=found[0]).update(version=STEMMER_VERSION + 1)  # done by somebody else
    assert actions.tick()[office.council.slug]["search_index"] == 2
    assert SearchEntry.objects.filter(stems="").values_list("object_id", flat=True).get() == found[0]
    assert sorted(found_ids("الخيام", "dossier")) == found
    assert actions.tick()[office.council.slug]["search_index"] == 0
    assert tasks.reindex(office.council.pk) == 0
