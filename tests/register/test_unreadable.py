"""What the program never writes: the proof names it, reads on, and never ends in an error."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models

from tadbir.councils.scope import CouncilModel
from tadbir.database import rowsecurity, triggers
from tadbir.operations.differences import in_words
from tadbir.operations.proving import found_now
from tadbir.register import proving, subjects
from tadbir.register.baseline import baselines
from tadbir.register.judging import judged
from tadbir.register.models import Entry
from tests.desk.erased import bureau, lived
from tests.factories import Office
from tests.register.tampering import as_json, make_director, proved, sql
from tests.register.test_every_column import undone

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof, pytest.mark.postgres]
#: What may stand in a column of JSON that something else was written to.
ODD: tuple[Any, ...] = (None, 1, 1.5, "x", [], [1], [[]], ["x", {"y": []}], {}, {"x": None}, True)


def test_every_kind_of_link_with_other_fields(bureau: Office) -> None:
    """Each kind once: without fields, with fields of other types, without each of them, as another kind."""
    lived(bureau)
    firsts = {link.kind: link for link in Entry.objects.order_by("-seq")}
    assert {"fact", "act_issued", "act_sealed", "role_given", "documents_kept", "act_notified"} <= firsts.keys()
    for kind, link in firsts.items():
        less = [{name: one for name, one in link.fields.items() if name != out} for out in link.fields]
        other = [link.fields | {name: odd} for name in link.fields for odd in (7, [3], {"a": 1})]
        for fields in [*ODD, *less, *other]:
            if fields != link.fields:
                assert _changed(link, kind, fields) == "was changed", (kind, fields)


def test_links_under_every_other_kind(bureau: Office) -> None:
    lived(bureau)
    known = subjects.kinds().union(*(proof.begins for proof in proving.declared()))
    assert {"act_scanned", "register_signed_off", "act_scan_withdrawn", "baseline"} <= known
    for kind in ("act_issued", "role_given", "documents_kept"):
        link = Entry.objects.filter(kind=kind).order_by("-seq")[0]
        for another in known - {kind}:
            assert _changed(link, another, link.fields) == "was changed", (kind, another)
            assert _changed(link, another, {"number": link.fields.get("number"), "fact": 1}) == "was changed"
    assert proved() == []


def _changed(link: Entry, kind: str, fields: Any) -> str:
    """What the proof says of a link under another kind, with other fields."""
    with undone():
        about = subjects.about(kind, fields) if isinstance(fields, dict) else ""
        told = (kind, about, as_json(fields), link.pk)
        sql("UPDATE register_entry SET kind = %s, about = %s, fields = %s WHERE id = %s", *told)
        named = [line for line in proved() if line.startswith(f"link {link.seq}: ")]
        assert baselines() is not None
    return named[0].partition(": ")[2] if named else ""


def _columns() -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_models():
        if issubclass(model, CouncilModel):
            yield from ((model, field) for field in model._meta.concrete_fields if isinstance(field, models.JSONField))


def test_every_column_of_json_with_another_type(bureau: Office) -> None:
    lived(bureau)
    for model, field in _columns():
        row = model._base_manager.order_by("pk").first()
        for odd in ODD if row else ():
            with undone():
                sql(f"UPDATE {model._meta.db_table} SET {field.column} = %s WHERE id = %s", as_json(odd), row.pk)
                make_director()
                assert any("quality is 'director'" in line for line in proved()), (model, field.name, odd)
    assert proved() == []


def no_json() -> str:
    link = Entry.objects.get(seq=6)
    _lifted("UPDATE register_entry SET fields = '{not json' WHERE id = %s", link.pk)
    return "link 6: was changed"


def no_day() -> str:
    row = apps.get_model("councils.Role").objects.order_by("pk")[0]
    _lifted("UPDATE councils_role SET starts_on = '2026-77-01' WHERE id = %s", row.pk)
    return f"role (row {row.pk}): cannot be read"


def no_moment() -> str:
    _lifted("UPDATE register_entry SET at = 'one day' WHERE seq = 6")
    return "link 6: was changed"


def no_text() -> str:
    _lifted("UPDATE dossiers_dossier SET closed_by_kind = CAST(X'ff41' AS TEXT)")
    return "cannot be read"


def _lifted(statement: str, *values: Any) -> None:
    with triggers.lifted(), rowsecurity.everywhere(), connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(statement, values)
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.parametrize("spoil", [no_json, no_day, no_moment, no_text], ids=lambda one: one.__name__)
def test_what_the_database_itself_cannot_read_is_named(bureau: Office, spoil: Callable[[], str]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes no such value")
    lived(bureau)
    expected = spoil()
    other = make_director()
    found = found_now()
    assert any(expected in line for line in found), found
    assert any(other in line for line in found), "and the rest is proved"
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("prove", stdout=out)
    assert all(in_words(line) in out.getvalue() for line in found)


def test_of_many_the_one_that_cannot_be_read_is_found() -> None:
    def judge(items: Any) -> Iterator[str]:
        for one in items:
            yield from [f"odd {one}"] if 100 // (one - 7) < -20 else []

    found = judged(judge, range(500), lambda one, error: f"{one}: {type(error).__name__}")
    assert found == ["odd 3", "odd 4", "odd 5", "odd 6", "7: ZeroDivisionError"]
    assert json.dumps(found)
    assert proving.CHUNK == 500
