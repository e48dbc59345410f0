"""The words that a person sends for a question of the council."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.ui import forms


class AnswerForm(forms.Form):
    """The answer to the one request for information, in words where no document says it; or what is added to it
    (`adds`). `asked`: the question that its page shows."""

    asked = forms.CharField(widget=forms.HiddenInput(), max_length=20, required=False)
    text = forms.LongTextField(
        label=_("Your answer"), max_length=4000, sometimes=True, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, adds: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call(adds=adds)

    def call(self, *, adds: bool) -> None:
        """Name its box: an answer, or what is added to one."""
        self.fields["text"].label = _("What you add") if adds else _("Your answer")


class AdditionForm(forms.Form):
    """What its person adds in words to a remedy that waits."""

    text = forms.LongTextField(
        label=_("What you add"), max_length=3000, sometimes=True, widget=forms.Textarea(attrs={"rows": 4})
    )
