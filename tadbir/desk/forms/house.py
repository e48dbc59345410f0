"""What comes in where the council says what its papers and pages bear of it."""

from django.utils.translation import gettext_lazy as _

from tadbir.councils.actions import LONGEST_OF_HOUSE
from tadbir.councils.house import SAID
from tadbir.desk.forms.correcting import CorrectionForm
from tadbir.ui import forms


def _line(name: str, help_text: object = "") -> forms.TextField:
    direction = "rtl" if name.endswith("_ar") else "ltr"
    lang = name[-2:]
    widget = forms.TextInput(attrs={"dir": direction, "lang": lang})
    return forms.TextField(
        label=SAID[name][2], required=False, max_length=LONGEST_OF_HOUSE, widget=widget, help_text=help_text
    )


class HouseForm(CorrectionForm):
    """The town of the letters, where the counter is and when it is open, in both languages; its telephone."""

    place_ar = _line("place_ar", _("Letters bear it beside their date, after «في»."))
    place_fr = _line("place_fr", _("After « à » in the French copy."))
    where_ar = _line("where_ar", _("The person reads it where he is asked to come."))
    where_fr = _line("where_fr")
    hours_ar = _line("hours_ar")
    hours_fr = _line("hours_fr")
    phone = forms.PhoneField(
        label=SAID["phone"][2], required=False, help_text=_("The person reads it beside the place of the counter.")
    )
    field_order = (*SAID, "reason")
