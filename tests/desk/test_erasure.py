"""Erasing the personal data of a dossier: nothing of the person is left in any table, file or index."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test import Client

from tadbir.acts import actions as acts
from tadbir.acts import queries as act_queries
from tadbir.acts.models import Act, ActPdf, ContentErased
from tadbir.acts.queries import acts_of
from tadbir.councils.clock import simulated
from tadbir.councils.scope import council_scope
from tadbir.desk.queries.erasure import why_not_erase
from tadbir.desk.queries.trays import in_tray, tray_named
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.actions import keep_document
from tadbir.dossiers.models import Document, Dossier, Fact
from tadbir.notify.models import Notice
from tadbir.procedures.queries import current_sheet
from tadbir.register.actions import sweep_files
from tadbir.register.queries import breaks_of_chain
from tadbir.services import actions
from tadbir.textsearch.queries import found_ids
from tests import at_once as desk
from tests.conftest import at
from tests.desk.erased import (
    FRIEND,
    LATER,
    MAIL,
    NAME,
    PHONE,
    SECRETS,
    SUBJECT,
    bureau,
    everything,
    lived,
    on_disk,
    picture,
    state,
)
from tests.factories import Office, adopted_loan, loan_filing, make_office

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_nothing_of_the_person_is_left(bureau: Office, tmp_path: Path) -> None:
    before = on_disk(bureau)
    dossier = lived(bureau)
    facts = list(Fact.objects.filter(dossier=dossier).values_list("pk", "kind", "happened_at"))
    text = everything()
    assert [word for word in SECRETS if word not in text] == []  # the look finds what is there
    assert found_ids(NAME, "dossier") == [str(dossier.pk)]
    theirs = on_disk(bureau) - before
    assert len(theirs) >= 8  # two documents, letter to sign, two scans, three PDFs and more
    assert list(tmp_path.glob("*.json"))
    with simulated(at(LATER)):
        made = desk.erase_personal_data(dossier, bureau.director, "person", "طلب مؤرخ في فاتح يونيو 2027")
        text = everything()
        assert [word for word in SECRETS if word in text] == []
        assert found_ids(NAME, "dossier") == found_ids(PHONE, "dossier") == []
        assert found_ids(dossier.number, "dossier") == [str(dossier.pk)]
        assert list(breaks_of_chain()) == []
    assert on_disk(bureau) & theirs == set()
    assert list(tmp_path.glob("*.json")) == []
    left = Fact.objects.filter(dossier=dossier).exclude(pk=made.pk)
    assert list(left.values_list("pk", "kind", "happened_at")) == facts
    assert made.data == {"ground": "person", "registers": []}
    assert not Notice.objects.exclude(recipient="", body="", subject="").exists()


def bodies() -> set[bytes]:
    """The compressed bodies of contents and drafts, as they stand in the file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM register_content UNION SELECT body FROM acts_draft")
        return {bytes(row[0]) for row in cursor.fetchall() if row[0] is not None}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL overwrites at its next VACUUM")
