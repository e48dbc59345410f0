"""What an officer writes in a dossier: one small form for each verb, its choices taken from the dossier itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir import law
from tadbir.councils.clock import today
from tadbir.desk.dossier import Desk
from tadbir.desk.forms.keeping import KeepingForm
from tadbir.desk.forms.verbs import as_choices
from tadbir.desk.offers import words_of
from tadbir.desk.verbs import DeskForm
from tadbir.desk.words import fact_name
from tadbir.reading.days import Span
from tadbir.reading.letters import says_something
from tadbir.services.queries.remedies import contestable
from tadbir.services.requests import OTHER
from tadbir.ui import forms
from tadbir.ui.text import OWN_WORDS, SAYS_NOTHING
from tadbir.ui.unbroken import colon

GROUNDS = (("expertise", _("technical expertise")), ("inquiry", _("public inquiry")))
RECEIVED = (
    ("in_hand", _("in hand against signature")),
    ("registered_post", _("registered post with acknowledgement")),
    ("acknowledged_mail", _("acknowledged e-mail")),
)


class DocumentForm(DeskForm):
    """A document of the published sheet, and why."""

    document = forms.ChoiceField(label=_("Which document"))
    reason = forms.ReasonField(label=_("Why (the person reads this)"), max_length=2000)

    def prepare(self, desk: Desk) -> None:
        """Only what the sheet asks of the person (law 55-19, article 3)."""
        sheet = desk.dossier.sheet
        self.choose("document", [(doc.code, doc.label) for doc in sheet.parsed.asked_of_user] if sheet else [])


class QuestionForm(DeskForm):
    """The one request for information."""

    question = forms.LongTextField(label=_("What do you need to know? (the person reads this)"), max_length=3000)


class ReceivedForm(DeskForm):
    """The person got the request."""

    asked = forms.ChoiceField(label=_("Which request"))
    means = forms.ChoiceField(label=_("How he got it"), choices=RECEIVED)

    def prepare(self, desk: Desk) -> None:
        """The requests whose reception is not recorded."""
        self.choose("asked", as_choices(desk.not_yet_received))
        self.choose("means", [row for row in RECEIVED if row[0] != "acknowledged_mail" or desk.has_mail])


class ExtendForm(DeskForm):
    """The one extension."""

    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS)
    days = forms.IntegerField(label=_("How many days it takes"), min_value=1, max_value=365)
    reason = forms.ReasonField(label=_("Why (the person reads this)"), max_length=2000)


HOW = (("written", _("in writing: he left a paper")), ("said", _("said at the counter, to whoever records it")))


class ToldForm(KeepingForm, DeskForm):
    """What the person does through an agent: how it reached him, when, in which words, with which paper."""

    how = forms.ChoiceField(label=_("How he told it"), choices=HOW, widget=forms.RadioSelect)
    on = forms.DayField(span=Span.DONE, label=_("When the council learnt it"))
    reason = forms.ReasonField(
        label=_("What he says"),
        own=True,
        sometimes=True,
        max_length=3000,
        help_text=_("His own words, or the reference of his paper. Where he left a paper, it may say it itself."),
    )
    document = forms.FileField(
        label=_("Scan of his paper"), required=False, help_text=_("Now, or later from the page of the dossier.")
    )

    def prepare(self, desk: Desk) -> None:
        """Between the filing and today."""
        self.fields["on"] = forms.DayField(
            label=self.fields["on"].label, first=desk.dossier.opened_on, last=today(), initial=today()
        )

    def clean(self) -> dict[str, Any]:
        """Spoken words are written down; a paper says it itself."""
        data = super().clean() or self.cleaned_data
        if data.get("how") == "said" and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", OWN_WORDS)
        return data


class AppealForm(ToldForm):
    """What the person contests; where something was decided, a day before it is asked twice."""

    early = forms.BooleanField(label=_("It came before the answer or the end of the delay"), required=False)

    def prepare(self, desk: Desk) -> None:
        """Asked only where something was decided."""
        super().prepare(desk)
        if contestable(desk.story) is None:
            del self.fields["early"]


class WithdrawForm(ToldForm):
    """How the person took his request back: in which words, always."""

    how = forms.ChoiceField(label=_("How he withdrew it"), choices=HOW, widget=forms.RadioSelect)
    reason = forms.ReasonField(
        label=_("What he says"), help_text=_("His own words, or the reference of his paper. It is kept with the entry.")
    )


class WithdrawRemedyForm(WithdrawForm):
    """Which remedy the person took back, in which words."""

    asked = forms.ChoiceField(label=_("Which remedy"))

    def prepare(self, desk: Desk) -> None:
        """Those that wait."""
        super().prepare(desk)
        filed = [one.filed for one in desk.regime.answered] if desk.regime else []
        self.choose("asked", as_choices(desk.story.waiting(*filed)))


class MisdirectedForm(DeskForm):
    """Who does it instead."""

    to = forms.TextField(label=_("Who does it"), help_text=_("The office, and where it is."))
    explanation = forms.ReasonField(
        label=_("Why it is not for the council, and what to do there (the person reads this)"), max_length=2000
    )


class DuplicateForm(DeskForm):
    """The dossier that stays."""

    original = forms.NumberField(
        label=_("Number of the first dossier"),
        help_text=_("Where another person filed the first one, nothing is closed: both go on, linked."),
    )


class ReturnForm(DeskForm):
    """Why the file goes back."""

    ground = forms.ChoiceField(label=_("Ground"))

    def prepare(self, desk: Desk) -> None:
        """What did not come in this dossier."""
        grounds = [("missing", _("the missing documents did not come"))] if desk.missing_documents else []
        if desk.story.waiting("replacement_asked"):
            grounds.append(("replacement", _("the replacement did not come")))
        self.choose("ground", grounds)


class GiveReasonsForm(DeskForm):
    """The reasons of an implied refusal."""

    asked = forms.ChoiceField(label=_("Which request"))
    reasons = forms.LongTextField(label=_("Reasons, in fact and in law"))

    def prepare(self, desk: Desk) -> None:
        """The requests that wait."""
        self.choose("asked", as_choices(desk.story.waiting("reasons_asked")))


class SupplyForm(KeepingForm, DeskForm):
    """A document brought later: paper in the hand, or its scan."""

    requirement = forms.ChoiceField(label=_("Which document"))
    original = forms.BooleanField(label=_("The original, or a certified copy, was shown"), required=False)
    document = forms.FileField(label=_("Scan"), required=False, help_text=_("Now, or later from this page."))

    def prepare(self, desk: Desk) -> None:
        """What is missing first, then the whole sheet, then anything else."""
        sheet = desk.dossier.sheet
        asked = [(doc.code, doc.label) for doc in sheet.parsed.asked_of_user] if sheet else []
        first = [doc.code for doc in desk.missing_documents]
        first += [str(fact.data.get("document")) for fact in desk.questions if fact.data.get("document")]
        asked.sort(key=lambda choice: choice[0] not in first)
        self.choose("requirement", [("", "—"), *asked, (OTHER, _("another document"))])


class TellForm(DeskForm):
    """The person's answer, told at the counter."""

    text = forms.LongTextField(label=_("What the person answers"))


