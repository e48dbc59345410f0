"""The refusal of a limit (`councils.limits`): it says when it ends, in words and in `Retry-After`."""

from django.utils.functional import Promise, lazy

from tadbir.councils import limits
from tadbir.councils.clock import CASABLANCA
from tadbir.ui.errors import TooMany


def ends_at(name: str) -> str:
    """The time of the day at which a refusal of now ends. Windows are whole minutes: it is true to the second."""
    return limits.opens_at(name).astimezone(CASABLANCA).strftime("%H:%M")


def _words(reason: Promise, time: str) -> str:
    return str(reason) % {"time": time}


_said = lazy(_words, str)


def refusal(name: str, reason: Promise) -> TooMany:
    """The refusal of a limit. `reason` has a place for the `time` at which it ends; it is said in both languages."""
    return TooMany(_said(reason, ends_at(name)), retry_after=limits.wait(name))
