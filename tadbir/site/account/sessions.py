"""Sessions that live under their own key alone, for nine hours from when they began.

Django signs what a session holds, not under which key it holds it: a row copied before somebody signed out, or out of
an old backup, and put back under any key, would be him again. Here the key is part of the signature, and the moment in
which the session began stands in what is signed.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db

#: In what is signed: when the session began, in seconds.
BEGAN = "_began"


class SessionStore(db.SessionStore):
    """Django's sessions in the database, bound to their key and to the moment in which they began."""

    @property
    def key_salt(self) -> str:
        """What the signature stands under: the key of this very session."""
        return f"tadbir.session.{self.session_key}"

    def cycle_key(self) -> None:
        """Whoever signs in gets another key, and begins anew."""
        self.pop(BEGAN, None)
        super().cycle_key()

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Sign it. Only after a key is there: without one nothing would be bound."""
        session_dict.setdefault(BEGAN, int(time.time()))
        return str(super().encode(session_dict))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What it holds; nothing where it is of another key, or began too long ago."""
        found = super().decode(session_data)
        began = found.get(BEGAN)
        return dict(found) if isinstance(began, int) and time.time() - began <= settings.SESSION_COOKIE_AGE else {}
