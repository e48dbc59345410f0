"""One kind of form and one kind of page of a list, so that what holds for one holds for all."""

import re
from collections.abc import Iterator
from importlib import import_module

import django.forms

from tadbir.ui import forms
from tests.house.reading import files, name

#: Forms of another program that we only word anew: their fields, bounds and messages are its own.
NOT_OURS = {
    "tadbir.site.account.forms.PasskeyForm": "allauth's form of a passkey, which talks with the browser's script",
    "tadbir.site.account.forms.SignInForm": "allauth's form of sign-in, which counts tries and finds the account",
    "tadbir.site.account.forms.SecondFactorForm": "allauth's form of the second factor, which counts tries",
    "tadbir.site.account.forms.AgainForm": "allauth's form of the second factor once more",
    "tadbir.site.account.forms.PasskeySignInForm": "allauth's form of a passkey, whose tries are counted",
    "tadbir.site.account.forms.PasskeyFactorForm": "allauth's form of a passkey, whose tries are counted",
    "tadbir.site.account.forms.PasskeyAgainForm": "allauth's form of a passkey, whose tries are counted",
    "tadbir.site.account.forms.NewPasswordForm": "allauth's form of a new password, whose tries are counted",
    "tadbir.site.account.forms.CodesForm": "allauth's form of an application's six digits",
}


def classes(root: type) -> Iterator[type]:
    """A class and all that inherit from it."""
    yield root
    for one in root.__subclasses__():
        yield from classes(one)


def test_every_form_is_one_of_the_house() -> None:
    for path in files("tadbir", ".py"):
        if re.search(r"^\s*class \w+\(.*Form", path.read_text("utf-8"), re.MULTILINE):
            import_module(name(path).removesuffix(".py").replace("/", "."))
    ours = {one for one in classes(django.forms.BaseForm) if one.__module__.startswith("tadbir.")}
    assert len(ours) > 30
    apart = {f"{one.__module__}.{one.__qualname__}" for one in ours if not issubclass(one, forms.Form)}
    assert apart == set(NOT_OURS)


def test_every_list_is_paged_by_one_pager() -> None:
    read = {name(path): path.read_text("utf-8") for path in files("tadbir", ".py")}
    assert [path for path, text in read.items() if re.search(r"\bPaginator\b|\bpaginator\b", text)] == []
    assert any("page_of(" in text for text in read.values())
