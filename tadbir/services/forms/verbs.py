"""What an officer writes in a dossier: one small form for each verb, its choices taken from the dossier itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadbir.desk.dossier import Desk
from tadbir.desk.forms.verbs import as_choices
from tadbir.desk.offers import words_of
from tadbir.desk.verbs import DeskForm
from tadbir.desk.words import fact_name
from tadbir.ui import forms

GROUNDS = (("expertise", _("technical expertise")), ("inquiry", _("public inquiry")))
RECEIVED = (
    ("in_hand", _("in hand against signature")),
    ("registered_post", _("registered post with acknowledgement")),
    ("acknowledged_mail", _("acknowledged e-mail")),
)


class DocumentForm(DeskForm):
    """A document of the published sheet, and why."""

    document = forms.ChoiceField(label=_("Which document"))
    reason = forms.LongTextField(label=_("Why (the person reads this)"), max_length=2000)

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
    reason = forms.LongTextField(label=_("Why (the person reads this)"), max_length=2000)


class MisdirectedForm(DeskForm):
    """Who does it instead."""

    to = forms.TextField(label=_("Who does it"), help_text=_("The office, and where it is."))
    explanation = forms.LongTextField(label=_("What to do there"), max_length=2000, required=False)


class DuplicateForm(DeskForm):
    """The dossier that stays."""

    original = forms.NumberField(label=_("Number of the first dossier"))


class ReturnForm(DeskForm):
    """Why the file goes back."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[
            ("missing", _("the missing documents did not come")),
            ("replacement", _("the replacement did not come")),
        ],
    )


class AppealForm(DeskForm):
    """An appeal told at the counter."""

    text = forms.LongTextField(label=_("What the person says"), required=False, max_length=3000)


class GiveReasonsForm(DeskForm):
    """The reasons of an implied refusal."""

    asked = forms.ChoiceField(label=_("Which request"))
    reasons = forms.LongTextField(label=_("Reasons, in fact and in law"))

    def prepare(self, desk: Desk) -> None:
        """The requests that wait."""
        self.choose("asked", as_choices(desk.story.waiting("reasons_asked")))


class SupplyForm(DeskForm):
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
        self.choose("requirement", [*asked, ("other", _("another document"))])


class TellForm(DeskForm):
    """The person's answer, told at the counter."""

    text = forms.LongTextField(label=_("What the person answers"))


def steps_now(desk: Desk) -> list[str]:
    """The steps of the dossier's own law that may be recorded now."""
    steps = [kind for kind, step in desk.regime.facts.items() if step.step] if desk.regime else []
    return [kind for kind in steps if desk.may(kind)]


class StepForm(DeskForm):
    """A step of the dossier's own law."""

    kind = forms.ChoiceField(label=_("What happened"))
    on = forms.DayField(label=_("When"), required=False, help_text=_("Today when left empty."))
    note = forms.LongTextField(label=_("Note or reasons"), required=False, max_length=2000)

    def prepare(self, desk: Desk) -> None:
        """The steps that the law allows now."""
        kinds = steps_now(desk)
        self.choose("kind", [(kind, fact_name(kind)) for kind in kinds])
        said = [f"{fact_name(kind)}: {told}" for kind in kinds for told in words_of(desk.may(kind))]
        self.fields["kind"].help_text = " ".join(said)
        if desk.regime and any(desk.regime.facts[kind].reasoned for kind in kinds):
            self.fields["note"].help_text = _("Reasons are obligatory for an extension, a defect or a refusal.")
