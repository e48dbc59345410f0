"""What the clerk types at the counter: one page, in the order the visitor says it, nothing that is not needed."""

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tadbir.councils.clock import today
from tadbir.councils.models import Unit
from tadbir.desk.words import IDENTITIES
from tadbir.procedures.models import Sheet
from tadbir.reading.days import Span, read_day
from tadbir.services.forms.residents import RequestForm
from tadbir.services.requests import Filing, Lacking, Piece, lacking_in, lacking_of
from tadbir.ui import forms
from tadbir.ui.dates import day_words as written_day
from tadbir.ui.dates import days_words
from tadbir.ui.keyed import KeyedForm

CHANNELS = (("counter", _("at the counter")), ("post", _("by post")))
LANGUAGES = (("ar", _("Arabic")), ("fr", _("French")))


#: Days that a paper may wait before it is typed in, without a question.
USUAL_DAYS = 7


def day_words() -> Any:
    """A date field that starts at today when left alone."""
    return forms.DayField(
        span=Span.DONE,
        label=_("Received by the council on"),
        required=False,
        help_text=_("Only if it came before today. The date of entry is kept apart."),
    )


class ServiceForm(forms.Form):
    """Which service: a few letters of its name, or its number."""

    service = forms.TextField(label=_("What does the visitor want?"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].widget.attrs.update(list="services", autocomplete="off", autofocus=True, accesskey="s")


class CounterForm(KeyedForm, RequestForm):
    """One visitor, one request."""

    address = forms.TextField(label=_("Address"), required=False, max_length=240)
    identity_kind = forms.ChoiceField(
        label=_("Identity document seen"),
        choices=list(IDENTITIES.items()),
        required=False,
        help_text=_("What you saw, not its number: neither number nor copy is kept."),  # without authorisation
    )
    language = forms.ChoiceField(label=_("Language of the papers"), choices=LANGUAGES)
    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS)
    filed_on = day_words()
    sure = forms.ConfirmField(label=_("The date is right: the council received it on that day"), required=False)
    paper_number = forms.NumberField(
        label=_("Number of the paper receipt already given"),
        required=False,
        help_text=_("Only if a numbered receipt was given while the power was out, as PB-2026-00001/03."),
    )
    urgent = forms.BooleanField(label=_("Urgent: life or freedom of a person (law 31-13)"), required=False)
    documents = forms.MultipleChoiceField(
        label=_("Documents in hand"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what you hold. They can be scanned afterwards."),
    )
    told = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, sheet: Sheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(sheet, *args, **kwargs)
        self.choose("documents", [(document.code, document.label) for document in sheet.parsed.asked_of_user])
        if not sheet.law.urgent or "q_urgent" in self.fields:  # said once: where the form asks it, its answer counts
            del self.fields["urgent"]
        if not self._is_old(self.filed):
            del self.fields["sure"]
        self._say_what_is_kept()
        name = self.fields["name"]
        name.widget.attrs.update(autofocus=True, autocomplete="off", accesskey="n")
        name.label = _("Who asks: full name, or name of the body")
        self.fields["kind"].label = _("The visitor is")
        self.fields["phone"].widget.attrs["autocomplete"] = "off"
        self.fields["for_name"].label = _("Name of whoever came for him")
        self.fields["mandate"].label = _("By what right (power of attorney, parent, president…)")
        for code in ("phone", "email"):
            self.fields[code].help_text = ""
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not field.widget.is_hidden:
                field.widget.attrs.setdefault("autocomplete", "off")

    def _say_what_is_kept(self) -> None:
        """One sentence on identity papers: their copies are kept where the CNDP authorised it, and nowhere else."""
        if "identity_number" not in self.sheet.parsed.personal_data:
            return
        if self.sheet.is_adopted:
            self.fields["identity_kind"].help_text = _(
                "What you saw, not its number. Only the copies that the sheet lists are kept (CNDP: %(reference)s)."
            ) % {"reference": self.sheet.cndp_reference}
        else:
            self.fields["documents"].help_text = _(
                "Tick what you hold. Scan no identity paper: of each, only its kind and the day you saw it are kept."
            )

    def _is_old(self, day: date) -> bool:
        """Whether a day is asked twice: it is unusually long ago, or the answer would be late already."""
        return (today() - day).days > min(USUAL_DAYS, self.sheet.delay_days or USUAL_DAYS)

    def clean(self) -> Any:
        """A day long before today is asked twice: it moves every delay, and few can put it right."""
        found, day = super().clean(), self.cleaned_data.get("filed_on")
        if day and self._is_old(day) and not self.cleaned_data.get("sure"):
            age = (today() - day).days
            late = bool(self.sheet.delay_days) and age > (self.sheet.delay_days or 0) and self._is_whole
            told = _("You typed %(day)s, which is %(ago)s ago. Look at the paper again; if it is right, tick below.")
            if late:
                told = _(
                    "You typed %(day)s, which is %(ago)s ago: the answer would be late. If it is right, tick below."
                )
            said = {"day": written_day(day), "ago": days_words(age)}
            self.add_error("sure", told % said)
        return found

    @property
    def _is_whole(self) -> bool:
        """Whether every required document is ticked: else no delay runs yet, and none can be over."""
        return not lacking_of(self.sheet, self.pieces, {}, str(self.cleaned_data.get("kind", ""))).codes

    @property
    def filed(self) -> date:
        """The day written on the paper, where it came before today."""
        written = read_day(str(self.data.get(self.add_prefix("filed_on"), "")))
        return min(written, today()) if written else today()

    def clean_filed_on(self) -> Any:
        """The paper cannot be dated after today."""
        day = self.cleaned_data.get("filed_on")
        if day and day > today():
            raise ValidationError(_("This date lies ahead of today."))
        return day

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The documents in the clerk's hand, on paper."""
        found = [self.sheet.parsed.document(code) for code in self.cleaned_data.get("documents", ())]
        return tuple(Piece(document.code, document.ar) for document in found if document)

    @cached_property
    def lacks(self) -> Lacking:
        """What the request of a valid form lacks: what the page of the resident says of it too."""
        return lacking_in(self.counter_filing())

    @property
    def may_file(self) -> bool:
        """Whether it can be taken, and the clerk has read all that it lacks and sends again."""
        told = set(str(self.cleaned_data.get("told")).split())
        return not self.lacks.essential and set(self.lacks.named.split()) <= told

    def counter_filing(self) -> Filing:
        """The filing that a valid form asks for, as a clerk files it."""
        found = self.cleaned_data
        filing = self.to_filing(self.pieces)
        seen = found["identity_kind"]
        here = filing.representative if filing.representative else filing.applicant
        here = replace(here, identity_kind=seen, identity_seen_on=today() if seen else None, language=found["language"])
        applicant = filing.applicant if filing.representative else here
        return replace(
            filing,
            channel=found["channel"],
            language=found["language"],
            filed_on=found["filed_on"] if found["filed_on"] != today() else None,
            applicant=replace(applicant, address=found["address"], language=found["language"]),
            representative=here if filing.representative else None,
            urgent=filing.urgent or bool(found.get("urgent")),
            paper_number=found["paper_number"],
        )


class BlockForm(forms.Form):
    """How many numbered receipts to print."""

    size = forms.TypedChoiceField(
        label=_("How many receipts"), coerce=int, choices=[(10, "10"), (20, "20"), (50, "50")], widget=forms.RadioSelect
    )
    unit = forms.ModelChoiceField(label=_("For which unit"), queryset=Unit.everywhere.none())

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("unit", units)


class CloseBlockForm(forms.Form):
    """Why each unused number was not used."""

    def __init__(self, *args: Any, unused: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unused = {f"n{rank}": number for rank, number in enumerate(unused)}
        for name, number in self.unused.items():
            self.fields[name] = forms.ChoiceField(
                label=number,
                required=True,
                choices=[("", "—"), ("never used", _("never used")), ("spoiled", _("spoiled")), ("lost", _("lost"))],
            )

    @property
    def reasons(self) -> dict[str, str]:
        """The reason of each number."""
        return {number: self.cleaned_data[name] for name, number in self.unused.items()}
