"""Fields of a text that is written in Arabic (side `rtl`) or in French (`ltr`)."""

from typing import Any

from tadbir.ui import forms
from tadbir.ui.text import clean_prose


class LineField(forms.TextField):
    """One line that somebody composed: unlike a name, it keeps the no-break spaces of French."""

    def cleaned(self, text: str) -> str:
        """The line as it is kept."""
        return clean_prose(text).replace("\n", " ")


def name_in(side: str, **options: Any) -> forms.NameField:
    """The name of a person or a unit; never that of whoever types it, so the browser proposes none."""
    return forms.NameField(widget=forms.TextInput(attrs={"dir": side, "autocomplete": "off"}), **options)


def line_in(side: str, **options: Any) -> LineField:
    """One line."""
    return LineField(widget=forms.TextInput(attrs={"dir": side}), **options)


def text_in(side: str, **options: Any) -> forms.LongTextField:
    """A sentence or two."""
    return forms.LongTextField(widget=forms.Textarea(attrs={"dir": side, "rows": 2}), **options)
