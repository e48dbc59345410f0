"""What a web worker loads: the application, in a process that does not outlive the server that started it."""

import os
from threading import Timer

from tadbir.operations.processes import die_with_parent

die_with_parent(int(os.environ["TADBIR_WEB"]))  # before the application is loaded: that takes a second
from tadbir.acts.documents.seal import load_library  # noqa: E402
from tadbir.operations.bridge import Bridge  # noqa: E402
from tadbir.wsgi import application as django_application  # noqa: E402

#: Threads that run views in each worker; more only wait for each other's turn to write.
THREADS = 2
application = Bridge(django_application, THREADS)
application.lines.watch()

#: Seconds after the start, when the first pages were served.
IDLE = 2.0
_later = Timer(IDLE, load_library)
_later.daemon = True
_later.start()
