"""Which register to print, for which period; and the scan of its signed pages."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.desk.forms.keeping import KeepingForm
from tadbir.ledgers.kinds import choices, registers
from tadbir.ledgers.periods import PARTS, Period, name_of_part
from tadbir.reading.days import Span
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm


def last_month() -> dict[str, Any]:
    """The month that ended last: what somebody who opens the page most often wants."""
    day = today()
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return {"register": registers()[0].code, "year": year, "part": f"m{month:02d}"}


class PeriodForm(forms.Form):
    """A register and a period that has begun."""

    register = forms.ChoiceField(label=_("Which register"), choices=choices)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    part = forms.ChoiceField(label=_("Month, quarter or year"))

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("year", [(year, str(year)) for year in years])
        self.choose("part", [(code, name_of_part(code)) for code in PARTS])

    def clean(self) -> dict[str, Any]:
        """The period itself, which refuses to lie ahead."""
        data = super().clean() or {}
        if "year" in data and "part" in data:
            try:
                data["period"] = Period(data["year"], data["part"])
            except ValidationError as error:
                self.add_error("part", error)
        return data


class PrintForm(ConfirmingForm):
    """Number and seal the lines that are displayed."""


class SignedPagesForm(KeepingForm):
    """Who signed the pages, when, and their scan."""

    signed_by = forms.ModelChoiceField(label=_("Who signed"), queryset=Person.everywhere.none())
    signed_on = forms.DayField(span=Span.DONE, label=_("Day of the signature"))
    document = forms.FileField(label=_("Scan of the signed pages: one PDF, or a photo"))
    seen = forms.ConfirmField(label=_("I looked at this scan: the signature of who is named above is on it"))

    def __init__(self, *args: Any, signers: Any, since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("signed_by", signers)
        self.fields["signed_on"].widget.attrs.update(min=since.isoformat(), max=today().isoformat())


class WithdrawScanForm(forms.Form):
    """Why a scan of signed pages is taken away."""

    reason = forms.TextField(label=_("Why it is taken away"))
