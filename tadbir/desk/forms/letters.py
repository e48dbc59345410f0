"""What comes in with a letter that takes a step: its words, and why it is given up."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.desk.words import LETTER_WORDS
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm


class WordsForm(ConfirmingForm):
    """The words of a letter, each that was written for it."""

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in words.items():
            kind = forms.TextField if name == "to" else forms.LongTextField
            self.fields[name] = kind(label=LETTER_WORDS[name], initial=text, required=bool(text))


class DropForm(forms.Form):
    """Why a letter is given up."""

    reason = forms.ReasonField(label=_("Why"))
