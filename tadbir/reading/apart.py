"""Looking into a file in a process of its own, with little memory and little time: it may die, the server may not."""

import subprocess
import sys

#: Bytes of memory for one file that is looked into.
MEMORY = 768 * 1024 * 1024
_BOUNDS = """
import io, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
given = io.BytesIO(sys.stdin.buffer.read())
"""


def looked_into(program: str, content: bytes, seconds: int) -> tuple[int, bytes]:
    """Run a program of ours that finds the file in `given`: how it ended, and what it printed.

    `seconds` of work, and twice as many by the clock; one that takes longer ended with 1 and said nothing.
    """
    command = [sys.executable, "-I", "-c", _BOUNDS.format(memory=MEMORY, seconds=seconds) + program]
    quiet = {"MALLOC_ARENA_MAX": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own text
            command, input=content, capture_output=True, timeout=2 * seconds, check=False, env=quiet
        )
    except (subprocess.TimeoutExpired, OSError):
        return 1, b""
    return done.returncode, done.stdout
