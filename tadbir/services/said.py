"""What is said after a verb where its usual sentence would not be true."""

from django.utils.translation import gettext as _

from tadbir.councils.clock import local_date
from tadbir.desk.dossier import Desk
from tadbir.desk.papers import Step, step_of
from tadbir.ui.dates import day_words


def completed(desk: Desk) -> str:
    """What is said where the document that was taken was the last one."""
    last = desk.story.last("completed")
    taken = desk.story.last("document_received")
    if last is None or taken is None or last.pk < taken.pk:
        return ""
    day = day_words(local_date(last.happened_at))
    return _("The file is complete since %(day)s: its delay runs. Give the new receipt.") % {"day": day}


def _written_now(desk: Desk) -> Step | None:
    """What the letter takes, or tells, that the last thing done in a dossier wrote; None where it wrote none."""
    draft = next(reversed(desk.unsigned), None)
    if draft is None or (desk.facts and draft.prepared_at < desk.facts[-1].recorded_at):
        return None
    return step_of(draft)


def step_taken(desk: Desk) -> str:
    """What a step did: recorded, recorded and told by a letter that waits, or only written in a letter."""
    step = _written_now(desk)
    if step is None:
        return ""
    if step.about:
        return _("The step is recorded, and the letter that tells it is written. Now it must be signed.")
    return _("The letter is written, and nothing is changed yet. Now it must be signed.")


def concluded(desk: Desk) -> str:
    """What is said of an end that no letter tells."""
    return "" if _written_now(desk) else _("The step is recorded.")


def linked_only(desk: Desk) -> str:
    """What is said where another person filed the first dossier."""
    if desk.story.last("duplicate_of"):
        return ""
    return _("Another person filed that dossier: nothing is closed, both go on and each names the other.")
