"""The WSGI entry, served by granian (`tadbir serve`)."""

import os

import tadbir  # noqa: F401  (puts the safe SQLite in place first)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
