"""The job of the queue (django-q2), named by its path. It may run twice; the entries decide what is left to do."""

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.textsearch.actions import reindex_in_turns


def reindex(council_id: int) -> int:
    """Go on indexing what an older stemmer indexed in a council; how many were done. One that is gone has none."""
    council = Council.objects.filter(pk=council_id).first()
    if council is None:
        return 0
    with council_scope(council):
        return reindex_in_turns()
