"""What comes in."""

from django.utils.translation import gettext_lazy as _

from tadbir.desk.verbs import DeskForm
from tadbir.ui import forms
from tadbir.ui.keyed import KeyedForm


class AskForm(KeyedForm):
    """A school asks to come."""

    school = forms.NameField(label=_("School"))
    phone = forms.PhoneField(label=_("Phone"), required=False)
    pupils = forms.IntegerField(label=_("How many pupils"), min_value=1, max_value=200)
    on = forms.DayField(label=_("The day they would like"))


class ConfirmForm(DeskForm):
    """The day of the visit."""

    on = forms.DayField(label=_("The day of the visit"))
