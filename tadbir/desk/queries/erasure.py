"""Whether the personal data of a dossier may be erased now, and which papers will still name the person."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir import law
from tadbir.councils.clock import today
from tadbir.desk.matter import matters
from tadbir.dossiers import clockwork
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.ui.dates import by_words

#: Why personal data are erased. The code enters the chain, the words are shown.
GROUNDS = {
    "person": gettext_lazy("the person asked for it (law 09-08, article 8)"),
    "retention": gettext_lazy("they are kept no longer than needed (law 09-08, article 3)"),
    "order": gettext_lazy("a court or the CNDP ordered it"),
}


def why_not_erase(dossier: Dossier, facts: Sequence[Fact] | None = None, ground: str = "") -> list[str]:
    """What stands against it today, in the reader's language; nothing when it may be done."""
    if dossier.erased_at is not None:
        return [_("The personal data of this dossier were erased.")]
    if dossier.closed_at is None:
        return [_("Only a closed dossier may be erased: this one is still being worked on.")]
    facts = clockwork.facts_of(dossier) if facts is None else facts
    found = _open_remedies(dossier, facts)
    if ground != "order" and Story(facts).first("court_seised"):
        found.append(_("A court was seised of it: only an order of the court, or of the CNDP, lets it be erased."))
    return found


def _open_remedies(dossier: Dossier, facts: Sequence[Fact]) -> list[str]:
    """The remedies that the person still has, and what the council still owes."""
    found, owed = [], False
    for duty in dossiers.duties(dossier):
        if duty.over_on is not None:
            continue
        theirs = duty.owner in law.PERSONS
        until = duty.accept_until or duty.lapses_on or duty.do_by
        if theirs and duty.type == "right" and (until is None or until >= today()):
            found.append(
                _("The person may still contest, %(by)s.") % {"by": by_words(until)}
                if until
                else _("The person may still contest, without a fixed date.")
            )
        owed = owed or (not theirs and duty.type == "duty" and duty.discharged_on is None and duty.do_by is not None)
    regime = law.REGIMES.get(dossier.kind)
    if not found and regime and regime.appeal and clockwork.may(dossier, regime.appeal.filed, facts=facts):
        found.append(_("The person may still appeal to the president."))
    if owed:
        found.append(_("Something is still owed in this dossier."))
    return list(dict.fromkeys(found))


def still_naming(dossier: Dossier) -> list[str]:
    """Numbers of papers whose pages will still name the person, as printed registers do: they stay."""
    return [number for matter in matters() if matter.still_named for number in matter.still_named(dossier)]


def erasure_of(facts: Sequence[Fact]) -> Fact | None:
    """The fact that says who erased the personal data, when and why."""
    return next((fact for fact in reversed(facts) if fact.kind == "personal_data_erased"), None)
