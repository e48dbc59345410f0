"""What comes in on the pages of sheets."""

import json
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import Unit
from tadbir.desk.forms.fields import line_in, text_in
from tadbir.procedures.actions import ADOPTED
from tadbir.procedures.models import Sheet
from tadbir.procedures.parsing import parse_sheet
from tadbir.procedures.queries import as_shown
from tadbir.procedures.sheet import SheetError
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm


class TakeForm(forms.Form):
    """A sheet of the catalogue, and the unit that will answer for it."""

    code = forms.ChoiceField(label=_("Service"))
    unit = forms.ModelChoiceField(label=_("Unit that answers for it"), queryset=Unit.everywhere.none())

    def __init__(self, *args: Any, choices: list[tuple[str, str]], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("code", choices)
        self.offer("unit", units)


class AdoptForm(ConfirmingForm):
    """What the adoption of a sheet needs."""

    reference = forms.TextField(label=_("Reference of the decision that adopts it"), max_length=120)
    reference_fr = forms.TextField(
        label=_("The same reference in French"),
        max_length=120,
        required=False,
        help_text=_("Without it, who reads French sees the reference as it was typed."),
    )
    adopted_on = forms.DayField(span=ADOPTED, label=_("Date of that decision"))
    delay_days = forms.IntegerField(
        label=_("Delay of the answer, in days"), min_value=1, max_value=3650, required=False
    )
    cndp_reference = forms.TextField(
        label=_("Receipt or authorisation of the CNDP"),
        max_length=120,
        required=False,
        help_text=_("Needed when the sheet asks for personal data (law 09-08, articles 12 and 15)."),
    )


class SwitchForm(ConfirmingForm):
    """The two buttons that offer a service and stop offering it."""

    on = forms.ChoiceField(choices=[("1", "1"), ("0", "0")], widget=forms.HiddenInput)


class ShippedForm(ConfirmingForm):
    """The two buttons beside a text that a later version ships."""

    choice = forms.ChoiceField(choices=[("take", "take"), ("keep", "keep")], widget=forms.HiddenInput)


class CorrectForm(ConfirmingForm):
    """The texts most often corrected, beside the whole sheet as data for the rest."""

    TEXTS = (
        ("ar", _("Name in Arabic"), "rtl"),
        ("fr", _("Name in French"), "ltr"),
        ("summary_ar", _("One sentence in Arabic"), "rtl"),
        ("summary_fr", _("One sentence in French"), "ltr"),
        ("cost_ar", _("Cost in Arabic"), "rtl"),
        ("cost_fr", _("Cost in French"), "ltr"),
        ("silence_ar", _("Effect of silence, in Arabic"), "rtl"),
        ("silence_fr", _("Effect of silence, in French"), "ltr"),
    )
    whole = forms.LongTextField(
        label=_("The rest of the sheet, as data"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "ltr", "spellcheck": "false"}),
        help_text=_("Documents, questions, wordings, legal bases. A mistake is refused with the name of the key."),
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, shown=as_shown(sheet), **kwargs)
        self.sheet = sheet
        named = {name for name, _label, _side in self.TEXTS}
        for name, label, side in self.TEXTS:
            field_in = text_in if name.startswith(("summary", "silence")) else line_in
            needed = name in ("ar", "fr", "summary_ar", "summary_fr")
            now = sheet.body.get(name, "")
            self.add(name, field_in(side, label=label, max_length=600, initial=now, required=needed))
        rest = {key: value for key, value in sheet.body.items() if key not in named}
        self.fields["whole"].initial = json.dumps(rest, ensure_ascii=False, indent=2)
        self.order_fields([*(name for name, _label, _side in self.TEXTS), "whole", "shown"])

    def clean(self) -> dict[str, Any]:
        """The corrected sheet must be a sheet; `table` holds it."""
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            rest = json.loads(data["whole"] or "{}")
            if not isinstance(rest, dict):
                raise ValueError("not a table")
        except ValueError:
            self.add_error("whole", _("This is not well written data: look for a missing comma or quote."))
            return data
        texts = {name: data[name] for name, _label, _side in self.TEXTS if data[name] or name in self.sheet.body}
        self.table: dict[str, Any] = rest | texts
        try:
            parsed = parse_sheet(self.table, self.sheet.code)
        except SheetError as error:
            self.add_error("whole", str(error))
            return data
        if parsed.code != self.sheet.code:
            self.add_error("whole", _("The code of a service does not change."))
        if self.table == self.sheet.body:
            self.add_error(None, _("Nothing was changed."))
        return data
