"""What an officer writes in a dossier: one small form for each verb, its choices taken from the dossier itself."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from tadbir.acts.models import Means, NoticeMeans
from tadbir.councils.clock import today
from tadbir.councils.rights import Right
from tadbir.dossiers.corrections import BY_WHO_WORKS, NEVER
from tadbir.services.actions.steps import REASONED, STEPS
from tadbir.services.forms.counter import IDENTITIES
from tadbir.services.templatetags.office import fact_name
from tadbir.ui import forms

if TYPE_CHECKING:
    from tadbir.services.office.desk import Desk

SENSES = (("granted", _("granted")), ("partial", _("granted in part")), ("refused", _("refused")))
GROUNDS = (("expertise", _("technical expertise")), ("inquiry", _("public inquiry")))
RECEIVED = (
    ("in_hand", _("in hand against signature")),
    ("registered_post", _("registered post with acknowledgement")),
    ("acknowledged_mail", _("acknowledged e-mail")),
)


class DeskForm(forms.Form):
    """A form of one dossier; `key` makes a double click harmless."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, desk: "Desk", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare(desk)

    def prepare(self, desk: "Desk") -> None:
        """Fill the choices."""

    def choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """The choices of a field; one alone is already chosen."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields[name].initial = choices[0][0]


class NothingForm(DeskForm):
    """Nothing to write."""


class DocumentForm(DeskForm):
    """A document of the published sheet, and why."""

    document = forms.ChoiceField(label=_("Which document"))
    reason = forms.LongTextField(label=_("Why (the person reads this)"), max_length=2000)

    def prepare(self, desk: "Desk") -> None:
        """Only what the sheet asks of the person (law 55-19, article 3)."""
        sheet = desk.dossier.sheet
        self.choose("document", [(doc.code, doc.label) for doc in sheet.parsed.asked_of_user] if sheet else [])


class QuestionForm(DeskForm):
    """The one request for information."""

    question = forms.LongTextField(label=_("What do you need to know? (the person reads this)"), max_length=3000)


def _asked(facts: list[Any]) -> list[tuple[Any, Any]]:
    return [(str(fact.pk), f"{fact_name(fact.kind)} · {fact.happened_at:%d/%m/%Y}") for fact in facts]


class ReceivedForm(DeskForm):
    """The person got the request."""

    asked = forms.ChoiceField(label=_("Which request"))
    means = forms.ChoiceField(label=_("How he got it"), choices=RECEIVED)

    def prepare(self, desk: "Desk") -> None:
        """The requests whose reception is not recorded."""
        self.choose("asked", _asked(desk.not_yet_received))


class OpinionForm(DeskForm):
    """A question to another unit."""

    unit = forms.ChoiceField(label=_("Which unit"))
    question = forms.LongTextField(label=_("What do you ask?"), max_length=3000)

    def prepare(self, desk: "Desk") -> None:
        """The other units."""
        self.choose("unit", [(unit.pk, unit) for unit in desk.units if unit.pk != desk.dossier.unit_id])


class GiveOpinionForm(DeskForm):
    """The opinion that was asked for."""

    asked = forms.ChoiceField(label=_("Which request"))
    text = forms.LongTextField(label=_("The opinion"))

    def prepare(self, desk: "Desk") -> None:
        """The opinions that wait."""
        self.choose("asked", _asked(desk.waiting("opinion_asked")))


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

    original = forms.TextField(label=_("Number of the first dossier"), max_length=40)

    def prepare(self, desk: "Desk") -> None:
        """A number is read from left to right."""
        self.fields["original"].widget.attrs.update(dir="ltr", autocomplete="off")


class CorrectForm(DeskForm):
    """The entry to correct."""

    fact = forms.ChoiceField(label=_("Which entry is mistaken"))
    reason = forms.LongTextField(label=_("Why"), max_length=1000)

    def prepare(self, desk: "Desk") -> None:
        """Every standing entry that this agent may correct."""
        mine = Right.ANSWER_FOR_ALL in desk.rights
        kinds = [fact for fact in desk.alive if fact.kind not in NEVER and (mine or fact.kind in BY_WHO_WORKS)]
        self.choose("fact", _asked(kinds))


class ReturnForm(DeskForm):
    """Why the file goes back."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[
            ("missing", _("the missing documents did not come")),
            ("replacement", _("the replacement did not come")),
        ],
    )


class ReassignForm(DeskForm):
    """Who takes over."""

    unit = forms.ChoiceField(label=_("Unit"))
    to = forms.ChoiceField(label=_("Officer"), required=False)
    reason = forms.TextField(label=_("Why"), required=False)

    def prepare(self, desk: "Desk") -> None:
        """Units, and those who hold a role today; who is away says so."""
        self.choose("unit", [(unit.pk, unit) for unit in desk.units])
        self.fields["unit"].initial = desk.dossier.unit_id
        people = [
            (person.pk, _("%(name)s (away)") % {"name": person} if person.is_absent(today()) else str(person))
            for person in desk.colleagues
        ]
        self.choose("to", [("", _("nobody in particular")), *people])


