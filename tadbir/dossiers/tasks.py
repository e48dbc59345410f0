"""The job of the queue (django-q2), named by its path. It may run twice; the rows decide what is left to do."""

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.dossiers.actions.redating import redate_and_come_back


def redate(council_id: int) -> int:
    """Go on dating the open dossiers of a council anew; how many were dated. A council that is gone has none."""
    council = Council.objects.filter(pk=council_id).first()
    if council is None:
        return 0
    with council_scope(council):
        return redate_and_come_back()
