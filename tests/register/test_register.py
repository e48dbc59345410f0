"""The register: a chain that shows every change, numbers given once, files kept before they are mentioned."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tadbir.councils.scope import NoCouncil, council_scope
from tadbir.reading.numbers import read_number
from tadbir.register import actions, queries
from tadbir.register.canonical import canonical
from tadbir.register.models import Entry, StoredFile
from tests.factories import Office, make_office


@pytest.mark.postgres
def test_a_chain_holds_and_a_changed_link_is_found(office: Office) -> None:
    with transaction.atomic():
        for rank in range(5):
            actions.append("fact", {"rank": rank})
    assert list(queries.breaks_of_chain()) == []
    head = queries.head()
    assert queries.is_in_chain(head[1])
    assert not queries.is_in_chain("f" * 64)


@pytest.mark.postgres
def test_the_database_refuses_to_rewrite_a_link(office: Office) -> None:
    with transaction.atomic():
        entry = actions.append("fact", {"rank": 1})
    update = "UPDATE register_entry SET kind = 'other' WHERE id = %s"
    delete = "DELETE FROM register_entry WHERE id = %s"
    for statement in (update, delete):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [entry.pk])
    assert Entry.objects.get(pk=entry.pk).kind == "fact"


def test_a_writer_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with council_scope(make_office().council), pytest.raises(actions.NotInTransaction):
        actions.append("fact", {})


@pytest.mark.postgres
def test_numbers_are_gapless_and_a_rolled_back_one_returns(office: Office) -> None:
    with transaction.atomic():
        first = actions.next_number("R", 2026)
    with transaction.atomic():
        actions.next_number("R", 2026)
        transaction.set_rollback(True)
    with transaction.atomic():
        second = actions.next_number("R", 2026)
        actions.close_series("R", 2026)
    assert (str(first), str(second)) == ("R-2026-00001", "R-2026-00002")
    with pytest.raises(ValidationError), transaction.atomic():
        actions.next_number("R", 2026)


def test_another_epoch_has_its_own_numbers(office: Office) -> None:
    with transaction.atomic():
        actions.next_number("R", 2026)
        office.council.numbering_epoch = 2
        office.council.save()
        assert str(actions.next_number("R", 2026)) == "R2-2026-00001"


def test_a_number_written_in_part_means_every_number_that_was_given(office: Office) -> None:
    with transaction.atomic():
        given = [actions.next_number("D", year) for year in (2025, 2026)]
        office.council.numbering_epoch = 482019
        given.append(actions.next_number("D", 2026))
    numbers = {str(number) for number in given}

    def meant(typed: str) -> set[str]:
        read = read_number(typed)
        assert read is not None
        return set(queries.numbers_meant(read, ["D", "R"]))

    assert numbers == {"D-2025-00001", "D-2026-00001", "D482019-2026-00001"}
    assert meant("1") == meant("d1") == numbers
    assert meant("1/2026") == {"D-2026-00001", "D482019-2026-00001"}
    assert meant("D-2026-1") == {"D-2026-00001"}
    assert meant("d482019 2026 1") == {"D482019-2026-00001"}
    assert meant("2") == meant("r1") == set()


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_never_share_a_number() -> None:
    council = make_office().council

    def take(_rank: int) -> str:
        try:
            with council_scope(council), transaction.atomic():
                actions.append("fact", {})
                return str(actions.next_number("R", 2026))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(take, range(40)))
    assert sorted(numbers) == [f"R-2026-{rank:05d}" for rank in range(1, 41)]
    with council_scope(council):
        assert list(queries.breaks_of_chain()) == []


@pytest.mark.postgres
def test_a_content_is_committed_to_and_can_be_erased(office: Office) -> None:
    with transaction.atomic():
        content = actions.keep_content({"name": "فاطمة"})
        commitment = actions.content_commitment(content)
        actions.append("fact", {}, commitment)
    content.body = {"name": "زينب"}
    assert actions.content_commitment(content) != commitment
    with transaction.atomic():
        actions.erase_content(content, "law 09-08, article 8")
    content.refresh_from_db()
    assert content.body is None
    assert list(queries.breaks_of_chain()) == []


def test_equal_files_are_kept_once_and_read_back(office: Office) -> None:
    first = actions.keep_file(io.BytesIO(b"same bytes"), "text/plain")
    second = actions.keep_file(b"same bytes", "text/plain")
    assert first == second
    with first.open() as stream:
        assert stream.read() == b"same bytes"


def test_a_full_disk_leaves_nothing_behind(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tadbir.register.actions.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        actions.keep_file(b"too much", "text/plain")
    assert not StoredFile.objects.exists()


@pytest.mark.postgres
def test_once_gives_the_first_answer_back(office: Office) -> None:
    done = []

    def do() -> dict[str, int]:
        done.append(1)
        return {"rank": len(done)}

    assert actions.once("file", "key", {"a": 1}, do) == {"rank": 1}
    assert actions.once("file", "key", {"a": 1}, do) == {"rank": 1}
    with pytest.raises(actions.OtherBody):
        actions.once("file", "key", {"a": 2}, do)
    assert done == [1]


def test_another_council_sees_nothing_and_no_council_refuses(office: Office) -> None:
    with transaction.atomic():
        actions.append("fact", {})
    with council_scope(make_office("12.066", "aou").council):
        assert not Entry.objects.filter(kind="fact").exists()
    from tadbir.councils.scope import _current

    token = _current.set(None)
    try:
        with pytest.raises(NoCouncil):
            Entry.objects.exists()
    finally:
        _current.reset(token)


def test_canonical_form_refuses_what_languages_write_differently() -> None:
    assert canonical({"b": 1, "a": "\u2068é\u2069"}) == '{"a":"é","b":1}'.encode()
    with pytest.raises(TypeError):
        canonical({"amount": 0.1})