def test_the_file_of_the_database_and_its_journal_hold_nothing(bureau: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # what other tests left
    dossier = lived(bureau)
    packed = bodies()
    with simulated(at(LATER)):
        desk.erase_personal_data(dossier, bureau.director, "person", "طلب كتابي")
    erased = packed - bodies()
    assert len(erased) >= 8  # what was asked, said, decided, and the papers
    name = str(connection.settings_dict["NAME"])
    raw = b"".join(path.read_bytes() for path in (Path(name), Path(f"{name}-wal")) if path.exists())
    assert len(raw) > 100_000
    ways = [way for word in SECRETS for way in (word, json.dumps(word).strip('"'))]  # Django keeps JSON in ASCII
    assert [way for way in ways if way.encode() in raw] == []
    assert [body for body in erased if body[8:40] in raw] == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM textsearch_fts_data")
        index = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert "قرطميط".encode() not in index


def test_another_council_and_another_dossier_are_untouched(bureau: Office) -> None:
    other = make_office("12.066", "aou")
    with council_scope(other.council):
        theirs = lived(other)
    mine, neighbour = lived(bureau), lived(bureau)
    before = state(neighbour)
    with council_scope(other.council):
        before_theirs = state(theirs)
    with simulated(at(LATER)):
        desk.erase_personal_data(mine, bureau.president, "retention", "انتهت مدة الاحتفاظ")
        assert state(neighbour) == before
        sweep_files()
        assert state(neighbour) == before
        with council_scope(other.council):
            assert state(theirs) == before_theirs
            assert list(breaks_of_chain()) == []


def test_what_was_erased_waits_for_no_scan(bureau: Office) -> None:
    dossier = lived(bureau)
    keep_document(dossier, dossier.facts.get(kind="filed"), "other", "ورقة بالشباك", None)
    assert list(in_tray(Dossier.objects.all(), tray_named("scan"))) == [dossier]
    with simulated(at(LATER)):
        desk.erase_personal_data(dossier, bureau.director, "person", "طلب كتابي")
    assert list(in_tray(Dossier.objects.all(), tray_named("scan"))) == []


def test_its_papers_say_that_they_were_erased(bureau: Office) -> None:
    dossier = lived(bureau)
    answer = Act.objects.get(kind="outcome")
    with simulated(at(LATER)):
        assert act_queries.status_by_digest(answer.sha256)["erased"] is None
        desk.erase_personal_data(dossier, bureau.director, "person", "طلب كتابي")
    answer.refresh_from_db()
    with pytest.raises(ContentErased):
        acts.pdf_of(Act.objects.get(pk=answer.pk))
    said = act_queries.status_by_digest(answer.sha256)
    assert (said["status"], said["number"], said["erased"]) == ("valid", answer.number, "2027-06-01")
    assert act_queries.status_by_code(answer.number, answer.check_code) == said
    page = Client().post(f"/{bureau.council.slug}/v", {"number": answer.number, "code": answer.check_code})
    assert page.status_code == 200
    assert "مُسح نصها" in page.content.decode()
    with pytest.raises(ValidationError):
        acts.attach_scan(answer, picture("red"), bureau.officer)
    receipt = acts_of(dossier.number)[0]
    with pytest.raises(ValidationError):
        acts.mark_notified(receipt, "in_hand", date(2027, 6, 1), "x")
    assert ActPdf.objects.filter(act=answer).exists()  # the row is never deleted, it holds nothing


def test_who_may_and_when(bureau: Office) -> None:
    dossier = lived(bureau)
    reason = "طلب كتابي مؤرخ في اليوم نفسه"
    for person in (bureau.officer, bureau.head, bureau.clerk, bureau.stranger):
        with pytest.raises(PermissionDenied):
            desk.erase_personal_data(dossier, person, "person", reason)
    with pytest.raises(ValidationError, match="2027"):  # the person may still appeal, and go to court
        desk.erase_personal_data(dossier, bureau.director, "person", reason)
    with simulated(at("2027-01-15 10:00")), pytest.raises(ValidationError, match="2027"):
        desk.erase_personal_data(dossier, bureau.director, "person", reason)
    with simulated(at(LATER)):
        for ground, words in (("person", " "), ("whim", reason), ("", reason)):
            with pytest.raises(ValidationError):
                desk.erase_personal_data(dossier, bureau.director, ground, words)
        for naming in (f"طلب {NAME}", f"هاتفه {PHONE}", f"كتب من {MAIL.upper()}", f"وكيله {FRIEND}"):
            with pytest.raises(ValidationError):
                desk.erase_personal_data(dossier, bureau.director, "person", naming)
        assert dossier.subject == SUBJECT
        assert desk.erase_personal_data(dossier, bureau.director, "person", reason)
        with pytest.raises(ValidationError):
            desk.erase_personal_data(dossier, bureau.director, "person", reason)


def test_an_open_dossier_and_one_before_a_court_are_not_erased(bureau: Office) -> None:
    opened = actions.file_request(loan_filing(adopted_loan(bureau))).dossier
    assert why_not_erase(opened)
    dossier = lived(bureau)
    with simulated(at("2027-01-20 10:00")):
        desk.record_step(dossier, bureau.officer, "court_seised", date(2027, 1, 20), "مقال المحكمة عدد 12")
    with simulated(at(LATER)):
        assert why_not_erase(opened)  # closed by nobody, whatever lapsed
        with pytest.raises(ValidationError):
            desk.erase_personal_data(dossier, bureau.director, "retention", "انتهت المدة")
        assert desk.erase_personal_data(dossier, bureau.director, "order", "حكم نهائي")


def test_nothing_more_is_written_in_it(bureau: Office) -> None:
    dossier = lived(bureau)
    with simulated(at(LATER)):
        desk.erase_personal_data(dossier, bureau.director, "person", "طلب كتابي")
        dossier = Dossier.objects.get(pk=dossier.pk)
        notified = Fact.objects.get(dossier=dossier, kind="notified")
        for attempt in (
            lambda: dossiers.reassign(dossier, bureau.director, None, bureau.unit, "x"),
            lambda: desk.correct_entry(notified, bureau.director, "x"),
            lambda: desk.record_step(dossier, bureau.director, "court_seised", None, "x"),
            lambda: actions.file_appeal(dossier, "x", "key"),
            lambda: actions.ask_reasons(dossier),
        ):
            with pytest.raises(ValidationError):
                attempt()
        erasure = Fact.objects.get(dossier=dossier, kind="personal_data_erased")
        with pytest.raises((ValidationError, PermissionDenied)):
            desk.correct_entry(erasure, bureau.director, "x")


def test_a_stop_in_the_middle_erases_nothing(bureau: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = lived(bureau)
    before = state(dossier)

    def stop(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    for place in ("erase_all_of", "forget_words", "acts.erase_unissued", "dossiers.record"):
        with simulated(at(LATER)), monkeypatch.context() as patch:
            patch.setattr(f"tadbir.desk.actions.erasure.{place}", stop)
            with pytest.raises(RuntimeError):
                desk.erase_personal_data(dossier, bureau.director, "person", "طلب كتابي")
        assert state(dossier) == before


def test_a_file_that_another_dossier_needs_stays_for_it_alone(bureau: Office) -> None:
    """The same statutes, brought to two dossiers, are one file on the disk."""
    mine = lived(bureau)
    sheet = current_sheet("equipment-loan")
    assert sheet is not None
    other = actions.file_request(loan_filing(sheet)).dossier
    shared = mine.documents.select_related("file").order_by("pk")[0].file
    Document.objects.filter(dossier=other, requirement="liability").update(file=shared)
    with simulated(at(LATER)):
        desk.erase_personal_data(mine, bureau.director, "person", "طلب كتابي")
    assert shared is not None
    assert shared.path.exists()
    with transaction.atomic():
        Dossier.objects.filter(pk=other.pk).update(request=Dossier.objects.get(pk=mine.pk).request)
    with simulated(at("2027-07-01 10:00")):
        sweep_files()
    assert not shared.path.exists()
