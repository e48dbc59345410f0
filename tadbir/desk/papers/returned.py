"""A letter that a signatory sent back without signing it: who did, when and why, until it is submitted again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.acts.models import Draft
from tadbir.councils.clock import local_date
from tadbir.councils.shown import Line
from tadbir.dossiers.models import Fact
from tadbir.ui.dates import day_words


def sent_back(draft: Draft) -> str:
    """Who sent a letter back, when and why, in the reader's language; empty for one that waits for its signature."""
    if draft.sent_back_at is None:
        return ""
    told = Fact.objects.filter(dossier__number=draft.dossier_ref, kind="letter_sent_back", data__draft=str(draft.pk))
    fact = told.select_related("by", "content").order_by("pk").last()
    by = str(fact.by or "") if fact else ""
    reason = str(fact.words.get("reason", "")) if fact else ""
    said = _("Sent back without being signed by %(by)s on %(day)s: %(reason)s")
    day = day_words(local_date(draft.sent_back_at))
    return said % {"by": by, "day": day, "reason": reason}


def sent_back_lines(draft: Draft) -> list[Line]:
    """The same, as a line of a page that confirms; none for a letter that waits for its signature."""
    if draft.sent_back_at is None:
        return []
    return [Line("sent_back", gettext_lazy("What became of it"), sent_back(draft), draft.sent_back_at.isoformat())]
