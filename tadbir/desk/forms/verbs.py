"""The form of a verb, and those of the verbs that every matter shares: its choices come from the dossier itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadbir.councils import queries as who
from tadbir.councils.clock import local_date, today
from tadbir.councils.models import in_language
from tadbir.councils.rights import Right, holders
from tadbir.desk.actions.entries import require_strikable
from tadbir.desk.actions.opinions import why_not_given
from tadbir.desk.dossier import Desk
from tadbir.desk.notices import wants_mail
from tadbir.desk.queries.dossier import question_of
from tadbir.desk.verbs import DeskForm
from tadbir.desk.words import IDENTITIES, NEW_CODE_REASONS, PARTICULARS, fact_name, scan_code
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.corrections import may_correct
from tadbir.dossiers.models import Fact
from tadbir.law.words import beside
from tadbir.reading.days import Span
from tadbir.ui import forms
from tadbir.ui.dates import day_words, moment_words


def as_choices(facts: Sequence[Fact]) -> list[tuple[Any, Any]]:
    """Facts to choose from: what each is called, and its day."""
    return [(str(fact.pk), beside(fact_name(fact.kind), day_words(local_date(fact.happened_at)))) for fact in facts]


class OpinionForm(DeskForm):
    """A question to another unit."""

    unit = forms.ChoiceField(label=_("Which unit"))
    question = forms.LongTextField(label=_("What do you ask?"), max_length=3000)

    def prepare(self, desk: Desk) -> None:
        """The other units in which somebody can answer today."""
        others = who.units_with(holders(Right.GIVE_OPINIONS), today()) - {desk.dossier.unit_id}
        self.choose("unit", [(unit.pk, unit) for unit in desk.units if unit.pk in others])


def asked_of_mine(desk: Desk) -> list[Fact]:
    """The opinions that wait for this agent's own unit: he gives no other's."""
    waiting = desk.story.waiting("opinion_asked")
    return [fact for fact in waiting if not why_not_given(desk.person, fact)]


def _asked(fact: Fact) -> str:
    """A question by its first words and its moment: two of one day are told apart."""
    return beside(Truncator(question_of(fact)).chars(60), moment_words(fact.happened_at))


class UnitOpinionForm(forms.Form):
    """The opinion, on the page that names its question."""

    text = forms.LongTextField(label=_("The opinion"))


class GiveOpinionForm(DeskForm):
    """The opinion that was asked for."""

    asked = forms.ChoiceField(label=_("Which request"))
    text = forms.LongTextField(label=_("The opinion"))

    def prepare(self, desk: Desk) -> None:
        """The opinions asked of one's own unit that wait."""
        self.choose("asked", [(str(fact.pk), _asked(fact)) for fact in asked_of_mine(desk)])


def correctable(desk: Desk) -> list[Fact]:
    """The standing entries that this agent may strike out now, looked for once; none where their words are erased."""
    if desk.strikable is None:
        mine = (one for one in desk.story.alive if may_correct(one.kind, desk.qualities))
        desk.strikable = [] if desk.dossier.erased_at else [one for one in mine if not why_not_struck(desk, one)]
    return desk.strikable


def why_not_struck(desk: Desk, fact: Fact, qualities: frozenset[str] | None = None) -> list[str]:
    """Why this agent, or whoever has other `qualities`, cannot strike an entry out; empty where he can."""
    try:
        require_strikable(fact, desk.qualities if qualities is None else qualities, desk.story, desk.acts)
    except ValidationError as error:
        return error.messages
    except PermissionDenied as error:
        return [str(error)]
    return []


class CorrectForm(DeskForm):
    """Why the entry that the page names is struck out."""

    fact = forms.ChoiceField(widget=forms.HiddenInput)
    reason = forms.ReasonField(label=_("Why it is a mistake"), help_text=_("It is kept beside the entry."))

    def prepare(self, desk: Desk) -> None:
        """Every standing entry that this agent may correct; none is chosen but the one that was asked for."""
        super(DeskForm, self).choose("fact", as_choices(correctable(desk)))
        self.initial["fact"] = desk.about


class ParticularsForm(DeskForm):
    """Who asks, how he is reached and the subject, as they should be; the dossier says which of them it has."""

    name = forms.NameField(label=_("Name"), required=False)
    phone = forms.PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.TextField(label=_("Address"), required=False, max_length=240)
    representative = forms.NameField(label=_("Represented by"), required=False)
    subject = forms.TextField(label=_("Subject"), required=False, max_length=120)
    without_mail = forms.BooleanField(
        label=_("This person has no e-mail address: the answer waits at the counter, and he knows it"), required=False
    )
    reason = forms.ReasonField(label=_("Why it is corrected"))

    def prepare(self, desk: Desk) -> None:
        """What is written now; nothing is asked that the dossier does not have."""
        now = dossiers.particulars(desk.dossier)
        for name in PARTICULARS:
            if name in now:
                self.initial[name] = now[name]
            else:
                del self.fields[name]
        if not (now.get("email") and wants_mail(desk.dossier)):
            del self.fields["without_mail"]

    def clean(self) -> dict[str, Any]:
        """Every particular as it should be, together."""
        data = super().clean() or self.cleaned_data
        data["told"] = {name: str(data[name] or "") for name in PARTICULARS if name in data}
        return data


