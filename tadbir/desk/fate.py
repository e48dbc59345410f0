"""What became of a letter that is no longer to be signed, or no longer stands: who did what, when and why, in one
sentence, the same on the page of its dossier and wherever the letter itself is asked for."""

from datetime import datetime

from django.utils.translation import gettext as _

from tadbir.acts.models import Act
from tadbir.desk.words import SIGNED
from tadbir.dossiers.models import Fact
from tadbir.dossiers.story import Story
from tadbir.law.words import beside
from tadbir.ui.dates import moment_words


def _told(said: str, at: datetime | None, by: object, reason: str, **more: str) -> str:
    """The sentence, with its reason where one was given."""
    when = moment_words(at) if at else ""
    told = said % {"by": beside(str(by or "")), "at": when, **more}
    return f"{told} " + _("Reason: %(reason)s") % {"reason": beside(reason)} if reason else told


def of_dropped(fact: Fact) -> str:
    """A letter that was given up before anybody signed it, or that fell with what it answered, or was worded by."""
    said = _("This letter is no longer to be signed: %(by)s gave it up, %(at)s.")
    if fact.words.get("fell") == "put_right":
        said = _("This letter is no longer to be signed: %(by)s put right what it was worded by, %(at)s.")
    elif fact.words.get("fell"):
        said = _("This letter is no longer to be signed: %(by)s struck out the entry it answered, %(at)s.")
    return _told(said, fact.recorded_at, fact.by, str(fact.words.get("reason", "")))


def of_notification(act: Act, story: Story) -> str:
    """A paper whose notification stands: who recorded it, and when. Empty where nobody did."""
    found = [fact for fact in story.alive if fact.data.get("means") and _names(fact, act)]
    if not found:
        return ""
    said = _("The notification of paper %(number)s was recorded before: %(by)s, %(at)s.")
    return _told(said, found[-1].recorded_at, found[-1].by, "", number=act.number)


def _names(fact: Fact, act: Act) -> bool:
    return act.number in (fact.data.get("act"), fact.words.get("act"))


def of_act(act: Act, story: Story) -> str:
    """A paper that was issued and no longer stands; empty for one that does. `story`: of its dossier, whole."""
    if act.status == Act.Status.VALID:
        return ""
    if act.replaced_by is not None:
        said = _("Paper %(number)s no longer stands: paper %(other)s replaced it, %(at)s.")
        return _told(said, act.status_at, "", act.status_reason, number=act.number, other=act.replaced_by.number)
    struck = (fact for fact in story.facts if fact.data.get("act") == act.number and fact.pk in story.voided)
    last = max(struck, key=lambda fact: (fact.kind in SIGNED, fact.pk), default=None)
    by = story.voided[last.pk].by if last is not None else None
    said = _("Paper %(number)s no longer stands: it was annulled, %(at)s.")
    if by is not None:
        said = _("Paper %(number)s no longer stands: %(by)s had it annulled, %(at)s.")
    return _told(said, act.status_at, by, act.status_reason, number=act.number)
