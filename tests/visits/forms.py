"""What comes in."""

from django.utils.translation import gettext_lazy as _

from tadbir.desk.verbs import DeskForm
from tadbir.ui import forms


class AskForm(forms.Form):
    """A school asks to come."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    school = forms.NameField(label=_("School"))
    phone = forms.PhoneField(label=_("Phone"), required=False)
    pupils = forms.IntegerField(label=_("How many pupils"), min_value=1, max_value=200)
    on = forms.DayField(label=_("The day they would like"))


class ConfirmForm(DeskForm):
    """The day of the visit."""

    on = forms.DayField(label=_("The day of the visit"))
