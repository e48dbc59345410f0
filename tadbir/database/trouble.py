"""What the machine refused, told from a fault of the program: a full disk, a database that does not answer.

Needs no settings: the command line asks before Django is there.
"""

import errno

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
#: What a user may not, or a disk does not, do.
BARRED = frozenset({errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE})
#: What SQLite says of a file that is no database any more.
DAMAGED = ("malformed", "not a database")


def refused_by_the_machine(error: BaseException | None) -> str:
    """What was refused, in the system's own words; nothing where the fault is ours."""
    from django.db.utils import DatabaseError, OperationalError

    if isinstance(error, OSError) and error.errno in FULL | BARRED:
        return str(error.strerror)
    if isinstance(error, DatabaseError) and any(words in str(error) for words in DAMAGED):
        return str(error)
    if isinstance(error, OperationalError) and not str(error).startswith("no such"):
        return str(error).strip().splitlines()[0] if str(error).strip() else "the database does not answer"
    return ""
