"""Whether the database is the one that this folder worked with: an empty or another one in its place is a lost one.

What the folder knows stands outside the database: the councils whose seal keys and heads of the register lie in it, and
the newest head of each.
"""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.translation import gettext as _

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.register.witnesses import newest_lost


def refuse_another_database() -> None:
    """Whoever would build tables in an empty database, or work in that of others, loses what can still be restored.

    Asks nothing that an older program did not write. Raises ImproperlyConfigured.
    """
    held = _held()
    if missing := sorted(_named() - held):
        text = _("The database does not hold %(councils)s, as this folder does: restore a backup (“tadbir restore”).")
        raise ImproperlyConfigured(text % {"councils": ", ".join(missing)})
    if not held:
        raise ImproperlyConfigured(_("The database holds no council: restore a backup (“tadbir restore”)."))


def refuse_an_older_copy() -> None:
    """A database that lacks the newest head which was written down would give the same numbers twice.

    Raises ImproperlyConfigured.
    """
    for council in Council.objects.order_by("code"):
        with council_scope(council):
            lost = newest_lost()
        if lost:
            text = _(
                "The database is not the one that this folder worked with last: link %(seq)s of %(day)s "
                "(witnesses/%(council)s.txt) is not in it. Restore the newest backup (“tadbir restore”); “tadbir "
                "prove” says what differs."
            )
            raise ImproperlyConfigured(text % {"seq": lost[1], "day": lost[0], "council": council.slug})


def _named() -> set[str]:
    """The councils that the folder knows of."""
    home = Path(settings.HOME)
    keys = {path.parent.name for path in home.glob("keys/*/root.cert.pem")}
    return keys | {path.stem for path in home.glob("witnesses/*.txt")}


def _held() -> set[str]:
    """The councils that the database holds, whatever its version."""
    table = Council._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return set()
        cursor.execute(f"SELECT slug FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of ours
        return {str(slug) for (slug,) in cursor.fetchall()}
