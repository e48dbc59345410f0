"""Forms that keep what was typed, say what is wrong beside the field, and refuse what cannot be kept.

Everything of `django.forms` can be taken from here; the classes below replace or add to it.
"""

from collections.abc import Iterable
from typing import Any

import django.forms as plain
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    DateInput,
    DecimalField,
    EmailInput,
    HiddenInput,
    IntegerField,
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
from django.utils.translation import gettext_lazy as _

from tadbir.reading.codes import read_digits
from tadbir.reading.letters import plain as plain_text
from tadbir.reading.mail import LONGEST as LONGEST_ADDRESS
from tadbir.reading.mail import read_address
from tadbir.reading.numbers import read_number
from tadbir.reading.telephone import read_telephone
from tadbir.ui.dates import size_words
from tadbir.ui.text import clean_name, clean_prose, refuse_controls

__all__ = [
    "BooleanField",
    "CharField",
    "CheckboxSelectMultiple",
    "ChoiceField",
    "CodeField",
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
LINE, PROSE = 200, 4000
MESSAGES = {
    "required": _("This answer is needed."),
    "invalid": _("This answer is not in the right form."),
    "invalid_choice": _("Choose one of the answers of the list."),
}
TOO_LONG = _("This text is too long: %(show_value)s characters; the most is %(limit_value)s.")


class TextField(plain.CharField):
    """One line of text, 200 characters unless told; direction controls are taken out."""

    default_error_messages = {**MESSAGES, "max_length": TOO_LONG}

    def __init__(self, *, max_length: int = LINE, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.validators.append(refuse_controls)

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return self.cleaned(found) if isinstance(found, str) else found

    def cleaned(self, text: str) -> str:
        """The text as it is kept."""
        return clean_name(text)


class NameField(TextField):
    """A person's or a body's name: letters of any script; at least one letter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 120, **kwargs})
        self.widget.attrs.setdefault("autocomplete", "name")
        self.widget.attrs.setdefault("dir", "auto")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not any(letter.isalpha() for letter in value):
            raise ValidationError(_("Write the name in letters."), code="name")


class LongTextField(TextField):
    """Several lines, 4,000 characters unless told."""

    widget = plain.Textarea

    def __init__(self, *, max_length: int = PROSE, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("dir", "auto")
        self.widget.attrs.setdefault("rows", 5)

    def cleaned(self, text: str) -> str:
        return clean_prose(text)


class NumberField(TextField):
    """The official number of a dossier or a paper: as it is printed where it is whole, however it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 80, **kwargs})
        self.widget.attrs.update(dir="ltr", autocomplete="off", spellcheck="false")

    def cleaned(self, text: str) -> str:
        read = read_number(text)
        return str(read) if read is not None and read.whole else plain_text(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and read_number(value) is None:
            raise ValidationError(_("Write the number as it is printed, for example D-2026-00041."), code="number")


class CodeField(TextField):
    """A code of so many digits, whatever digits, dashes and spaces it is typed with."""

    def __init__(self, *, length: int, **kwargs: Any) -> None:
        self.length = length
        super().__init__(**{"max_length": 40, **kwargs})
        self.widget.attrs.update(dir="ltr", autocomplete="off", spellcheck="false", inputmode="numeric")

    def cleaned(self, text: str) -> str:
        return read_digits(text, self.length) or plain_text(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not read_digits(value, self.length):
            message = _("The code has %(length)s digits: check that none is missing.")
            raise ValidationError(message, code="code", params={"length": self.length})


class PhoneField(TextField):
    """A telephone number that can be reached, kept as + and digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 30, **kwargs})
        self.widget.input_type = "tel"
        self.widget.attrs.update(autocomplete="tel", dir="ltr", inputmode="tel")

    def cleaned(self, text: str) -> str:
        return read_telephone(text) or plain_text(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and read_telephone(value) is None:
            message = _("Nobody can be reached at this number. Write it as 0612345678, or with + and the country.")
            raise ValidationError(message, code="phone")


class EmailField(TextField):
    """An e-mail address, as our sender writes to it; always read from left to right."""

    widget = plain.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST_ADDRESS, **kwargs})
        self.widget.attrs.update(dir="ltr", inputmode="email")
        self.widget.attrs.setdefault("autocomplete", "email")

    def cleaned(self, text: str) -> str:
        return read_address(text) or plain_text(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and read_address(value) is None:
            message = _("No letter can be sent to this address. Write it as name@example.ma, in Latin letters.")
            raise ValidationError(message, code="email")


class DayField(plain.DateField):
    """A date: the browser's own field; also reads 01/12/2026."""

    default_error_messages = {**MESSAGES, "invalid": _("Write the date as 31/12/2026.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = kwargs.pop("widget", plain.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(widget=widget, localize=False, **kwargs)


class FileField(plain.FileField):
    """One document. Its content is judged by whoever keeps it; here only its size and presence."""

    default_error_messages = {
        **MESSAGES,
        "missing": _("Choose a document."),
        "empty": _("This document is empty. Choose another."),
    }

    def __init__(self, *, accept: str = ".pdf,.jpg,.jpeg,.png", **kwargs: Any) -> None:
        self.limit: int = kwargs.pop("limit", settings.UPLOAD_LIMIT)
        super().__init__(**{"max_length": LINE, **kwargs})
        self.widget.attrs.setdefault("accept", accept)

    def to_python(self, data: Any) -> Any:
        found: Any = super().to_python(data)
        if found and found.size is not None and found.size > self.limit:
            message = _("This document is too heavy: %(size)s; the most is %(limit)s.")
            words = {"size": size_words(found.size), "limit": size_words(self.limit)}
            raise ValidationError(message, code="size", params=words)
        if found:
            found.name = clean_name(found.name or "") or "document"
        return found


class Form(plain.Form):
    """Base of every form of the house: bounded texts, our messages, drawn by `ui/form.html`."""

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
    if isinstance(field, plain.CharField) and not isinstance(field, TextField):
        field.validators.append(refuse_controls)
        if field.max_length is None:
            field.max_length = PROSE if isinstance(field.widget, plain.Textarea) else LINE
            field.error_messages["max_length"] = TOO_LONG
            field.validators.append(MaxLengthValidator(field.max_length))
            field.widget.attrs.setdefault("maxlength", field.max_length)
