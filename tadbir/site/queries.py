"""What the front pages read."""

import shutil
import tempfile

from django.conf import settings
from django.db import connection

from tadbir.councils.models import Council


def councils_served() -> list[Council]:
    """The councils of this installation, in the order of their census codes."""
    return list(Council.objects.order_by("code"))


def database_answers() -> bool:
    """Whether the database answers at all. Raises the database's own error when it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


#: Bytes: a filing with its documents, its papers and the database's own log.
ROOM = 20_000_000


def disk_takes_more() -> bool:
    """Whether a request could be written now: there is room, and the folder lets itself be written to."""
    if shutil.disk_usage(settings.HOME).free < ROOM:
        return False
    try:
        with tempfile.TemporaryFile(dir=settings.HOME) as probe:
            probe.write(bytes(65_536))
            probe.flush()
    except OSError:
        return False
    return True
