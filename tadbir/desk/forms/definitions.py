"""What comes in on the pages of a council's own definitions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadbir import law
from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.desk.forms.people import PlainForm, day_input
from tadbir.dossiers.actions.definitions import Ground
from tadbir.dossiers.models import DefinitionChange

COUNTING = (("plain", _("ordinary count")), ("full", _("full days: neither the first nor the last counts")))
#: Letters of a reason, a source or a sentence.
LONGEST = 300


def _area(side: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "dir": side})


class GroundForm(PlainForm):
    """Why, on what ground and from when: nothing is changed without these."""

    since = forms.DateField(
        label=_("From which day"),
        widget=day_input(),
        initial=today,
        help_text=_("It acts on what starts from that day on; a day that is past also dates open dossiers anew."),
    )
    reason_ar = forms.CharField(label=_("Why, in Arabic"), max_length=LONGEST, widget=_area("rtl"))
    reason_fr = forms.CharField(label=_("Why, in French"), max_length=LONGEST, widget=_area("ltr"))
    source = forms.CharField(
        label=_("On what ground"),
        max_length=LONGEST,
        help_text=_("As: decision of the council and its number, Official Bulletin and its number, circular."),
    )

    def begin_from(self, live: DefinitionChange | None, stamp: str) -> None:
        """Where a new version brought another text, begin with the ground of the change that waits."""
        if live is not None and live.corrects != stamp:
            for name in ("reason_ar", "reason_fr", "source"):
                self.fields[name].initial = getattr(live, name)

    def ground(self) -> Ground:
        """The ground that was typed in."""
        data = self.cleaned_data
        return Ground(data["reason_ar"], data["reason_fr"], data["source"], data["since"])


class RuleForm(GroundForm):
    """A change of one rule: only what a council may change is there."""

    def __init__(
        self, *args: Any, rule: law.Rule, allowed: tuple[str, ...], live: DefinitionChange | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.live = rule, live
        own = live.keys if live else {}
        now = self._shipped() | {key: value for key, value in own.items() if key != "sentence"}
        now |= {f"sentence_{lang}": text for lang, text in own.get("sentence", {}).items()}
        for name, field in self._offered(allowed).items():
            field.initial = now.get(name)
            self.fields[name] = field
        if "what" in self.fields:
            self.fields["what"].initial = "off" if live and live.off else "change"
        self.order_fields([name for name in self.fields if name not in GroundForm.base_fields])
        self.begin_from(live, rule.stamp)

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

    def _offered(self, allowed: tuple[str, ...]) -> dict[str, forms.Field]:
        choices = [("change", _("changed as follows")), ("off", _("stopped for this council"))]
        owners = [(code, in_language(law.OWNERS[code].ar, law.OWNERS[code].fr)) for code in law.HOUSE]
        words = law.length_of(self.rule.whens[-1])
        length = in_language(words.ar, words.fr)
        fields: dict[str, list[tuple[str, forms.Field]]] = {
            "off": [("what", forms.ChoiceField(label=_("The rule is"), choices=choices, widget=forms.RadioSelect))],
            "owner": [("owner", forms.ChoiceField(label=_("Who must do it"), choices=owners))],
            "max": [
                (
                    "max",
                    forms.IntegerField(
                        label=_("Length"),
                        min_value=1,
                        max_value=365,
                        help_text=_("The rule gives %(length)s: write a number in the same unit.") % {"length": length},
                    ),
                )
            ],
            "counting": [
                (
                    "counting",
                    forms.ChoiceField(
                        label=_("How days are counted"), choices=[("", _("as shipped")), *COUNTING], required=False
                    ),
                )
            ],
            "article": [("article", forms.CharField(label=_("Article"), max_length=40))],
            "sentence": [
                (
                    "sentence_ar",
                    forms.CharField(
                        label=_("Sentence in Arabic"),
                        max_length=LONGEST,
                        widget=_area("rtl"),
                        help_text=_("Without a full stop. The numbers of the law stay."),
                    ),
                ),
                (
                    "sentence_fr",
                    forms.CharField(label=_("Sentence in French"), max_length=LONGEST, widget=_area("ltr")),
                ),
            ],
        }
        return {name: field for key, pair in fields.items() if key in allowed for name, field in pair}

    @property
    def off(self) -> bool:
        """Whether the rule is stopped."""
        return self.cleaned_data.get("what") == "off"

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


class EndForm(PlainForm):
    """From which day a change no longer holds, and why."""

    over_from = forms.DateField(label=_("First day without it"), widget=day_input(), initial=today)
    reason = forms.CharField(label=_("Why it ends"), max_length=LONGEST)
