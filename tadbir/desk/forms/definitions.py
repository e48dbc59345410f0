"""What comes in on the pages of a council's own definitions."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir import law
from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.desk.forms.fields import text_in
from tadbir.desk.words import COUNTING
from tadbir.dossiers.actions.definitions import Ground
from tadbir.dossiers.models import DefinitionChange
from tadbir.reading.days import Span
from tadbir.ui import forms
from tadbir.ui.confirming import ConfirmingForm

#: Letters of a reason, a source or a sentence.
LONGEST = 300


class GroundForm(ConfirmingForm):
    """Why, on what ground and from when: nothing is changed without these."""

    since = forms.DayField(
        span=Span.AROUND,
        label=_("From which day"),
        initial=today,
        help_text=_("It acts on what starts from that day on; a day that is past also dates open dossiers anew."),
    )
    reason_ar = text_in("rtl", label=_("Why, in Arabic"), max_length=LONGEST)
    reason_fr = text_in("ltr", label=_("Why, in French"), max_length=LONGEST)
    source = forms.TextField(
        label=_("On what ground"),
        max_length=LONGEST,
        help_text=_("As: decision of the council and its number, Official Bulletin and its number, circular."),
    )

    def begin(self, live: DefinitionChange | None, stamp: str) -> None:
        """What is changed comes before its ground; where a new version brought another text, begin with the ground of
        the change that waits."""
        self.order_fields([name for name in self.fields if name not in GroundForm.base_fields])
        if live is not None and live.corrects != stamp:
            for name in ("reason_ar", "reason_fr", "source"):
                self.fields[name].initial = getattr(live, name)

    def offer_stop(self, label: Any, change: Any, off: Any, live: DefinitionChange | None) -> None:
        """Let the definition be stopped instead of changed."""
        choices, now = [("change", change), ("off", off)], "off" if live and live.off else "change"
        self.add("what", forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, initial=now))

    @property
    def off(self) -> bool:
        """Whether the definition is stopped."""
        return self.cleaned_data.get("what") == "off"

    def ground(self) -> Ground:
        """The ground that was typed in."""
        data = self.cleaned_data
        return Ground(data["reason_ar"], data["reason_fr"], data["source"], data["since"])


Fields = Mapping[str, forms.TextField | forms.ChoiceField | forms.IntegerField]


def _owner(rule: law.Rule) -> Fields:
    owners = [(code, in_language(law.OWNERS[code].ar, law.OWNERS[code].fr)) for code in law.HOUSE]
    return {"owner": forms.ChoiceField(label=_("Who must do it"), choices=owners)}


def _length(rule: law.Rule) -> Fields:
    words = law.length_of(rule.whens[-1])
    told = _("The rule gives %(length)s: write a number in the same unit.") % {
        "length": in_language(words.ar, words.fr)
    }
    return {"max": forms.IntegerField(label=_("Length"), min_value=1, max_value=365, help_text=told)}


def _counting(rule: law.Rule) -> Fields:
    choices = [("", _("as shipped")), *COUNTING.items()]
    return {"counting": forms.ChoiceField(label=_("How days are counted"), choices=choices, required=False)}


def _article(rule: law.Rule) -> Fields:
    return {"article": forms.TextField(label=_("Article"), max_length=40)}


def _sentences(rule: law.Rule) -> Fields:
    told = _("Without a full stop. The numbers of the law stay.")
    return {
        "sentence_ar": text_in("rtl", label=_("Sentence in Arabic"), max_length=LONGEST, help_text=told),
        "sentence_fr": text_in("ltr", label=_("Sentence in French"), max_length=LONGEST),
    }


#: The fields of each key of a rule that a council may change, in their order.
_FIELDS_OF: Mapping[str, Callable[[law.Rule], Fields]] = {
    "owner": _owner,
    "max": _length,
    "counting": _counting,
    "article": _article,
    "sentence": _sentences,
}


class RuleForm(GroundForm):
    """A change of one rule: only what a council may change is there."""

    def __init__(
        self, *args: Any, rule: law.Rule, allowed: tuple[str, ...], live: DefinitionChange | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.live = rule, live
        if "off" in allowed:
            label = _("The rule is")
            self.offer_stop(label, _("changed as follows"), _("stopped for this council"), live)
        now = self._shipped() | self._own()
        for key, fields_of in _FIELDS_OF.items():
            for name, field in fields_of(rule).items() if key in allowed else ():
                field.initial = now.get(name)
                self.add(name, field)
        self.begin(live, rule.stamp)

    def _shipped(self) -> dict[str, Any]:
        last = self.rule.whens[-1]
        return {
            "owner": self.rule.owner,
            "sentence_ar": self.rule.sentence.ar,
            "sentence_fr": self.rule.sentence.fr,
            "max": last.max,
            "counting": last.counting if last.stated_by else "",
            "article": self.rule.article,
        }

    def _own(self) -> dict[str, Any]:
        """What the change in force says, by the names of the fields."""
        keys = dict(self.live.keys) if self.live else {}
        sentence = keys.pop("sentence", {})
        return keys | {f"sentence_{lang}": text for lang, text in sentence.items()}

    def clean(self) -> dict[str, Any]:
        """Something must differ from the shipped rule, and from the change in force; `keys` holds what does."""
        data = super().clean() or {}
        shipped = self._shipped()
        differs = {name: data[name] for name in shipped if data.get(name) not in (None, "", shipped[name])}
        self.keys: dict[str, Any] = {name: value for name, value in differs.items() if "sentence" not in name}
        if any(name in differs for name in ("sentence_ar", "sentence_fr")):
            self.keys["sentence"] = {lang: data.get(f"sentence_{lang}", "") for lang in ("ar", "fr")}
        if self.errors:
            return data
        self.keys = {} if self.off else self.keys
        live, stamp = self.live, self.rule.stamp
        same = live and (live.keys, live.off, live.corrects) == (self.keys, self.off, stamp)
        if same or not (self.keys or self.off):
            self.add_error(None, _("Nothing was changed."))
        return data


class EndForm(ConfirmingForm):
    """From which day a change no longer holds, and why."""

    over_from = forms.DayField(span=Span.AROUND, label=_("First day without it"), initial=today)
    reason = forms.TextField(label=_("Why it ends"), max_length=LONGEST)
