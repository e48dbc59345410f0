"""The fields of the house: each kind of thing is read by its one reader in `tadbir.reading`; here are the words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django.forms as plain
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadbir.councils.clock import today
from tadbir.councils.days import require_within
from tadbir.reading.codes import kind_of_code, read_digits
from tadbir.reading.days import Span, read_day
from tadbir.reading.files import ACCEPTED
from tadbir.reading.letters import plain as plain_text
from tadbir.reading.letters import says_something
from tadbir.reading.mail import LONGEST as LONGEST_ADDRESS
from tadbir.reading.mail import read_address
from tadbir.reading.numbers import read_number
from tadbir.reading.telephone import read_telephone
from tadbir.ui.dates import size_words
from tadbir.ui.text import OWN_WORDS, SAYS_NOTHING, clean_name, clean_prose, file_name, refuse_controls

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
    """Several lines, 4,000 characters unless told. `sometimes`: asked where something else that is chosen asks for it,
    so that nothing calls it optional."""

    widget = plain.Textarea

    def __init__(self, *, max_length: int = PROSE, sometimes: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **{"required": not sometimes, **kwargs})
        self.sometimes = sometimes
        self.widget.attrs.setdefault("dir", "auto")
        self.widget.attrs.setdefault("rows", 5)

    def cleaned(self, text: str) -> str:
        return clean_prose(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.required and not any(sign.isalnum() for sign in value):
            raise ValidationError(_("Write it in words: marks alone say nothing."), code="no_words")


class ReasonField(LongTextField):
    """Why something is done: kept, and understood by whoever reads it later.

    `own`: what somebody else said, in his own words, of which one is enough.
    """

    def __init__(self, *, own: bool = False, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 1000, **kwargs})
        self.own = own
        self.widget.attrs["rows"] = 3

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not says_something(value, words=1 if self.own else 2):
            raise ValidationError(OWN_WORDS if self.own else SAYS_NOTHING, code="says_nothing")


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
    """A code of so many digits, whatever digits, dashes and spaces it is typed with.

    `others`: what is said of another code of the house, by its kind (`reading.codes.kind_of_code`).
    """

    def __init__(self, *, length: int, others: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.length, self.others = length, others or {}
        super().__init__(**{"max_length": 40, **kwargs})
        self.widget.attrs.update(dir="ltr", autocomplete="off", spellcheck="false", inputmode="numeric")

    def read(self, text: str) -> str:
        """The code that was typed; nothing when it is none."""
        return read_digits(text, self.length)

    def cleaned(self, text: str) -> str:
        return self.read(text) or plain_text(text)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not self.read(value):
            other = self.others.get(kind_of_code(value))
            if other:
                raise ValidationError(other, code="other")
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


class IntegerField(plain.IntegerField):
    """A whole number, whatever digits it is typed with, its thousands apart or not."""

    default_error_messages = {**MESSAGES, "invalid": _("Write a whole number, in digits.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _bound_in_words(self)

    def to_python(self, value: Any) -> Any:
        return super().to_python(_figures(value))


class DecimalField(plain.DecimalField):
    """A number with decimals after a comma or a point, its thousands apart or not."""

    default_error_messages = {**MESSAGES, "invalid": _("Write a number, in digits.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _bound_in_words(self)

    def to_python(self, value: Any) -> Any:
        typed = _figures(value)
        return super().to_python(typed.replace("٫", ".").replace(",", ".") if isinstance(typed, str) else typed)


def _bound_in_words(field: plain.IntegerField) -> None:
    """Say the bounds of a number in our own words."""
    for check in field.validators:
        if isinstance(check, MinValueValidator):
            check.message = _("This number is too small: the least is %(limit_value)s.")
        elif isinstance(check, MaxValueValidator):
            check.message = _("This number is too big: the most is %(limit_value)s.")


def _figures(value: Any) -> Any:
    return "".join(plain_text(value[:LINE]).split()) if isinstance(value, str) else value


class DayField(plain.DateField):
    """A date: the browser's own field; also reads 01/12/2026, in any digits.

    `span` says what kind of day it is, and so from when to when it may be; `first` and `last` are nearer bounds.
    """

    default_error_messages = {**MESSAGES, "invalid": _("Write the date as 31/12/2026.")}

    def __init__(
        self, *, span: Span | None = None, first: date | None = None, last: date | None = None, **kwargs: Any
    ) -> None:
        self.span, self.first, self.last = span, first, last
        widget = kwargs.pop("widget", plain.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        widget.attrs.update({name: day.isoformat() for name, day in (("min", first), ("max", last)) if day})
        super().__init__(widget=widget, localize=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        day = read_day(value)
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date):
            require_within(value, *self.bounds())

    def bounds(self) -> tuple[date | None, date | None]:
        """The first and the last day that may be written, asked when one is: a form outlives the day."""
        first, last = self.span.bounds(today()) if self.span else (None, None)
        return self.first or first, self.last or last


def _taken_words(limit: int) -> str:
    return gettext("A photo (JPEG, PNG, WebP, HEIC, AVIF) or a PDF, %(limit)s at most.") % {"limit": size_words(limit)}


#: What a field of files takes, said before one is chosen.
_taken = lazy(_taken_words, str)


class FileField(plain.FileField):
    """One document. Its content is judged by whoever keeps it; here only its size and presence."""

    default_error_messages = {
        **MESSAGES,
        "missing": _("Choose a document."),
        "empty": _("This document is empty. Choose another."),
    }

    def __init__(self, **kwargs: Any) -> None:
        self.limit: int = kwargs.pop("limit", settings.UPLOAD_LIMIT)
        kwargs["help_text"] = format_lazy("{} {}", kwargs.get("help_text", ""), _taken(self.limit))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("accept", ACCEPTED)
        self.widget.attrs["data-limit"] = self.limit

    def to_python(self, data: Any) -> Any:
        found: Any = super().to_python(data)
        if found and found.size is not None and found.size > self.limit:
            message = _("This document is too heavy: %(size)s; the most is %(limit)s.")
            words = {"size": size_words(found.size), "limit": size_words(self.limit)}
            raise ValidationError(message, code="size", params=words)
        if found:
            found.name = file_name(found.name or "") or "document"
        return found
