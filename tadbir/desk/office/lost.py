"""A page of a letter that is no longer there to be signed: who did what, when, and the way on; never that the page does
not exist."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.acts.models import Act
from tadbir.councils.clock import local_date, today
from tadbir.councils.models import Person
from tadbir.desk.fate import of_act, of_dropped
from tadbir.desk.papers import DROPPED
from tadbir.desk.queries import signing as read
from tadbir.desk.words import fact_name
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.queries import visible_to
from tadbir.dossiers.story import Story
from tadbir.law.words import beside
from tadbir.ui.dates import moment_words
from tadbir.ui.errors import Moved

Way = tuple[str, Promise | str]


def to_dossier(number: str) -> Way:
    """The way back to a dossier and its story."""
    return reverse("office-dossier", args=[number]), gettext_lazy("The dossier and its story")


def _way(person: Person, dossier: Dossier) -> Way:
    """The way on for a signatory: the dossier where he may open it, else his folder."""
    if visible_to(person).filter(pk=dossier.pk).exists():
        return to_dossier(dossier.number)
    return reverse("office-signing"), gettext_lazy("To sign")


def dropped(fact: Fact, way: Way) -> Moved:
    """A letter that was given up, or that fell with the entry it answered."""
    return Moved(lazy(of_dropped, str)(fact), way)


def no_answer(story: Story, number: str) -> Exception:
    """Why no answer waits for its signature, where one did."""
    gone = story.last(DROPPED)
    return dropped(gone, to_dossier(number)) if gone else Http404()


def not_to_notify(act: Act, story: Story, number: str) -> Exception:
    """Why the arrival of a letter is not to be recorded any more; what nobody hands over is not there at all."""
    return Moved(lazy(of_act, str)(act, story), to_dossier(number)) if act.status != Act.Status.VALID else Http404()


def _ended(dossier: Dossier, way: Way) -> Moved:
    """A letter that waits in a dossier that ended."""
    story = Story(clockwork.facts_of(dossier))
    last = next((one for one in reversed(story.alive) if one.kind == dossier.closed_by_kind), None)

    def words() -> str:
        said = _("This letter is no longer to be signed: the dossier ended by “%(what)s”, %(by)s.")
        when = moment_words(last.recorded_at) if last else ""
        by = beside(last.by or "" if last else "", when)
        return said % {"what": fact_name(dossier.closed_by_kind), "by": by}

    return Moved(lazy(words, str)(), way)


def why_out_of_reach(person: Person, pk: int) -> Moved | None:
    """Why a letter that this person may not sign now, and could once, is not there; None for one that never was his."""
    draft = read.prepared_without_act(pk)
    if draft is None:
        return _why_gone(person, pk)
    dossier = read.dossier_of(draft)
    if dossier is None:
        return None
    if dossier.closed_at is not None and read.could_sign(person, draft, dossier, today()):
        return _ended(dossier, _way(person, dossier))
    if read.could_sign(person, draft, dossier, local_date(draft.prepared_at)):
        said = gettext_lazy("You may no longer sign this letter: your power to sign it ended.")
        return Moved(said, _way(person, dossier))
    return None


def _why_gone(person: Person, pk: int) -> Moved | None:
    fact = next((one for one in read.newest_dropped() if one.words.get("draft") == str(pk)), None)
    if fact is None or not read.reaches(person, fact.dossier, today()):
        return None
    return dropped(fact, _way(person, fact.dossier))
