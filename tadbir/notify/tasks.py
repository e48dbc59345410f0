"""The job of the queue (django-q2), named by its path. It may run twice; the row of the notice decides."""

from __future__ import annotations

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.notify import actions


def deliver(council_id: int, notice_id: int) -> str:
    """Send one notice. A council that is gone has no notices to send."""
    council = Council.objects.filter(pk=council_id).first()
    if council is None:
        return "skipped"
    with council_scope(council):
        return actions.deliver(notice_id)
