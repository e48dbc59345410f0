"""Which fact ended a dossier, as what stands is read in the order it happened."""

from tadbir import law
from tadbir.dossiers.models import Fact
from tadbir.dossiers.story import Story

#: Kinds of fact after which a dossier is open or closed.
_ENDING = (law.CLOSING, law.CLOSING_AGAIN, law.REOPENING, frozenset({"remedy_withdrawn"}))


def end_of(story: Story) -> str:
    """The kind of fact that ended a dossier, "" while it is open: what stands is read again in the order it happened,
    whenever it was recorded."""
    ended = before = ""  # before: as it had ended when a remedy opened it again
    alive = [one for one in story.in_place if str(one.pk) not in story.given_up]
    for rank, fact in enumerate(alive, 1):
        if fact.kind in law.REOPENING:
            ended = ""
        elif fact.kind in law.CLOSING or fact.kind in law.CLOSING_AGAIN:
            ended = _closed_by(fact, Story(alive[:rank]), before) or ended
        before = ended or before
    return ended


def _closed_by(fact: Fact, story: Story, before: str) -> str:
    """The kind that a dossier is closed by once this one came; "" where it stays as it was."""
    refused = fact.kind in law.REFUSING or (fact.kind == "notified" and fact.data.get("sense") != "granted")
    if (refused or fact.kind in law.CLOSING_AGAIN) and story.contesting(*law.REOPENING):
        return ""  # another remedy waits for its answer
    if fact.kind in law.CLOSING:
        return fact.kind
    if fact.data.get("sense") in law.GRANTING:
        return ""  # what is granted is to be given by a new answer
    if before in law.CLOSED_UNANSWERED and story.ended is None:
        before = ""  # a remedy that was granted since took that end away
    return before or (fact.kind if story.decides(fact) else "")


def may_end(fact: Fact) -> bool:
    """Whether a dossier may be open or closed after a fact, that was not before it."""
    return fact.voids_id is not None or any(fact.kind in kinds for kinds in _ENDING)


def ended_by(fact: Fact, story: Story, known: str) -> str | None:
    """The kind of fact that ends the dossier once this one is recorded, "" where it opens again, None for no change.

    `known`: the kind that had ended it before.
    """
    if not may_end(fact):
        return None
    ended = end_of(story)
    return None if ended == known and fact.kind not in law.CLOSING else ended
