"""What a web worker loads: the application, in a process that does not outlive the server that started it."""

import os

from tadbir.operations.processes import die_with_parent

die_with_parent(int(os.environ["TADBIR_WEB"]))  # before the application is loaded: that takes a second
from tadbir.wsgi import application  # noqa: E402

__all__ = ["application"]
