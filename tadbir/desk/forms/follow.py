"""The two things that open a dossier without an account, and another one of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadbir.reading.codes import FOLLOW_LENGTH, kind_of_code
from tadbir.reading.numbers import read_number
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm
from tadbir.ui.keyed import KeyedForm

#: What is said of the codes that do not open a dossier.
OTHERS = {
    "number": _(
        "This is the number of a dossier or of a paper. The code that opens the dossier has eight digits, on the "
        "receipt."
    ),
    "check": _(
        "This is the check code of a paper: it says whether the paper is genuine. The code that opens the dossier has "
        "eight digits, on the receipt."
    ),
    "draft": _(
        "This is the code of a request that was begun and not sent: type it below, under “I began a request and did "
        "not send it”."
    ),
}


class FollowForm(forms.Form):
    """Number and code of a dossier, as they stand on its receipt."""

    number = forms.NumberField(label=_("Dossier number"), help_text=_("As D-2026-00001, on the receipt."))
    code = forms.CodeField(
        length=FOLLOW_LENGTH,
        others=OTHERS,
        label=pgettext_lazy("dossier", "Code"),
        help_text=_("Eight digits, on the receipt."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(_in_their_boxes(data) if data else data, **kwargs)


def _in_their_boxes(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Number and code, each in its own box: whoever typed each in that of the other is read all the same."""
    number, code = str(data.get("number") or ""), str(data.get("code") or "")
    is_swapped = kind_of_code(number) == "follow" and kind_of_code(code) != "follow" and read_number(code) is not None
    return {name: data[name] for name in data} | {"number": code, "code": number} if is_swapped else data


class NewCodeForm(KeyedForm, ConfirmingForm):
    """Whether one is sure; `key` makes a second sending harmless."""
