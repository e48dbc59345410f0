"""What comes in on the pages of people, units, roles, delegations and absences."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadbir.acts.kinds import all_kinds
from tadbir.councils.days import AWAY, NAMED, ORDER, ROLE
from tadbir.councils.models import Delegation, Person, Quality, Unit, in_language
from tadbir.desk.forms.correcting import CorrectionForm
from tadbir.desk.forms.fields import name_in
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm


class UnitForm(forms.Form):
    """A unit of the council's administration."""

    name_ar = name_in("rtl", label=_("Name in Arabic"))
    name_fr = name_in("ltr", label=_("Name in French"))
    code = forms.SlugField(
        label=_("Short code"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Latin letters, digits and hyphens, as equipment. It does not change afterwards."),
    )
    parent = forms.ModelChoiceField(label=_("Part of"), queryset=Unit.everywhere.none(), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("parent", units)
        self.units = units

    def clean_code(self) -> str:
        """A code is used once."""
        code = str(self.cleaned_data["code"])
        if self.units.filter(code=code).exists():
            raise forms.ValidationError(_("Another unit has this code."))
        return code


class NamesForm(CorrectionForm):
    """The names of a unit or of an agent, as they should be."""

    name_ar = name_in("rtl", label=_("Name in Arabic"))
    name_fr = name_in("ltr", label=_("Name in French"))
    field_order: tuple[str, ...] = ("name_ar", "name_fr", "reason")


class EmailOfAgentForm(CorrectionForm):
    """The e-mail by which an agent signs in, as it should be."""

    email = forms.EmailField(
        label=_("E-mail to sign in"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    field_order = ("email", "reason")


class UnitNamesForm(NamesForm):
    """The names of a unit, what it is part of, and since when."""

    parent = forms.ModelChoiceField(label=_("Part of"), queryset=Unit.everywhere.none(), required=False)
    since = forms.DayField(
        span=NAMED,
        label=_("From which day"),
        required=False,
        help_text=_("The day of the order that names it so. Left empty: it was typed wrong from the beginning."),
    )
    field_order = ("name_ar", "name_fr", "parent", "since", "reason")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("parent", units)


class InForceForm(forms.Form):
    """What holds from a day, perhaps until another; that it ends after it began is judged where it is written."""

    starts_on = forms.DayField(span=ROLE, label=_("From"))
    ends_on = forms.DayField(span=ROLE, label=_("Until"), required=False)


class RoleForm(InForceForm):
    """A quality given from a date."""

    quality = forms.ChoiceField(label=_("Quality"), choices=Quality.choices)
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.everywhere.none(),
        required=False,
        help_text=_("Left empty: for the whole council."),
    )
    field_order: tuple[str, ...] = ("quality", "unit", "starts_on", "ends_on")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", units)

    def clean(self) -> dict[str, Any]:
        """A head and an officer belong to a unit."""
        data = super().clean() or self.cleaned_data
        if data.get("quality") in (Quality.HEAD, Quality.OFFICER) and not data.get("unit"):
            self.add_error("unit", _("A head or an officer belongs to a unit: choose it."))
        return data


class GiveRoleForm(ConfirmingForm, RoleForm):
    """A quality given to somebody who is there, beside those that his page displays."""


class PersonForm(RoleForm):
    """Somebody new: name, e-mail to sign in, first role."""

    name_ar = name_in("rtl", label=_("Name in Arabic"))
    name_fr = name_in("ltr", label=_("Name in French"))
    email = forms.EmailField(
        label=_("E-mail to sign in"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Left empty: this person does not sign in."),
    )
    field_order = ("name_ar", "name_fr", "email", *RoleForm.field_order)


class LastDayForm(ConfirmingForm):
    """The last day of a role or of a delegation, asked twice and never chosen beforehand; the one it has, put right."""

    ends_on = forms.DayField(span=ROLE, label=_("Last day"))
    sure = forms.ConfirmField(label=_("It does end on this day"))

    def __init__(self, *args: Any, last: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last
        if last is not None:
            del self.fields["sure"]
            self.initial.setdefault("ends_on", last)
            self.fields["ends_on"].required = False
            self.fields["ends_on"].help_text = gettext("Left empty: it goes on, that last day was a mistake.")

    @property
    def goes_on(self) -> bool:
        """Whether it lasts beyond the last day that was said, or has none any more."""
        ends_on = self.cleaned_data.get("ends_on")
        return self.last is not None and (ends_on is None or ends_on >= self.last)


#: Nobody by name: its unit, whose head gives it.
TO_UNIT, LATER = "unit", "later"


class GiveForm(ConfirmingForm):
    """To whom the dossiers of somebody go."""

    to = forms.ChoiceField(label=_("Give his dossiers to"))

    def __init__(self, *args: Any, receivers: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = {str(person.pk): person for person in receivers}
        self.choose("to", [("", "—"), *self.receivers.items(), (TO_UNIT, _("their units: the head gives them"))])

    @property
    def receiver(self) -> Person | None:
        """Who was chosen; None for the units."""
        return self.receivers.get(self.cleaned_data["to"])


class EndRoleForm(GiveForm, LastDayForm):
    """The last day of a role, and to whom goes what it leaves."""

    field_order = ("ends_on", "to", "sure")

    def __init__(self, *args: Any, leaves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not leaves:
            del self.fields["to"]
            return
        later = (LATER, _("nobody yet: they stay in his name until his last day"))
        self.choose("to", [*self.fields["to"].choices, later])  # type: ignore[attr-defined]
        if self.last is not None:
            self.fields["to"].required = False
            self.fields["to"].help_text = gettext("Asked only for an earlier last day: who stays keeps them.")

    def clean(self) -> dict[str, Any]:
        """Who stays keeps his dossiers; who leaves earlier than was said gives them."""
        data = super().clean() or self.cleaned_data
        if "to" in self.fields and not data.get("to") and "ends_on" in data and not self.goes_on:
            self.add_error("to", self.fields["to"].error_messages["required"])
        return data

    @property
    def gives(self) -> bool:
        """Whether the dossiers are given now."""
        return not self.goes_on and self.cleaned_data.get("to", LATER) != LATER

    @property
    def receiver(self) -> Person | None:
        """Who was chosen; None for the units, or for nobody yet."""
        return self.receivers.get(self.cleaned_data.get("to", ""))


class AbsenceForm(ConfirmingForm):
    """When a person is away; both left empty: present."""

    absent_from = forms.DayField(span=AWAY, label=_("Away from"), required=False)
    absent_until = forms.DayField(span=AWAY, label=_("Away until"), required=False)


class ConfirmLinkForm(ConfirmingForm):
    """A second person's word on a sign-in link for somebody who signs."""

    CONFIRM, REFUSE = "confirm", "refuse"
    answer = forms.ConfirmChoiceField(
        label=_("What do you say?"),
        choices=[
            (CONFIRM, _("I spoke to this person, who asked for it: let it open")),
            (REFUSE, _("refuse it: it opens nothing")),
        ],
        widget=forms.RadioSelect,
    )


class AnswerPowerForm(ConfirmingForm):
    """A second person's word on a role that signs, or on an order of the president."""

    CONFIRM, REFUSE = "confirm", "refuse"
    answer = forms.ConfirmChoiceField(
        label=_("What do you say?"),
        choices=[(CONFIRM, _("I know of it, and it is right: let it hold")), (REFUSE, _("refuse it: nothing changes"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, concerned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if concerned:  # who asked for it, or gets it, may only give it up
            self.choose("answer", [(self.REFUSE, _("refuse it: nothing changes"))])


def subjects() -> list[tuple[str, str]]:
    """Kinds of act whose signature the president may delegate: every one that somebody signs."""
    named = [(kind.code, in_language(kind.label_ar, kind.label_fr)) for kind in all_kinds() if kind.signed]
    return [("*", gettext("every kind of act")), *named]


class DelegationForm(ConfirmingForm, InForceForm):
    """A delegation order of the president."""

    starts_on = forms.DayField(span=ORDER, label=_("From"))
    ends_on = forms.DayField(span=ORDER, label=_("Until"), required=False)
    delegate = forms.ModelChoiceField(label=_("Delegated to"), queryset=Person.everywhere.none())
    scope = forms.ChoiceField(label=_("What is delegated"), choices=Delegation.Scope.choices)
    subjects = forms.MultipleChoiceField(
        label=_("For which acts"), choices=subjects, widget=forms.CheckboxSelectMultiple
    )
    units = forms.ModelMultipleChoiceField(
        label=_("For which units"),
        queryset=Unit.everywhere.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every unit. What is under a unit goes with it. A head signs for his own unit only."),
    )
    order_reference = forms.TextField(label=_("Reference of the order"), max_length=80)
    field_order = ("delegate", "scope", "subjects", "units", "order_reference", "starts_on", "ends_on")

    def __init__(self, *args: Any, receivers: QuerySet[Person], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("delegate", receivers)
        self.offer("units", units)
