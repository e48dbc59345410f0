"""What comes in on the page of those who could not be told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.desk.words import BY_HAND
from tadbir.notify.models import Notice
from tadbir.reading.days import Span
from tadbir.ui import forms


class AgainForm(forms.Form):
    """The same notice, the same way."""


class OtherWayForm(forms.Form):
    """Another channel, or a corrected address."""

    channel = forms.ChoiceField(label=_("By"), choices=Notice.Channel.choices)
    address = forms.TextField(label=_("Telephone or e-mail"), max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].widget.attrs.update(dir="ltr", autocomplete="off")


class ByHandForm(forms.Form):
    """Somebody of the council told the person."""

    how = forms.ChoiceField(label=_("How"), choices=list(BY_HAND.items()))
    on = forms.DayField(span=Span.DONE, label=_("On"))
    said = forms.TextField(label=_("What was said"), max_length=200, required=False)
