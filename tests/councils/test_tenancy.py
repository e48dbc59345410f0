"""Every table of the house belongs to a council, and no unique key crosses councils."""

from django.apps import apps
from django.db import models

from tadbir.councils.scope import CouncilModel

#: What exists before any council: the tenants themselves and the accounts, which serve several of them.
OUTSIDE = {"councils.Council", "councils.Account"}


def ours() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("tadbir.") and model._meta.label not in OUTSIDE
    ]


def test_every_table_has_its_council() -> None:
    assert len(ours()) > 20
    assert [model._meta.label for model in ours() if not issubclass(model, CouncilModel)] == []


def test_every_unique_key_starts_with_the_council() -> None:
    wrong = []
    for model in ours():
        wrong += [
            f"{model._meta.label}.{constraint.name}"
            for constraint in model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint) and constraint.fields[:1] != ("council",)
        ]
        wrong += [
            f"{model._meta.label}.{field.name}"
            for field in model._meta.fields
            if field.unique and not field.primary_key and not field.one_to_one
        ]
    assert wrong == []


def test_the_default_manager_is_scoped_and_the_base_manager_is_not() -> None:
    for model in ours():
        assert model._meta.default_manager_name == "objects", model
        assert model._meta.base_manager_name == "everywhere", model
