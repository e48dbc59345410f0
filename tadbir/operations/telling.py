"""What a command tells its terminal never decides over its work: a reader may go away, as `| head` does."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import IO, cast


class Telling(io.TextIOBase):
    """Writes to a stream, and into nothing once its reader has gone."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Tell it, if somebody still listens."""
        with self._whoever_listens():
            self.stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Tell what was kept back."""
        with self._whoever_listens():
            self.stream.flush()

    def fileno(self) -> int:
        """That of the stream."""
        return self.stream.fileno()

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self.stream.isatty()

    @contextlib.contextmanager
    def _whoever_listens(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, self.stream.fileno())
            os.close(nothing)


@contextlib.contextmanager
def outliving_the_reader() -> Iterator[None]:
    """Inside, a closed pipe behind standard output or standard error stops nothing."""
    told, warned = Telling(sys.stdout), Telling(sys.stderr)
    with contextlib.redirect_stdout(cast(IO[str], told)), contextlib.redirect_stderr(cast(IO[str], warned)):
        try:
            yield
        finally:
            told.flush()
            warned.flush()
