"""Fields of a text that is written in Arabic (side `rtl`) or in French (`ltr`)."""

from typing import Any

from tadbir.ui import forms


def name_in(side: str, **options: Any) -> forms.NameField:
    """The name of a person or a unit; never that of whoever types it, so the browser proposes none."""
    return forms.NameField(widget=forms.TextInput(attrs={"dir": side, "autocomplete": "off"}), **options)


def line_in(side: str, **options: Any) -> forms.TextField:
    """One line."""
    return forms.TextField(widget=forms.TextInput(attrs={"dir": side}), **options)


def text_in(side: str, **options: Any) -> forms.LongTextField:
    """A sentence or two."""
    return forms.LongTextField(widget=forms.Textarea(attrs={"dir": side, "rows": 2}), **options)
