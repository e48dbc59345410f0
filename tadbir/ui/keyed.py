"""Forms that bear a key, so that sending one again does nothing twice (`register.actions.once`)."""

import secrets
from typing import Any

from tadbir.ui import forms

#: The code of a refusal: what has this key was done already, with other content.
SENT_OTHERWISE = "sent_otherwise"
#: Codes of refusals after which what is typed is a deed of its own, asked again.
_ASKED_ANEW = {SENT_OTHERWISE, "changed"}


class KeyField(forms.CharField):
    """The key of a form. One that comes back to be sent knowingly once more carries another."""

    widget = forms.HiddenInput
    fresh = ""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40} | kwargs)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was sent: the same form sent twice is one; the new key where there is one."""
        return self.fresh or data


class KeyedForm(forms.Form):
    """A form whose `key` makes a second sending harmless; with other content it is shown again, never called done."""

    key = KeyField()

    def add_error(self, field: str | None, error: Any) -> None:
        """Give it another key where it is asked anew."""
        super().add_error(field, error)
        if not _ASKED_ANEW.isdisjoint({getattr(one, "code", "") for one in getattr(error, "error_list", ())}):
            self.fields["key"].fresh = secrets.token_hex(16)  # type: ignore[attr-defined]

    @property
    def sent_before(self) -> dict[str, Any] | None:
        """What was answered when it was sent with other content; None where it was not."""
        found = (error for errors in self.errors.as_data().values() for error in errors)
        return next((dict(vars(one)["answer"]) for one in found if one.code == SENT_OTHERWISE), None)
