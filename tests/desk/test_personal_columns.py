"""Every column that can hold a person's data is declared where its model stands, and what an erasure leaves is proved.

The models are walked: a column that was forgotten fails here, not in the complaint of somebody who was not forgotten.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.councils.models import Account, Council
from tadbir.councils.personal import FOREIGN, Erased
from tadbir.councils.scope import CouncilModel
from tadbir.register.models import Content, StoredFile
from tests import at_once as desk
from tests.conftest import at
from tests.desk.erased import LATER, SECRETS, bureau, lived
from tests.factories import Office

__all__ = ["bureau"]  # the fixture of this file

TYPED = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
#: What is written into a personal column that the story of the tests leaves empty.
MARK = "قرطميطة"


def holds(field: Any) -> bool:
    """Whether somebody's words or a file of his can stand in a column; a closed list of choices holds neither."""
    if isinstance(field, models.ForeignKey):
        return field.related_model is StoredFile
    return isinstance(field, TYPED) and not field.choices


def columns(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if holds(field)]


def walked() -> Iterator[type[Any]]:
    for model in apps.get_models():
        if not model._meta.proxy:
            yield model


def ours(model: type[Any]) -> bool:
    return issubclass(model, CouncilModel | Council | Account)


def declared(model: type[Any]) -> dict[str, str]:
    if ours(model):
        return {**getattr(model, "personal", {}), **model.plain}
    start = f"{model._meta.label}."
    return {name.removeprefix(start): why for name, why in FOREIGN.items() if name.startswith(start)}


def undeclared(model: type[Any]) -> list[str]:
    """Columns that say neither what an erasure leaves nor why nothing is erased."""
    return [f"{model._meta.label}.{name}" for name in columns(model) if not declared(model).get(name)]


def test_every_column_is_declared() -> None:
    assert len([model for model in walked() if ours(model)]) > 30
    assert [name for model in walked() for name in undeclared(model)] == []


def test_a_forgotten_column_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Act, "personal", {name: how for name, how in Act.personal.items() if name != "signed_file"})
    monkeypatch.setattr(Act, "plain", {name: why for name, why in Act.plain.items() if name != "number"})
    assert undeclared(Act) == ["acts.Act.signed_file", "acts.Act.number"]


def test_nothing_is_declared_that_is_not_there() -> None:
    for model in walked():
        there = {field.name for field in model._meta.concrete_fields}
        assert set(declared(model)) <= there, model
        if ours(model):
            assert set(getattr(model, "personal", {})) & set(model.plain) == set(), model
    known = {model._meta.label for model in walked() if not ours(model)}
    assert {name.rpartition(".")[0] for name in FOREIGN} <= known


def personal() -> list[tuple[type[Any], str, Erased]]:
    return [(model, name, how) for model in walked() for name, how in getattr(model, "personal", {}).items()]


def filled(model: type[Any], name: str) -> list[int]:
    """Rows that have something in a column."""
    return [row.pk for row in model.objects.all() if getattr(row, name) not in ("", None, {}, [])]


def fill(model: type[Any], name: str) -> None:
    """Write something into a column that the story left empty."""
    field = model._meta.get_field(name)
    value: Any = date(2026, 12, 1) if isinstance(field, models.DateField) else MARK
    if isinstance(field, models.ForeignKey):
        value = StoredFile.objects.order_by("-pk").first()
    model.objects.update(**{name: value})


def left_over(model: type[Any], name: str, how: Erased, before: list[int]) -> list[str]:
    """What an erasure should not have left in the rows that had something."""
    values = [getattr(row, name) for row in model.objects.filter(pk__in=before)]
    if how is Erased.GONE:
        wrong = values
    elif how is Erased.UNLINKED:
        wrong = [file for file in values if file is not None and (file.erased_at is None or file.path.exists())]
    elif how is Erased.REMADE:
        wrong = [text for text in values if any(word in text for word in ("قرطميط", *SECRETS))]
    else:
        wrong = [value for value in values if value not in ("", None, {}, [], "—" if how is Erased.WITHHELD else "")]
    return [f"{model._meta.label}.{name}: {value}" for value in wrong]


def told(model: type[Any]) -> list[str]:
    """What the columns that are declared plain say of the person all the same."""
    rows = model.objects.all()
    return [
        f"{model._meta.label}.{name}: {word}"
        for name in model.plain
        if name in columns(model)
        for row in rows
        for word in SECRETS
        if word in json.dumps(getattr(row, name), ensure_ascii=False, default=str)
    ]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_erasure_leaves_in_each_what_was_declared(bureau: Office) -> None:
    dossier = lived(bureau)
    for model, name, _how in personal():
        if not filled(model, name):
            fill(model, name)
    before = {(model, name): filled(model, name) for model, name, _how in personal()}
    assert [f"{model._meta.label}.{name}" for (model, name), rows in before.items() if not rows] == []
    assert len(before) > 20
    assert [line for model in walked() if ours(model) for line in told(model)] == []
    with simulated(at(LATER)):
        desk.erase_personal_data(dossier, bureau.director, "person", "طلب كتابي")
    found = [line for model, name, how in personal() for line in left_over(model, name, how, before[model, name])]
    assert found == []
    assert Content.objects.filter(body__isnull=False).count() == 1  # the reason of the erasure itself
