"""The two things that open a dossier without an account."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.ui import forms


class FollowForm(forms.Form):
    """Number and code of a dossier, as they stand on its receipt."""

    number = forms.TextField(label=_("Dossier number"), max_length=40, help_text=_("As D-2026-00001, on the receipt."))
    code = forms.TextField(label=_("Code"), max_length=20, help_text=_("Eight digits, on the receipt."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, mode in (("number", "text"), ("code", "numeric")):
            self.fields[name].widget.attrs.update(dir="ltr", autocomplete="off", inputmode=mode, spellcheck="false")