def steps(desk: Desk, *, closing: bool = False) -> list[str]:
    """The steps of the dossier's own law: those that close it, or those that do not."""
    found = desk.regime.facts.values() if desk.regime else ()
    return [one.code for one in found if one.step and bool(law.FACTS[one.code].closes) == closing]


def steps_now(desk: Desk, *, closing: bool = False) -> list[str]:
    """Those that may be recorded now: none whose letter waits for its signature or its notification."""
    kinds = steps(desk, closing=closing)
    return [kind for kind in kinds if desk.may(kind) and not (kind in desk.letters or desk.signed_letter(kind))]


class StepForm(DeskForm):
    """A step of the dossier's own law."""

    closing = False
    kind = forms.ChoiceField(label=_("What happened"))
    on = forms.DayField(span=Span.DONE, label=_("When"), required=False, help_text=_("Today when left empty."))
    note = forms.LongTextField(label=_("Note or reasons"), sometimes=True, max_length=2000)

    def prepare(self, desk: Desk) -> None:
        """The steps that the law allows now."""
        self.regime, kinds = desk.regime, steps_now(desk, closing=self.closing)
        self.choose("kind", [(kind, fact_name(kind)) for kind in kinds])
        said = [f"{fact_name(kind)}{colon()} {told}" for kind in kinds for told in words_of(desk.may(kind))]
        self.fields["kind"].help_text = " ".join(said)
        if desk.regime and any(desk.regime.facts[kind].reasoned for kind in kinds):
            self.fields["note"].help_text = _("Reasons are obligatory for an extension, a defect or a refusal.")
        elif any(law.FACTS[kind].of_person for kind in kinds):
            self.fields["note"].help_text = _("For what the person did: his own words, or the reference of his paper.")

    def clean(self) -> dict[str, Any]:
        """What the person did is not recorded in his name without a word."""
        data = super().clean() or self.cleaned_data
        if "kind" in data and "note" in data and self.regime is not None:
            if data["kind"] in law.OF_PERSON and not says_something(data["note"], words=1):
                self.add_error("note", OWN_WORDS)
            elif self.regime.facts[data["kind"]].reasoned and not says_something(data["note"]):
                self.add_error("note", SAYS_NOTHING)
        return data


class ConcludeForm(StepForm):
    """The step that ends the dossier."""

    closing = True
    note = forms.ReasonField(label=_("What was done (the person reads this)"), max_length=2000)
