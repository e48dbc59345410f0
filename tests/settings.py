"""Settings of the tests: a folder of their own, fast password hashes, mail kept in memory."""

import atexit
import os
import shutil
import tempfile

# A folder for each worker of pytest: two of them would keep the files of councils with the same key in one place.
# What a worker starts stays in its folder, or in the one that it was given.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
if "TADBIR_HOME" not in os.environ or os.environ.get("TADBIR_TESTS_OF", _worker) != _worker:
    os.environ["TADBIR_TESTS_OF"] = _worker
    os.environ["TADBIR_HOME"] = tempfile.mkdtemp(prefix=f"tadbir-tests-{_worker}-")
    atexit.register(shutil.rmtree, os.environ["TADBIR_HOME"], ignore_errors=True)

from tests.postgres import prepare  # noqa: E402

prepare()  # PostgreSQL instead of SQLite when TADBIR_TEST_ENGINE=postgres

from tadbir.settings import *  # noqa: E402, F403

SECRET_KEY = "only-for-tests"
# A small domain that is only declared: the proof of the one door (docs/desk.md).
INSTALLED_APPS.insert(INSTALLED_APPS.index("tadbir.services") + 1, "tests.visits")  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEXT_GATEWAY = {"kind": "file", "folder": str(HOME / "outbox")}  # noqa: F405
REHEARSAL = True  # text messages written into files count as sent
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  # whitenoise warns of a missing folder
if DATABASES["default"]["ENGINE"] == "tadbir.database.sqlite":  # noqa: F405
    # A file, as in a council: an in-memory database has neither the write queue nor a second connection.
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
