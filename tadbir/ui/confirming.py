"""Forms that confirm, or change, what their page displays (`councils.shown`)."""

from typing import Any

import django.forms

from tadbir.councils.shown import LONGEST, Changed, NotShown, Shown
from tadbir.ui import forms


class ShownField(django.forms.CharField):
    """What the page displayed. A form that comes back carries what the page displays now."""

    widget = django.forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Never what was sent: the person confirms what he reads now."""
        return initial


class ConfirmingForm(forms.Form):
    """A form that confirms, or changes, what its page displays; the action gets `cleaned_data["shown"]`.

    `shown`: what the page displays now. What was displayed when the form left is compared here, and again by the
    action under its lock. Templates draw it by `{% field form.shown %}` or `{% fields form %}`.
    """

    shown = ShownField(max_length=LONGEST, required=False)

    def __init__(self, *args: Any, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.display(shown)

    def display(self, shown: Shown) -> None:
        """Carry what the page displays now, where that changed since the form was made."""
        self.now = shown
        self.fields["shown"].initial = shown.token

    @property
    def changed(self) -> Changed | None:
        """What is otherwise than its page displayed, where it was refused for that."""
        found = (error for errors in self.errors.as_data().values() for error in errors)
        return next((error for error in found if isinstance(error, Changed)), None)

    @property
    def asks_anew(self) -> bool:
        """Whether what was confirmed is not what the page displays now: its ticks come back off (`forms.Bound`)."""
        found = (error for errors in self.errors.as_data().values() for error in errors)
        return any(isinstance(error, Changed | NotShown) for error in found)

    @property
    def status(self) -> int:
        """The status of the page that draws it: 409 when what it confirms changed, 422 when it is refused."""
        return 409 if self.changed else 422 if self.errors else 200

    def clean_shown(self) -> str:
        """Raise NotShown or Changed, the whole form with it."""
        token = str(self.cleaned_data["shown"])
        self.now.require(token)
        return token
