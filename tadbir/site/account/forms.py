"""What a person types to set up an account."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tadbir.councils.models import Account
from tadbir.reading.codes import read_digits
from tadbir.site.account import tries
from tadbir.ui import forms


def unhinted(form: Any) -> None:
    """Take the label said again inside a field away: it has words of its own for the same thing, and goes when one
    types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class EnrolForm(forms.Form):
    """A password, twice."""

    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Four ordinary words are easy to remember and hard to guess."),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, data: Any = None) -> None:
        self.account = account
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """Both are the same, and strong enough for this account."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        elif first:
            try:
                validate_password(first, self.account)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class _ReadPasskey:
    """A passkey as a browser sends it."""

    def clean_credential(self) -> Any:
        """What no browser sends is refused in words."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            message = _("The passkey was not read. Try again, or use a one-time code.")
            raise ValidationError(message, code="passkey") from error


class _Passkey(_ReadPasskey):
    """A passkey that is shown: the account it says to be of is believed once it is proved."""

    user: Account | None

    def clean_credential(self) -> Any:
        """Count it before it is looked at. Where nobody is known yet, for the address alone."""
        secret = tries.factor_of(self.user.pk) if self.user else ""
        with tries.counted(context.request, secret):
            return super().clean_credential()


class PasskeyForm(_ReadPasskey, AddWebAuthnForm):
    """A passkey with a name; one that signs in by itself, unless the box is cleared."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        if "passwordless" in self.fields:
            self.fields["passwordless"].initial = True
            self.fields["passwordless"].label = _("Sign in with it alone, without the password")


class SignInForm(LoginForm):
    """Address and password; the address is read as everywhere else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["login"].widget
        self.fields["login"] = forms.EmailField(label=_("E-mail"), widget=widget)
        unhinted(self)


class _OneTimeCode:
    """A code of the application, or a recovery code, in whatever digits. What is no code at all is no wrong try."""

    user: Account
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    lengths: tuple[int, ...] = (app_settings.TOTP_DIGITS, app_settings.RECOVERY_CODE_DIGITS)
    label: Any = _("Code of your application, or a recovery code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = self.label
        unhinted(self)
        field.widget.attrs.update(dir="ltr", inputmode="numeric", autocomplete="one-time-code", spellcheck="false")

    def clean_code(self) -> str:
        """The code in Western digits. Raises ValidationError before a try is counted."""
        read = (read_digits(self.cleaned_data["code"], length) for length in self.lengths)
        code = next((digits for digits in read if digits), "")
        if not code:
            told = " / ".join(str(length) for length in self.lengths)
            message = _("This is no whole code: it has %(digits)s digits. No try was counted.")
            raise ValidationError(message, code="digits", params={"digits": told})
        self.cleaned_data["code"] = code
        with tries.counted(context.request, tries.factor_of(self.user.pk)):
            return str(super().clean_code())  # type: ignore[misc]


class SecondFactorForm(_OneTimeCode, AuthenticateForm):
    """The second factor at sign-in."""


class AgainForm(_OneTimeCode, ReauthenticateForm):
    """The second factor once more, before something that matters."""


class PasskeySignInForm(_Passkey, LoginWebAuthnForm):
    """A passkey instead of the password."""


class PasskeyFactorForm(_Passkey, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class PasskeyAgainForm(_Passkey, ReauthenticateWebAuthnForm):
    """A passkey once more, before something that matters."""


class NewPasswordForm(ChangePasswordForm):
    """The old password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unhinted(self)

    def clean_oldpassword(self) -> str:
        """The old password, whose wrong tries count as those at sign-in."""
        with tries.counted(context.request, tries.password_of(self.user.email)):
            return str(super().clean_oldpassword())


class CodesForm(_OneTimeCode, ActivateTOTPForm):
    """The first six digits of the application."""

    lengths = (app_settings.TOTP_DIGITS,)
    label = _("The six digits")
