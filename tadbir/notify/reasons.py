"""Why a notice cannot leave, as it is kept with it: words that the office reads, and what a machine answered."""

import smtplib

from django.utils.translation import gettext, gettext_noop

NO_PHONE = gettext_noop("This is not a telephone number that can receive text messages.")
NO_ADDRESS = gettext_noop("This is not an e-mail address.")
NO_CONTACT = gettext_noop("This person left neither a telephone nor an e-mail.")
NOT_SET_UP = gettext_noop("No way out has been set up for it.")
BOUNCED = gettext_noop("The mail server of this address sent it back.")
ERASED = gettext_noop("It was erased before it left.")


def of_machine(error: Exception) -> str:
    """What a server or a modem answered, as it said it, behind the name of the error."""
    return f"{type(error).__name__}: {_answer(error)}"


#: What a mail server or the network answers, by a part of it, for whoever has to put it right.
_ANSWERS = {
    "STARTTLS extension not supported": gettext_noop(
        "the mail server knows no encryption (STARTTLS): “tls = false” in the section “mail” of tadbir.toml, if it"
        " stands in the same building"
    ),
    "CERTIFICATE_VERIFY_FAILED": gettext_noop("the certificate of the mail server is not believed"),
    "SMTPAuthenticationError": gettext_noop("the mail server refuses the user or the password"),
    "ConnectionRefusedError": gettext_noop("no mail server listens at that address and port"),
    "gaierror": gettext_noop("no machine has the name of the mail server"),
    "TimeoutError": gettext_noop("the mail server does not answer in time"),
    "SMTPServerDisconnected": gettext_noop("the mail server ended the connection"),
}


def in_words(kept: str) -> str:
    """A reason as it is kept, in the language of the reader; a machine's answer that is not known as it said it."""
    return gettext(next((words for part, words in _ANSWERS.items() if part in kept), kept)) if kept else ""


def _answer(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_said(code, text) for code, text in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return str(error)


def _said(code: int, text: str | bytes) -> str:
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