class AppealForm(DeskForm):
    """An appeal told at the counter."""

    text = forms.LongTextField(label=_("What the person says"), required=False, max_length=3000)


class AnswerAppealForm(DeskForm):
    """The answer to an appeal."""

    asked = forms.ChoiceField(label=_("Which appeal"))
    sense = forms.ChoiceField(label=_("Answer"), choices=(("granted", _("accepted")), ("refused", _("rejected"))))
    reasons = forms.LongTextField(label=_("Reasons, in fact and in law"), required=False)

    def prepare(self, desk: "Desk") -> None:
        """The appeals that wait."""
        self.choose("asked", _asked(desk.waiting("appeal_filed", "complaint_to_head")))


class GiveReasonsForm(DeskForm):
    """The reasons of an implied refusal."""

    asked = forms.ChoiceField(label=_("Which request"))
    reasons = forms.LongTextField(label=_("Reasons, in fact and in law"))

    def prepare(self, desk: "Desk") -> None:
        """The requests that wait."""
        self.choose("asked", _asked(desk.waiting("reasons_asked")))


class SupplyForm(DeskForm):
    """A document brought later: paper in the hand, or its scan."""

    requirement = forms.ChoiceField(label=_("Which document"))
    original = forms.BooleanField(label=_("The original, or a certified copy, was shown"), required=False)
    document = forms.FileField(
        label=_("Scan"), accept="image/*,.pdf", required=False, help_text=_("Now, or later from this page.")
    )

    def prepare(self, desk: "Desk") -> None:
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


class IdentityForm(DeskForm):
    """What was seen before the code is given again."""

    identity_kind = forms.ChoiceField(
        label=_("Identity document seen"), choices=IDENTITIES[1:], help_text=_("Neither number nor copy is kept.")
    )


class StepForm(DeskForm):
    """A step of the dossier's own law."""

    kind = forms.ChoiceField(label=_("What happened"))
    on = forms.DayField(label=_("When"), required=False, help_text=_("Today when left empty."))
    note = forms.LongTextField(label=_("Note or reasons"), required=False, max_length=2000)

    def prepare(self, desk: "Desk") -> None:
        """The steps that the law allows now."""
        kinds = [kind for kind in STEPS.get(desk.dossier.kind, ()) if desk.may(kind)]
        self.choose("kind", [(kind, fact_name(kind)) for kind in kinds])
        if REASONED & set(kinds):
            self.fields["note"].help_text = _("Reasons are obligatory for an extension, a defect or a refusal.")


class OutcomeForm(forms.Form):
    """The answer, half written from the sheet."""

    sense = forms.ChoiceField(label=_("Sense of the answer"), choices=SENSES, widget=forms.RadioSelect)
    body_ar = forms.LongTextField(label=_("The letter in Arabic"))
    reasons_ar = forms.LongTextField(
        label=_("Reasons, in fact and in law"), required=False,
        help_text=_("Obligatory unless everything is granted (law 03-01, article 1; law 55-19, article 18)."),
    )  # fmt: skip
    body_fr = forms.LongTextField(label=_("The letter in French (a copy, not obligatory)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body_ar"].widget.attrs.update(rows=10, dir="rtl", lang="ar")
        self.fields["reasons_ar"].widget.attrs.update(rows=6, dir="rtl", lang="ar")
        self.fields["body_fr"].widget.attrs.update(rows=6, dir="ltr", lang="fr")


class SignForm(forms.Form):
    """Who signed, when, how."""

    signatory = forms.ChoiceField(label=_("Who signs"))
    on = forms.DayField(label=_("Signed on"))
    means = forms.ChoiceField(label=_("How"), choices=Means.choices, widget=forms.RadioSelect)
    document = forms.FileField(
        label=_("Scan of the signed paper, or PDF with the qualified signature"), accept=".pdf,.jpg,.jpeg,.png",
        required=False, help_text=_("A scan can wait. A PDF with a qualified signature cannot."),
    )  # fmt: skip

    def __init__(self, *args: Any, powers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signatory"].choices = powers  # type: ignore[attr-defined]


class NotifyForm(forms.Form):
    """How the person got the answer."""

    how = forms.ChoiceField(label=_("How"), choices=NoticeMeans.choices, widget=forms.RadioSelect)
    on = forms.DayField(label=_("On"))
    proof = forms.TextField(
        label=_("Proof"), help_text=_("Reference of the signed slip, of the acknowledgement of receipt…")
    )
    document = forms.FileField(label=_("Scan of the proof"), accept=".pdf,.jpg,.jpeg,.png", required=False)


class ScanForm(forms.Form):
    """The scan of the signed answer."""

    document = forms.FileField(label=_("Scan of the signed paper"), accept=".pdf,.jpg,.jpeg,.png")
