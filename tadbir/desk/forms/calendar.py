"""What comes in on the calendar page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.desk.forms.correcting import CorrectionForm
from tadbir.dossiers.models import ClosedDay
from tadbir.reading.days import Span
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm
from tadbir.ui.dates import days_words

FEASTS = (
    ("", "—"),
    ("fitr", _("Eid al-Fitr")),
    ("adha", _("Eid al-Adha")),
    ("muharram", _("First of Muharram")),
    ("mawlid", _("Birth of the Prophet")),
)
#: The law refuses longer ones.
LONGEST_FEAST, LONGEST_CLOSURE = 5, 31
#: Longer than this is asked again: one digit more moves every date of the council.
USUAL_CLOSURE = 7


class SureOfManyDays(ConfirmingForm):
    """A form about closed days, which asks again before it closes more of them than is usual."""

    usual = USUAL_CLOSURE
    sure = forms.ConfirmField(label=_("Yes, the offices are closed on all these days"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = str(self.data.get("days", "")) if self.is_bound else ""
        self.many = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
        if self.many <= self.usual:
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        """Many days are confirmed by a tick."""
        data = super().clean() or {}
        if "sure" in self.fields and not data.pop("sure", False) and "days" in data:
            text = _(
                "Delays that end during these %(days)s, or count in working days, would all move. Is it so? Then tick."
            )
            self.add_error("sure", text % {"days": days_words(self.many)})
        return data


class ClosedDayForm(SureOfManyDays):
    """An official date or an announced closure."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=ClosedDay.Kind.choices, widget=forms.RadioSelect)
    feast = forms.ChoiceField(label=_("Which feast"), choices=FEASTS, required=False)
    day = forms.DayField(span=Span.AROUND, label=_("First day closed"))
    days = forms.IntegerField(label=_("How many days"), min_value=1, max_value=LONGEST_CLOSURE, initial=1)
    source = forms.TextField(
        label=_("Which official text or announcement says so"),
        max_length=200,
        help_text=_("As: announcement of the ministry of Habous of that day; circular and its number."),
    )

    def __init__(self, *args: Any, taken: Callable[[str, date], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken

    def clean(self) -> dict[str, Any]:
        """A feast says which; nothing is typed in twice."""
        data = super().clean() or {}
        feast = data.get("kind") == ClosedDay.Kind.FEAST
        if feast and not data.get("feast"):
            self.add_error("feast", _("Say which feast."))
        if feast and (data.get("days") or 1) > LONGEST_FEAST:
            self.add_error("days", _("A feast closes the offices five days at most."))
        if data.get("kind") and data.get("day") and self.taken(data["kind"], data["day"]):
            self.add_error("day", _("This day is already recorded."))
        if not feast:
            data["feast"] = ""
        return data


class CorrectDayForm(SureOfManyDays, CorrectionForm):
    """A day that was typed in: put right, or withdrawn."""

    CHANGE, WITHDRAW = "change", "withdraw"

    what = forms.ChoiceField(
        label=_("What was wrong"),
        choices=[
            (CHANGE, _("the day, its length or its source: write them as they should be")),
            (WITHDRAW, _("the whole: the offices are not closed that day")),
        ],
        widget=forms.RadioSelect,
    )
    day = forms.DayField(span=Span.AROUND, label=_("First day closed"))
    days = forms.IntegerField(label=_("How many days"), min_value=1, max_value=LONGEST_CLOSURE)
    source = forms.TextField(label=_("Which official text or announcement says so"), max_length=200)
    field_order = ("what", "day", "days", "source", "reason")

    def __init__(self, *args: Any, row: ClosedDay, **kwargs: Any) -> None:
        initial = {"day": row.day, "days": row.days or 1, "source": row.source}
        self.usual = max(USUAL_CLOSURE, row.days or 0)  # fewer than before is no new risk
        super().__init__(*args, initial=initial, **kwargs)
        if row.kind == ClosedDay.Kind.FEAST:
            self.fields["days"].required = False  # as usual for the feast
            self.initial["days"] = row.days

    @property
    def withdraws(self) -> bool:
        """Whether the day goes as a whole."""
        return bool(self.cleaned_data["what"] == self.WITHDRAW)

    @property
    def told(self) -> dict[str, Any]:
        """The day as it should be."""
        return {name: self.cleaned_data[name] for name in ("day", "days", "source")}
