"""What people write is read by one reader: no form has a bare field for a kind of thing that has its own."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from typing import Any

import django.forms
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from tadbir.councils.clock import today
from tadbir.procedures.sheet import FIELD_TYPES, Question
from tadbir.reading.files import ACCEPTED
from tadbir.services.forms.residents import _question_field
from tadbir.ui import forms
from tests.house.reading import files, name
from tests.house.test_forms import classes

#: A field whose name holds one of these words (English, as all names of the code) is a field of that kind.
KINDS: dict[str, type] = {
    r"(^|_)(number|original)$": forms.NumberField,
    r"(^|_)(phone|telephone)($|_)": forms.PhoneField,
    r"(^|_)e?mail($|_)": forms.EmailField,
    r"(^|_)(on|day|from|until|date)$": forms.DayField,
}


#: Modules that may look at signs, digits or addresses themselves, each with its reason.
READERS = {
    "tadbir/reading/": "the readers",
    "tadbir/law/": "the law knows nothing of the house",
    "tadbir/textsearch/": "words for search, from folded text",
    "tadbir/acts/documents/": "what a paper can show, and the QR code of a picture",
    "tadbir/register/canonical.py": "one spelling for the hash",
}


def every_form() -> list[type]:
    for path in files("tadbir", ".py"):
        if re.search(r"^\s*class \w+\(.*Form", path.read_text("utf-8"), re.MULTILINE):
            import_module(name(path).removesuffix(".py").replace("/", "."))
    return [one for one in classes(forms.Form) if one.__module__.startswith("tadbir.")]


def test_every_field_is_of_the_kind_that_its_name_says() -> None:
    seen, wrong = 0, []
    for form in every_form():
        for field_name, field in form.base_fields.items():  # type: ignore[attr-defined]
            for words, kind in KINDS.items():
                if re.search(words, field_name) and isinstance(field, django.forms.CharField | django.forms.DateField):
                    seen += 1
                    if not isinstance(field, kind):
                        wrong.append(f"{form.__module__}.{form.__qualname__}.{field_name}: {type(field).__name__}")
    assert wrong == []
    assert seen > 10


def test_no_form_uses_a_field_of_django_where_the_house_has_its_own() -> None:
    ours = {one for one in vars(forms).values() if isinstance(one, type) and issubclass(one, django.forms.Field)}
    replaced = {one.__mro__[1] for one in ours if one.__module__ == "tadbir.ui.fields"} - {django.forms.CharField}
    replaced = {one for one in replaced if one.__module__.startswith("django.")} | {django.forms.EmailField}
    assert django.forms.IntegerField in replaced
    wrong = [
        f"{form.__qualname__}.{field_name}"
        for form in every_form()
        for field_name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if type(field) in replaced
    ]
    assert wrong == []


def test_every_day_of_the_office_has_bounds() -> None:
    """An adoption of 1900 or a closure of 2090 was mistyped; what a resident answers has the bounds of its sheet."""
    days = {
        f"{form.__qualname__}.{field_name}": field
        for form in every_form()
        for field_name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(field, forms.DayField) and form.__module__ != "tadbir.ui.gallery"
    }
    assert len(days) > 15
    assert [place for place, field in days.items() if field.span is None] == []
    for place, field in days.items():
        for far in ("1900-01-01", "2100-01-01"):
            with pytest.raises(ValidationError):
                field.clean(far)
        assert field.clean(today().isoformat()) == today(), place


def test_a_sheet_asks_by_the_same_fields() -> None:
    kinds: dict[str, Any] = {
        "phone": forms.PhoneField,
        "email": forms.EmailField,
        "date": forms.DayField,
        "number": forms.IntegerField,
        "text": forms.TextField,
        "long_text": forms.LongTextField,
        "choice": forms.ChoiceField,
    }
    assert kinds.keys() == set(FIELD_TYPES)
    for kind, field in kinds.items():
        assert type(_question_field(Question("q", kind, "س", "q"), today())) is field


def test_every_field_of_files_offers_what_is_read() -> None:
    fields = [field for form in every_form() for field in form.base_fields.values()]  # type: ignore[attr-defined]
    offered = [field for field in fields if isinstance(field, django.forms.FileField)]
    assert len(offered) > 5
    assert {field.widget.attrs["accept"] for field in offered} == {ACCEPTED}
    assert {field.widget.attrs["data-limit"] for field in offered} == {settings.UPLOAD_LIMIT}
    assert all("HEIC" in str(field.help_text) for field in offered)  # said before anything is chosen
    for page in files("tadbir", ".html"):
        assert not re.search(r"<input[^>]*type=\"file\"", page.read_text("utf-8")), (
            f"{name(page)}: draw the form's field"
        )


def test_nobody_else_looks_at_signs() -> None:
    """`unicodedata`, Django's own validators of addresses, `Image.open`: each in the reader of its kind alone."""
    found = []
    for path in files("tadbir", ".py"):
        place = name(path)
        if place.startswith(tuple(READERS)):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            said = ast.unparse(node) if isinstance(node, ast.Import | ast.ImportFrom | ast.Attribute) else ""
            if said in ("import unicodedata", "import phonenumbers", "Image.open") or "validate_email" in said:
                found.append(f"{place}: {said}")
    assert found == []
