"""The forms of the residents' side: few fields, nothing required that the law does not need.

A form keeps what was typed whatever happens: `RequestForm.typed` is what a draft stores, valid or not.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from tadbir.councils.clock import today
from tadbir.councils.shown import Shown
from tadbir.dossiers.models import Party
from tadbir.notify import ways
from tadbir.procedures.models import Sheet
from tadbir.procedures.sheet import Question
from tadbir.reading.codes import DRAFT_LENGTH, read_draft_code
from tadbir.services.requests import NO_ANSWER, Applicant, Filing, Piece
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm
from tadbir.ui.dates import day_words
from tadbir.ui.keyed import KeyedForm

#: What a JSON column of PostgreSQL cannot hold; the form itself refuses these with a message.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
LONGEST_KEPT = 20_000


TOLD = _("To be told when something happens.")
#: Who may ask, in the words of the page.
KINDS = (
    (Party.Kind.PERSON, _("A person")),
    (Party.Kind.ASSOCIATION, _("An association")),
    (Party.Kind.COOPERATIVE, _("A cooperative")),
    (Party.Kind.FIRM, _("A firm")),
    (Party.Kind.PUBLIC, _("A commune or another public body")),
)


class SearchForm(forms.Form):
    """Words to look for among the services."""

    q = forms.TextField(label=_("What are you looking for?"), max_length=80, required=False)


def _few_lines() -> Any:
    """A box that leaves the next question in sight on a phone."""
    return forms.Textarea(attrs={"rows": 4})


def _question_field(question: Question, filed: date) -> Any:
    common: dict[str, Any] = {"label": question.label, "help_text": question.help, "required": question.required}
    if question.type == "choice":
        choices = [(choice.code, choice.label) for choice in question.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    if question.type == "date":
        first, last = question.not_before and filed, question.not_after and filed
        return forms.DayField(first=first or None, last=last or None, **common)
    if question.type == "number":
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"})
        least = question.min or 0
        most = 10**9 if question.max is None else question.max
        return forms.IntegerField(min_value=least, max_value=most, widget=widget, **common)
    if question.type == "phone":
        return forms.PhoneField(**common)
    if question.type == "email":
        return forms.EmailField(**common)
    if question.type == "long_text":
        return forms.LongTextField(max_length=question.max_length, widget=_few_lines(), **common)
    return forms.TextField(max_length=question.max_length, **common)


class RequestForm(ConfirmingForm):
    """Step 1: what is asked, and who asks. A draft sheet asks no question of its own: it is a plain letter.

    `shown`: what its page displays, the sheet or the draft; without it, kept answers are only judged.
    """

    subject = forms.TextField(label=_("Subject, in a few words"), max_length=120)
    letter = forms.LongTextField(label=_("What do you ask for?"), max_length=4000, widget=_few_lines())
    kind = forms.ChoiceField(label=_("You are"), choices=KINDS, widget=forms.RadioSelect)
    name = forms.NameField(label=_("Full name, or name of the association or firm"))
    phone = forms.PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    for_name = forms.NameField(label=_("Your name, if you act for somebody else"), required=False)
    mandate = forms.TextField(
        label=_("By what right do you act?"),
        required=False,
        max_length=200,
        help_text=_("Power of attorney, parent, president of the association…"),
    )

    def __init__(self, sheet: Sheet, *args: Any, shown: Shown | None = None, **kwargs: Any) -> None:
        self.sheet = sheet
        initial = {"subject": sheet.parsed.name} if sheet.is_adopted else {}
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, shown=shown or Shown("", ()), **kwargs)
        if shown is None:
            del self.fields["shown"]
        self.questions = list(sheet.parsed.questions) if sheet.is_adopted else []
        for question in self.questions:
            self.fields[f"q_{question.code}"] = _question_field(question, self.filed)
            forms.harden(self.fields[f"q_{question.code}"])
        self.fields["letter"].label = sheet.parsed.asks or self.fields["letter"].label
        if sheet.is_adopted:
            del self.fields["letter"]
        self.order_fields([one.name for one in self.asked])
        self._narrow_kinds()
        self._promise()

    def _promise(self) -> None:
        """Say what a telephone and an e-mail serve for here: nothing that the council cannot do."""
        open_now = ways.open_channels()
        called = _("So that the council can call you.")
        self.fields["phone"].help_text = TOLD if ways.TEXT in open_now else called
        self.fields["email"].help_text = TOLD if ways.MAIL in open_now else ""

    def _narrow_kinds(self) -> None:
        """Ask only who the sheet is for; nothing when it is for one kind alone."""
        allowed = [kind for kind in KINDS if kind[0] in self.sheet.parsed.audience]
        field = self.fields["kind"]
        self.choose("kind", allowed or KINDS)
        if len(allowed) == 1:
            field.widget, field.required, self.only_kind = forms.HiddenInput(), False, allowed[0][0]
            self.initial["kind"] = allowed[0][0]
            if self.only_kind == Party.Kind.PERSON:
                self.fields["name"].label = _("Full name")

    only_kind = ""

    @property
    def filed(self) -> date:
        """The day that answers are measured by: «not before today»."""
        return today()

    @property
    def asked(self) -> list[Any]:
        """The fields about the request itself, in the order they are shown."""
        names = [f"q_{question.code}" for question in self.questions] or ["letter"]
        first = ["subject"] if "letter" in self.fields else []
        last = [] if first else ["subject"]
        return [self[name] for name in (*first, *names, *last)]

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, as a draft can keep it."""
        raw = {name: str(self.data.get(self.add_prefix(name), "")) for name in self.fields if name != "shown"}
        return {name: _UNKEEPABLE.sub("", text) for name, text in raw.items() if text}

    @property
    def is_keepable(self) -> bool:
        """Whether a draft takes what was typed: one of the texts may be so long that it stays on its page, refused."""
        return all(len(text) <= LONGEST_KEPT for text in self.typed.values())

    @property
    def has_typed(self) -> bool:
        """Whether something was written that the empty form does not say by itself."""
        body = self.sheet.parsed
        ready = {name: {str(self.get_initial_for_field(field, name) or "")} for name, field in self.fields.items()}
        ready["subject"] |= {body.ar, body.fr} if self.sheet.is_adopted else set()
        return any(text.strip() not in {"", *ready.get(name, ())} for name, text in self.typed.items())

    @property
    def said(self) -> list[tuple[str, str]]:
        """Labels and answers of a valid form, in words, to be read again before sending."""
        names = [one.name for one in self.asked] + ["kind", "name", "phone", "email", "for_name", "mandate"]
        rows = []
        for name in names:
            field, value = self.fields[name], self.cleaned_data.get(name)
            if value in (None, "") or (name == "kind" and self.only_kind):
                continue
            choices = dict(getattr(field, "choices", ()))
            words = day_words(value) if isinstance(value, date) else str(choices.get(value, value))
            rows.append((str(field.label), words))
        return rows

    def clean(self) -> dict[str, Any]:
        """Whoever acts for another says so wholly, a name and by what right; an answer by e-mail needs an address."""
        found = super().clean() or self.cleaned_data
        if found.get("for_name") and not found.get("mandate"):
            self.add_error("mandate", _("Say by what right you act for this person."))
        asked = {question.code: found.get(f"q_{question.code}") for question in self.questions}
        if self.sheet.parsed.answers_by_mail(asked) and not found.get("email") and "email" not in self.errors:
            self.add_error("email", _("You ask for the answer by e-mail: write your address, or choose another way."))
        if found.get("mandate") and not found.get("for_name") and "for_name" not in self.errors:
            self.add_error("for_name", _("Write your own name."))
        return found

    @property
    def answers(self) -> dict[str, str]:
        """The answers to the questions of the sheet, of a valid form."""
        return {question.code: _plain(self.cleaned_data.get(f"q_{question.code}")) for question in self.questions}

    def to_filing(self, pieces: tuple[Piece, ...]) -> Filing:
        """The filing that a valid form asks for."""
        found, language = self.cleaned_data, (get_language() or "ar")[:2]
        answers = self.answers
        if "letter" in self.fields:
            answers["letter"] = found["letter"]
        applicant = Applicant(
            name=found["name"],
            kind=found.get("kind") or self.only_kind,
            phone=found["phone"],
            email=found["email"],
            language=language,
        )
        other = Applicant(name=found["for_name"], language=language) if found["for_name"] else None
        return Filing(
            sheet=self.sheet,
            applicant=applicant,
            subject=found["subject"],
            answers={code: text for code, text in answers.items() if text},
            pieces=pieces,
            channel="online",
            language=language,
            representative=other,
            mandate=found["mandate"],
            urgent=answers.get("urgent") == "yes",
        )


