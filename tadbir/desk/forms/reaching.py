"""What comes in on the page of those who could not be told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.councils.clock import today
from tadbir.desk.queries.unreached import Unreached
from tadbir.desk.words import BY_HAND
from tadbir.notify.models import Notice
from tadbir.notify.ways import MAIL, TEXT
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


FORMS: dict[str, type[forms.Form]] = {"again": AgainForm, "other": OtherWayForm, "hand": ByHandForm}


def reaching_form(name: str, one: Unreached, data: Any = None) -> forms.Form:
    """One of the three for a person whom something did not reach, filled with what is known."""
    way = one.other_way
    other = TEXT if one.notices[0].channel == MAIL else MAIL
    initial = {
        "other": {"channel": way.channel if way else other, "address": way.address if way else ""},
        "hand": {"on": today()},
    }.get(name, {})
    return FORMS[name](data, initial=initial, auto_id=f"d{one.dossier.pk}-{name}-%s")


def reaching_forms(one: Unreached) -> dict[str, forms.Form]:
    """Those that may help: nothing is sent again where it cannot arrive."""
    return {name: reaching_form(name, one) for name in FORMS if name != "again" or one.may_leave}
