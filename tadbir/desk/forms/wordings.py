"""What comes in on the page of a wording."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tadbir.desk.forms.definitions import GroundForm
from tadbir.desk.forms.fields import text_in
from tadbir.dossiers.models import DefinitionChange
from tadbir.notify import own
from tadbir.reading.letters import shown

LABELS = {
    "subject_ar": _("Subject in Arabic"),
    "subject_fr": _("Subject in French"),
    "ar": _("Text in Arabic"),
    "fr": _("Text in French"),
}


class WordingForm(GroundForm):
    """The four texts of a notice, and why they change."""

    def __init__(self, *args: Any, code: str, live: DefinitionChange | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code, self.live, self.shipped = code, live, own.shipped(code)
        if own.may_stop(code):
            self.offer_stop(_("The notice is"), _("worded as follows"), _("not sent in this council"), live)
        mine = live.keys if live else {}
        for part, label in LABELS.items():
            now = mine.get(part, self.shipped[part]).strip()
            self.add(part, text_in("rtl" if part.endswith("ar") else "ltr", label=label, max_length=1000, initial=now))
        self.fields["since"].help_text = ""  # no date hangs on a wording
        self.begin(live, own.stamp_of(code))

    def clean(self) -> dict[str, Any]:
        """`keys` holds what differs from the shipped texts; each text keeps its places and its length."""
        data = super().clean() or {}
        texts = {part: shown(data[part], kept="") for part in own.PARTS if data.get(part)}
        self.keys = {part: text for part, text in texts.items() if text != self.shipped[part].strip()}
        if self.errors:
            return data
        self.keys = {} if self.off else self.keys
        live = self.live
        if live and (live.keys, live.off, live.corrects) == (self.keys, self.off, own.stamp_of(self.code)):
            self.add_error(None, _("Nothing was changed."))
            return data
        for part, told in own.problems(self.code, self.keys, self.off).items():
            self.add_error(part or None, told)
        return data
