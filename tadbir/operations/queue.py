"""The queue as processes of their own, none of which outlives the one that began it. Started by `serving`.

The library's guard, pusher, monitor and workers are forks of this process; left alone after it was killed, they go on
for minutes beside the queue that was started anew.
"""

import os
import signal

from tadbir.operations.processes import die_with_parent


def _forked() -> None:
    die_with_parent(os.getppid(), signal.SIGKILL)  # the guard waits for its workers when asked politely


def main() -> None:
    """Work the queue until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")
    os.register_at_fork(after_in_child=_forked)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tadbir", "qcluster"])


if __name__ == "__main__":
    main()