class FilingDayForm(DeskForm):
    """The right day of the filing; once its page said which dates move, it is asked again."""

    day = forms.DayField(span=Span.DONE, label=_("The council received it on"))
    reason = forms.ReasonField(label=_("Why it is corrected"))
    sure = forms.ConfirmField(label=_("This is the right day: count the dates anew"), required=False)

    def prepare(self, desk: Desk) -> None:
        """In the year before it was typed in; nothing is confirmed before the dates are shown."""
        entered = local_date(desk.dossier.opened_at)
        self.fields["day"] = forms.DayField(
            span=Span.DONE, label=self.fields["day"].label, first=dossiers.first_day_of(entered), last=entered
        )
        self.desk = desk
        self.moves: list[tuple[str, date | None, date | None]] = []

    def clean(self) -> dict[str, Any]:
        """A day that can be; what it moves is shown before it is done."""
        data = super().clean() or self.cleaned_data
        if day := data.get("day"):
            dossiers.require_day(self.desk.dossier, self.desk.facts, day)
            before = {
                duty.key: duty.shown_day for duty in self.desk.duties if duty.type == "duty" and duty.over_on is None
            }
            found = [duty for duty in dossiers.moved_by(self.desk.dossier, self.desk.facts, day) if duty.key in before]
            self.moves = [(in_language(one.label_ar, one.label_fr), before[one.key], one.shown_day) for one in found]
            if not data.get("sure"):
                raise ValidationError({"sure": _("See which dates move, then tick this and send again.")})
        return data


def withdrawable(desk: Desk) -> list[tuple[str, str]]:
    """The documents and the scans that stand, each told apart: when it came, from whom, what its code said."""
    told, found = {fact.pk: fact for fact in desk.facts}, list[tuple[str, str]]()
    for one in desk.documents:
        fact = told.get(one.fact_id)
        by = str(fact.by or "") if fact else ""
        found.append((str(one.pk), beside(desk.document_name(one), moment_words(one.brought_at), by)))
    for key, scan in desk.scans.items():
        name = gettext("Scan of the signed paper %(number)s") % {"number": scan.act.number}
        code = scan_code(recognised=scan.recognised)
        found.append((key, beside(name, moment_words(scan.added_at), scan.added_by or "", code)))
    return found


class WithdrawForm(DeskForm):
    """The document, or the scan of a signed paper, that was put there by mistake."""

    document = forms.ChoiceField(label=_("Which document"))
    again = forms.BooleanField(
        label=_("The paper itself is here and was scanned wrong: it will be scanned again"), required=False
    )
    reason = forms.ReasonField(label=_("Why it is taken away"))
    sure = forms.ConfirmField(label=_("This is the one: take it away"))

    def prepare(self, desk: Desk) -> None:
        """The documents and the scans that stand; none is chosen beforehand."""
        super(DeskForm, self).choose("document", [("", _("choose")), *withdrawable(desk)])


class ReturnForm(DeskForm):
    """Why it goes back."""

    reason = forms.ReasonField(label=_("Why (who gave it reads this)"))


class ReassignForm(DeskForm):
    """Who takes over."""

    unit = forms.ChoiceField(label=_("Unit"))
    to = forms.ChoiceField(label=_("Officer"), required=False)
    reason = forms.TextField(label=_("Why"), required=False)

    def prepare(self, desk: Desk) -> None:
        """Units, and those who can work on it today, unit by unit; who is away says so."""
        self.choose("unit", [(unit.pk, unit) for unit in desk.units])
        self.fields["unit"].initial = desk.dossier.unit_id
        groups: dict[str, list[tuple[Any, Any]]] = {}
        for role in desk.colleagues:
            place = str(role.unit) if role.unit else gettext("the whole council")
            said = beside(role.person, role.get_quality_display())
            away = _("%(name)s (away)") % {"name": said} if role.person.is_absent(today()) else said
            groups.setdefault(place, []).append((role.person_id, away))
        self.choose("to", [("", _("nobody in particular")), *groups.items()])


class IdentityForm(DeskForm):
    """What was seen before the code is given again."""

    identity_kind = forms.ChoiceField(
        label=_("Identity document seen"),
        choices=[(code, name) for code, name in IDENTITIES.items() if code],
        help_text=_("Neither number nor copy is kept."),
    )


class NewCodeForm(IdentityForm):
    """Why the code is changed, once it was seen who asks."""

    reason = forms.ChoiceField(label=_("Why"), choices=list(NEW_CODE_REASONS.items()))
