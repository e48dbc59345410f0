"""The queue as processes of their own, none of which outlives the one that began it. Started by `serving`.

The library's guard, pusher, monitor and workers are forks of this process; left alone after it was killed, they go on
for minutes beside the queue that was started anew.
"""

import os
import signal

from tadbir.operations.processes import die_with_parent

_parent = os.getpid()


def _forking() -> None:
    global _parent  # noqa: PLW0603 - the child must know who forked it, even when that one is dead by then
    _parent = os.getpid()


def _forked() -> None:
    die_with_parent(_parent, signal.SIGKILL)  # the guard waits for its workers when asked politely


def main() -> None:
    """Work the queue until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")
    os.register_at_fork(before=_forking, after_in_child=_forked)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tadbir", "qcluster"])


if __name__ == "__main__":
    main()
