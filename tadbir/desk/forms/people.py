"""What comes in on the pages of people, units, roles, delegations and absences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import Delegation, Person, Quality, Unit


def day_input() -> forms.DateInput:
    """The browser's own date field."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlainForm(forms.Form):
    """Labels without colons; dates always as the browser writes them."""

    template_name = "ui/form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class UnitForm(PlainForm):
    """A unit of the council's administration."""

    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=120, widget=forms.TextInput(attrs={"dir": "rtl"}))
    name_fr = forms.CharField(label=_("Name in French"), max_length=120, widget=forms.TextInput(attrs={"dir": "ltr"}))
    code = forms.SlugField(
        label=_("Short code"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Latin letters, digits and hyphens, as equipment. It does not change afterwards."),
    )
    parent = forms.ModelChoiceField(label=_("Part of"), queryset=Unit.everywhere.none(), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """A code is used once."""
        code = str(self.cleaned_data["code"])
        if self.fields["parent"].queryset.filter(code=code).exists():  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Another unit has this code."))
        return code


class RoleForm(PlainForm):
    """A quality given from a date."""

    quality = forms.ChoiceField(label=_("Quality"), choices=Quality.choices)
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.everywhere.none(),
        required=False,
        help_text=_("Left empty: for the whole council."),
    )
    starts_on = forms.DateField(label=_("From"), widget=day_input())
    ends_on = forms.DateField(label=_("Until"), widget=day_input(), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ends after it starts; a head and an officer belong to a unit."""
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end comes before the beginning."))
        if data.get("quality") in (Quality.HEAD, Quality.OFFICER) and not data.get("unit"):
            self.add_error("unit", _("A head or an officer belongs to a unit: choose it."))
        return data


class PersonForm(RoleForm):
    """Somebody new: name, e-mail to sign in, first role."""

    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=120, widget=forms.TextInput(attrs={"dir": "rtl"}))
    name_fr = forms.CharField(label=_("Name in French"), max_length=120, widget=forms.TextInput(attrs={"dir": "ltr"}))
    email = forms.EmailField(
        label=_("E-mail to sign in"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr"}),
        help_text=_("Left empty: this person does not sign in."),
    )
    field_order = ("name_ar", "name_fr", "email", "quality", "unit", "starts_on", "ends_on")


class EndRoleForm(PlainForm):
    """The last day of a role or of a delegation."""

    ends_on = forms.DateField(label=_("Last day"), widget=day_input())


class AbsenceForm(PlainForm):
    """When a person is away; both left empty: present."""

    absent_from = forms.DateField(label=_("Away from"), widget=day_input(), required=False)
    absent_until = forms.DateField(label=_("Away until"), widget=day_input(), required=False)

    def clean(self) -> dict[str, Any]:
        """An end needs a beginning, and comes after it."""
        data = super().clean() or {}
        start, end = data.get("absent_from"), data.get("absent_until")
        if end and not start:
            self.add_error("absent_from", _("Say from which day."))
        if start and end and end < start:
            self.add_error("absent_until", _("The end comes before the beginning."))
        return data


#: Kinds of act whose signature the president may delegate; the codes are those of the acts.
SUBJECTS = (
    ("*", _("every kind of act")),
    ("outcome", _("answers to requests")),
    ("letter", _("letters")),
    ("certificate", _("certificates")),
    ("transmission", _("transmissions")),
)


class DelegationForm(PlainForm):
    """A delegation order of the president."""

    delegate = forms.ModelChoiceField(label=_("Delegated to"), queryset=Person.everywhere.none())
    scope = forms.ChoiceField(label=_("What is delegated"), choices=Delegation.Scope.choices)
    subjects = forms.MultipleChoiceField(
        label=_("For which acts"), choices=SUBJECTS, widget=forms.CheckboxSelectMultiple
    )
    order_reference = forms.CharField(label=_("Reference of the order"), max_length=80)
    starts_on = forms.DateField(label=_("From"), widget=day_input())
    ends_on = forms.DateField(label=_("Until"), widget=day_input(), required=False)

    def __init__(self, *args: Any, receivers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delegate"].queryset = receivers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ends after it starts."""
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end comes before the beginning."))
        return data
