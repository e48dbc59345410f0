"""Settings of the tests: a folder of their own, fast password hashes, mail kept in memory."""

import os
import tempfile

os.environ.setdefault("TADBIR_HOME", tempfile.mkdtemp(prefix="tadbir-tests-"))

from tests.postgres import prepare

prepare()  # PostgreSQL instead of SQLite when TADBIR_TEST_ENGINE=postgres

from tadbir.settings import *  # noqa: E402, F403

SECRET_KEY = "only-for-tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  # whitenoise warns of a missing folder
if DATABASES["default"]["ENGINE"] == "tadbir.database.sqlite":  # noqa: F405
    # A file, as in a council: an in-memory database has neither the write queue nor a second connection.
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
