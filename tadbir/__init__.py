"""Tadbir: the digital administration of Morocco's prefectural and provincial councils.

Importing this package puts PyPI's SQLite in place of the interpreter's: Debian 12 ships 3.40.1, whose
write-ahead log can corrupt a database (upstream's WAL-reset defect, mended in 3.51.3).
"""

import sys

import pysqlite3
import pysqlite3.dbapi2

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

from tadbir.database.timezone import use_packaged_tzdata  # noqa: E402

use_packaged_tzdata()  # Casablanca left summer time in September 2026; the system may not know yet

#: Said here alone; each wheel that is handed over bears a higher one.
__version__ = "0.6.0"
