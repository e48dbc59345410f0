"""What the page displays on which a person takes his request back: the confirmation is bound to it."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from tadbir.councils.shown import Difference, Line, Shown, Told
from tadbir.desk.papers import answers_to_notify
from tadbir.desk.shown import person_shown
from tadbir.dossiers.models import Dossier, Fact

_READY = "ready"


def withdrawal_shown(dossier: Dossier, facts: Sequence[Fact]) -> Shown:
    """The dossier as its person sees it, and whether an answer is signed and waits for him: who takes his request back
    has read that too."""
    seen, waits = person_shown(dossier, facts), next(iter(answers_to_notify(dossier)), None)
    line = Line(_READY, _("Your answer is ready"), waits.number if waits else "")

    def since(before: Told) -> list[Difference]:
        came = seen.since(before) if seen.since else []
        is_new = line.text and before.get(_READY, ("", ""))[0] != line.text
        said = _("An answer is signed and waits for you at the counter: you may read it first.")
        return [*came, *([Difference(line.label, "", said)] if is_new else [])]

    return replace(seen, lines=[*seen.lines, line], since=since)
