"""What a person adds to a remedy that he filed: under the name of what it is added to, and read with it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.clock import local_date
from tadbir.councils.models import in_language
from tadbir.desk.words import fact_name
from tadbir.dossiers.models import Fact
from tadbir.dossiers.story import Story
from tadbir.ui.dates import day_words

#: The kinds of fact that keep what was added to a remedy, which `asked` in their data names: the second, that of
#: additions to an answer, kept its words in dossiers of before.
TO_REMEDY = ("remedy_added", "information_added")
#: The kind of fact that takes a remedy back alone: `asked` names it.
TAKEN_BACK = "remedy_withdrawn"
#: What a person adds and nobody waited for.
ADDED = ("document_added", *TO_REMEDY)
#: The kind of fact that says that its person sent again the very file that another copy was asked of.
SAME_FILE = "same_file_sent"
#: What a person sends once his request was filed, besides what has its own letter and its own clock.
SENT = ("document_received", "replacement_received", "information_received", *ADDED)


def name_in(fact: Fact, facts: Iterable[Fact], kind: str) -> str:
    """A fact in words; of what was added to a remedy, or takes it back, the name of that remedy in a dossier of this
    kind, and of the latter its day: there may be several."""
    asked = str(fact.data.get("asked", "")) if fact.kind in (*TO_REMEDY, TAKEN_BACK) else ""
    to = next((one for one in facts if str(one.pk) == asked), None) if asked else None
    remedy = law.REGIMES[kind].remedy(to.kind) if to is not None and kind in law.REGIMES else None
    if remedy is None:
        return fact_name(fact.kind)
    if to is not None and fact.kind == TAKEN_BACK:
        said = {"remedy": in_language(remedy.name.ar, remedy.name.fr), "day": day_words(local_date(to.happened_at))}
        return _("Taken back: %(remedy)s, filed on %(day)s") % said
    return _("Added to: %(remedy)s") % {"remedy": in_language(remedy.name.ar, remedy.name.fr)}


def additions(story: Story, remedy: Fact) -> list[Fact]:
    """What its person added to a remedy, words and documents, oldest first."""
    return [one for one in story.of(*TO_REMEDY) if one.data.get("asked") == str(remedy.pk)]


def said_in(fact: Fact | None) -> str:
    """What a remedy says, or what was added to it, as whoever answers it reads it."""
    return str(fact.words.get("answer") or fact.words.get("text") or "") if fact else ""
