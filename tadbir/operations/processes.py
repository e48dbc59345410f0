"""Children of the supervisor: started in its process group, ended with it, never left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, number: int = signal.SIGTERM) -> None:
    """Ask Linux to end this process when its parent dies, however it dies. Elsewhere nothing happens.

    When the parent died before we could ask, this process already has another one, and ends at once.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def start(*words: str, keeps: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """Start a Python module of ours as a child, which keeps these open files of ours."""
    command = [sys.executable, "-m", *words]
    return subprocess.Popen(command, pass_fds=keeps, preexec_fn=partial(die_with_parent, os.getpid()))  # noqa: S603, PLW1509 - our own modules, no threads yet


def stop(children: Sequence[subprocess.Popen[bytes]], seconds: float = 15) -> None:
    """Ask the children to end, wait, and end those that did not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + seconds
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
