"""What the machine says when it refuses something, in the language of the terminal."""

import errno
import os
import shutil

from tadbir.operations.words import _

#: Bytes without which SQLite opens no database of ours: its index of the journal, and the journal's head.
NEEDED = 100_000


def why(error: BaseException) -> str:
    """In words, why a file, a port or the database was refused; in the machine's own where we have none."""
    if isinstance(error, OSError):
        found = _of_system().get(error.errno or 0) or systems_words(error.strerror or str(error))
        return f"{error.filename}: {found}" if error.filename and not isinstance(error.filename, int) else found
    said = str(error).strip().partition("\n")[0]
    if "disk I/O" in said and _is_full():  # SQLite finds no room for what it keeps beside the database
        return _of_system()[errno.ENOSPC]
    whole = " ".join(str(error).split())
    told = next((words for part, words in _of_postgres().items() if part in whole), "")
    told = told or next((words for part, words in _of_sqlite().items() if part in said), "")
    return told or systems_words(said)


def systems_words(said: str) -> str:
    """What the machine or a library says in its own language, for which we have no words: told as theirs, and apart
    from the text around it."""
    return _("the machine refused it (%(said)s)") % {"said": isolated(said)}


def isolated(said: str) -> str:
    """Words of another direction, for the inside of a sentence."""
    return f"\u2068{said}\u2069"


def _is_full() -> bool:
    """Whether the disk of this process's folder takes nothing more that SQLite needs to open a database."""
    try:
        return shutil.disk_usage(os.environ.get("TADBIR_HOME") or "data").free < NEEDED
    except OSError:
        return False


def _of_system() -> dict[int, str]:
    return {
        errno.ENOENT: _("there is no such file or folder"),
        errno.EACCES: _("this user may not"),
        errno.EPERM: _("this user may not"),
        errno.ENOSPC: _("no room is left on the disk"),
        errno.EDQUOT: _("no room is left for this user on the disk"),
        errno.EROFS: _("the disk can only be read"),
        errno.EIO: _("the disk does not answer as it must"),
        errno.EEXIST: _("it is there already"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("it is no folder"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.EMFILE: _("too many files are open"),
        errno.EADDRINUSE: _("another program listens there"),
        errno.EADDRNOTAVAIL: _("this machine has no such address"),
    }


def _of_sqlite() -> dict[str, str]:
    return {
        "malformed": _("the database is damaged: restore a backup (“tadbir restore”)"),
        "not a database": _("the database is damaged: restore a backup (“tadbir restore”)"),
        "readonly database": _("this user may not write the database"),
        "unable to open": _("this user may not open the database"),
        "is full": _("no room is left on the disk"),
        "disk I/O": _("the disk does not answer as it must"),
        "is locked": _("another program holds the database"),
    }


def _of_postgres() -> dict[str, str]:
    return {
        "Connection refused": _("no database server listens at that address: is PostgreSQL started?"),
        "could not translate host name": _("no machine has the name that “database_url” says"),
        "failed to resolve host": _("no machine has the name that “database_url” says"),
        "authentication failed": _("the database server refuses this user or password (“database_url”)"),
        "no password supplied": _("the database server refuses this user or password (“database_url”)"),
        "no pg_hba.conf entry": _("the database server lets nobody in from this machine (pg_hba.conf)"),
        'FATAL: database "': _("the database server has no database of the name that “database_url” says"),
        'FATAL: role "': _("the database server refuses this user or password (“database_url”)"),
        "timeout expired": _("the database server does not answer in time"),
        "the database system is": _("the database server is starting or stopping: try again in a minute"),
        "too many clients": _("the database server takes no more connections"),
        "terminating connection": _("the database server was stopped"),
        "server closed the connection": _("the database server was stopped"),
    }