def _plain(value: Any) -> str:
    return "" if value in (None, "") else value.isoformat() if hasattr(value, "isoformat") else str(value)


def in_this_language(sheet: Sheet, answers: Mapping[str, str]) -> dict[str, str]:
    """Answers as a page shows them: a subject that is still the name of the service is its name in this language."""
    body = sheet.parsed
    unchanged = answers.get("subject") in (body.ar, body.fr)
    return {**answers, **({"subject": body.name} if unchanged else {})}


class SendForm(ConfirmingForm):
    """The last step: send what was read."""


class UploadForm(forms.Form):
    """One document."""

    document = forms.FileField(
        label=_("Choose a photo or a PDF"), error_messages={"required": _("Choose a file first.")}
    )


def _in_both(text: Any) -> set[str]:
    """A sentence of ours in each language."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.add(str(text))
    return found


class AppealForm(KeyedForm):
    """An appeal: against a silence one tap, with the words of one who got no answer; else it says what it contests."""

    text = forms.LongTextField(label=_("What do you want to say?"), max_length=3000, widget=_few_lines())

    def __init__(self, *args: Any, ground: str, initial: dict[str, Any], **kwargs: Any) -> None:
        silence = ground == "lapse"
        ready = {"text": NO_ANSWER} if silence else {}
        typed = initial if initial.get("text") not in _in_both(NO_ANSWER) else {**initial, **ready}
        super().__init__(*args, initial=ready | typed, **kwargs)
        if silence and not self.is_bound and self.initial["text"] is NO_ANSWER:
            self.fields["text"].widget.attrs["data-ready"] = ""  # the same in both languages: nobody typed it
        self.fields["text"].required = not silence
        if silence:
            self.fields["text"].help_text = _("You may leave it so, or say more: three letters at least.")


class DraftCodeField(forms.CodeField):
    """The code of a request begun earlier: digits, or one that was given before codes were digits."""

    def read(self, text: str) -> str:
        return read_draft_code(text)


class ResumeForm(forms.Form):
    """The code of a request begun earlier."""

    draft = DraftCodeField(
        length=DRAFT_LENGTH,
        others={
            "follow": _(
                "Eight digits are the code of a request that was sent: type it above, with the number of its dossier. "
                "The code of a request that was only begun has sixteen: check that none is missing."
            ),
            "check": _("This is the check code of a paper: it opens no request."),
        },
        label=_("Code of the request you began"),
        help_text=_("Sixteen digits, under “Go on later” on the pages of the request, and in their address."),
    )
