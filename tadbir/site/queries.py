"""What the front pages read."""

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
