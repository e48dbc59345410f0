"""Forms that keep what was typed, say what is wrong beside the field, and refuse what cannot be kept.

Everything of `django.forms` can be taken from here; the classes below replace or add to it.
"""

from collections.abc import Iterable
from typing import Any

import django.forms as plain
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    DateInput,
    EmailInput,
    HiddenInput,
    ModelChoiceField,
    ModelMultipleChoiceField,
    MultipleChoiceField,
    NumberInput,
    PasswordInput,
    RadioSelect,
    Select,
    SlugField,
    Textarea,
    TextInput,
    TimeField,
    TypedChoiceField,
    URLField,
)
from django.utils.translation import gettext_lazy

from tadbir.ui.fields import (
    LINE,
    MESSAGES,
    PROSE,
    TOO_LONG,
    CodeField,
    DayField,
    DecimalField,
    EmailField,
    FileField,
    IntegerField,
    LongTextField,
    NameField,
    NumberField,
    PhoneField,
    ReasonField,
    TextField,
)
from tadbir.ui.text import refuse_controls

__all__ = [
    "BooleanField",
    "CharField",
    "CheckboxSelectMultiple",
    "ChoiceField",
    "CodeField",
    "ConfirmChoiceField",
    "ConfirmField",
    "DateInput",
    "DayField",
    "DecimalField",
    "EmailField",
    "EmailInput",
    "FileField",
    "Form",
    "HiddenInput",
    "IntegerField",
    "LongTextField",
    "ModelChoiceField",
    "ModelMultipleChoiceField",
    "MultipleChoiceField",
    "NameField",
    "NumberField",
    "NumberInput",
    "PasswordInput",
    "PhoneField",
    "RadioSelect",
    "ReasonField",
    "Select",
    "SlugField",
    "TextField",
    "TextInput",
    "Textarea",
    "TimeField",
    "TypedChoiceField",
    "URLField",
    "ValidationError",
]


class ConfirmField(BooleanField):
    """A tick that confirms what the page displays: it holds for that display alone, and is kept nowhere."""

    confirms = True


class ConfirmChoiceField(ChoiceField):
    """The same as a choice: one of its answers confirms what the page displays."""

    confirms = True


class Bound(plain.BoundField):
    """A field on its page; a text of several lines says beforehand how long it may be."""

    @property
    def most(self) -> int | None:
        """How many characters may be written in a box of several lines."""
        field = self.field
        return field.max_length if isinstance(field, plain.CharField) and _is_box(field) else None

    def value(self) -> Any:
        """What the field says on its page; what was confirmed of a page that displayed something else is confirmed no
        more."""
        confirms = getattr(self.field, "confirms", False) and getattr(self.form, "asks_anew", False)
        return None if confirms and self.form.is_bound else super().value()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: plain.Widget | None = None) -> dict[str, Any]:
        """Nothing that makes a browser cut, without a word, what is pasted: it is refused in words, as it was typed."""
        found = super().build_widget_attrs(attrs, widget) | {"maxlength": False, "minlength": False}
        return found | ({"data-confirms": ""} if getattr(self.field, "confirms", False) else {})  # no script keeps it

    @property
    def aria_describedby(self) -> str | None:
        """What stands with the box is read with it: its help, its errors, its limit."""
        found = super().aria_describedby
        return f"{found} {self.auto_id}_most".strip() if found is not None and self.most else found


def _is_box(field: plain.Field) -> bool:
    return isinstance(field.widget, plain.Textarea)


class Form(plain.Form):
    """Base of every form of the house: bounded texts, our messages, drawn by `ui/form.html`."""

    bound_field_class = Bound
    template_name = "ui/form.html"
    error_css_class = "wrong"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            harden(field)

    def add(self, name: str, field: plain.Field) -> None:
        """A field that only this form of its class has."""
        harden(field)
        self.fields[name] = field

    def choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """What a field of choices lets one choose. Raises TypeError for a field of another kind."""
        field = self.fields[name]
        if not isinstance(field, plain.ChoiceField):
            raise TypeError(f"{name} is no field of choices")
        field.choices = list(choices)

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Which rows a field of rows lets one choose. Raises TypeError for a field of another kind."""
        field = self.fields[name]
        if not isinstance(field, plain.ModelChoiceField):
            raise TypeError(f"{name} is no field of rows")
        field.queryset = rows


#: What a list of rows begins with: a row must be chosen, or none may be.
CHOOSE, NONE = gettext_lazy("Choose in the list"), gettext_lazy("None")
#: Django's own sentences that ours replace, by code.
DJANGO_MESSAGES = {
    "required": plain.Field.default_error_messages["required"],
    "invalid_choice": plain.ChoiceField.default_error_messages["invalid_choice"],
}


def harden(field: plain.Field) -> None:
    """Give a plain Django field the bounds and messages of the house."""
    for code, theirs in DJANGO_MESSAGES.items():
        if field.error_messages.get(code) is theirs:
            field.error_messages[code] = MESSAGES[code]
    if isinstance(field, plain.ModelChoiceField) and field.empty_label == "---------":
        field.empty_label = CHOOSE if field.required else NONE
    if isinstance(field, plain.CharField) and not isinstance(field, TextField):
        field.validators.append(refuse_controls)
        if field.max_length is None:
            field.max_length = PROSE if _is_box(field) else LINE
            field.error_messages["max_length"] = TOO_LONG
            field.validators.append(MaxLengthValidator(field.max_length))
