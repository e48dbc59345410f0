"""Every cookie that Tadbir sets: what the legal notice says of them is read here, and nowhere written again."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from tadbir.ui.dates import days_words

_HOUR = 60 * 60
_DAY = 24 * _HOUR


@dataclass(frozen=True)
class Cookie:
    """One cookie: its name, why it is put, and how long the browser keeps it (None: until it is closed)."""

    name: str
    why_words: Promise
    seconds: int | None = None

    @property
    def kept_words(self) -> str:
        """How long it is kept, in words; empty where it goes with the browser."""
        if self.seconds is None:
            return ""
        if self.seconds >= 2 * _DAY:
            return days_words(self.seconds // _DAY)
        hours = self.seconds // _HOUR
        return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}


_DECLARED: dict[str, Cookie] = {}


def declare_cookie(name: str, why: Promise, seconds: int | None = None) -> str:
    """Say of a cookie why it is put and how long it stays; returns its name. Whatever sets one declares it."""
    _DECLARED[name] = Cookie(name, why, seconds)
    return name


def declared_cookies() -> list[Cookie]:
    """Every one: those of Tadbir in the order in which they were declared, then those of what it is built upon."""
    against = gettext_lazy("on a page with a form of a dossier or of the office: no other site can send it for you")
    signed_in = gettext_lazy("for who works here and signs in: who is signed in")
    just_done = gettext_lazy("in the office: what was just done, said on the next page")
    return [
        *_DECLARED.values(),
        Cookie(settings.CSRF_COOKIE_NAME, against, settings.CSRF_COOKIE_AGE),
        Cookie(settings.SESSION_COOKIE_NAME, signed_in),
        Cookie("messages", just_done),
    ]
