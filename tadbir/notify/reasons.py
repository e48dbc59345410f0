"""Why a notice cannot leave, as it is kept with it: words that the office reads, and what a machine answered."""

import smtplib

from django.utils.translation import gettext_noop

NO_PHONE = gettext_noop("This is not a telephone number that can receive text messages.")
NO_ADDRESS = gettext_noop("This is not an e-mail address.")
NO_CONTACT = gettext_noop("This person left neither a telephone nor an e-mail.")
NOT_SET_UP = gettext_noop("No way out has been set up for it.")
BOUNCED = gettext_noop("The mail server of this address sent it back.")
ERASED = gettext_noop("It was erased before it left.")


def of_machine(error: Exception) -> str:
    """What a server or a modem answered, as it said it, behind the name of the error."""
    return f"{type(error).__name__}: {_answer(error)}"


def _answer(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_said(code, text) for code, text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return str(error)


def _said(code: int, text: str | bytes) -> str:
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
