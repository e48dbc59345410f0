"""What a web worker loads: the application, in a process that does not outlive the server that started it."""

from tadbir.operations.processes import die_with_parent
from tadbir.wsgi import application

die_with_parent()
__all__ = ["application"]
