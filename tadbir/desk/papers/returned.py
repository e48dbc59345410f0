"""A letter that went back without being signed: who sent it back, or that nobody could sign it any more, when and why,
until it is submitted again."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.acts.models import Draft
from tadbir.councils.clock import local_date
from tadbir.councils.models import in_language
from tadbir.councils.shown import Line
from tadbir.dossiers.models import Fact
from tadbir.ui.dates import day_words


def sent_back(draft: Draft) -> str:
    """Who sent a letter back, when and why, in the reader's language; empty for one that waits for its signature. One
    that nobody could sign any more went back by itself."""
    if draft.sent_back_at is None:
        return ""
    told = Fact.objects.filter(dossier__number=draft.dossier_ref, kind="letter_sent_back", data__draft=str(draft.pk))
    fact = told.select_related("by", "content").order_by("pk").last()
    words = fact.words if fact else {}
    reason = in_language(str(words.get("reason", "")), str(words.get("reason_fr", "")))
    day = day_words(local_date(draft.sent_back_at))
    if fact is not None and fact.by is None:
        said = _("It could no longer be signed and left the signing folder on %(day)s: %(reason)s")
        return said % {"day": day, "reason": reason}
    said = _("Sent back without being signed by %(by)s on %(day)s: %(reason)s")
    return said % {"by": str(fact.by) if fact else "", "day": day, "reason": reason}


def sent_back_lines(draft: Draft) -> list[Line]:
    """The same, as a line of a page that confirms; none for a letter that waits for its signature."""
    if draft.sent_back_at is None:
        return []
    return [Line("sent_back", gettext_lazy("What became of it"), sent_back(draft), draft.sent_back_at.isoformat())]
