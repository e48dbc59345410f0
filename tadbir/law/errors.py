"""The one error of the law package."""

from __future__ import annotations


class LawError(Exception):
    """A rule, a calendar entry or a history of facts that the law package refuses to guess about.

    The message names where (a file and a key, or a fact) and what was expected there.
    """

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}")
