"""Letters by e-mail: plain text with a simple page beside it, through the server that the council typed."""

from __future__ import annotations

import smtplib
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.html import escape, urlize

from tadbir.councils.models import Council
from tadbir.notify.bounces import message_id
from tadbir.notify.models import Notice

SMTP = "django.core.mail.backends.smtp.EmailBackend"
#: Letters that land in a folder or nowhere: the demonstration's.
_OF_FILES = tuple(f"django.core.mail.backends.{name}.EmailBackend" for name in ("filebased", "console", "dummy"))
#: Seconds after which a server that does not answer counts as down.
TIMEOUT = 20
_FOOT = {
    "ar": "هذه رسالة إخبار لا تقوم مقام التبليغ ولا يسري بها أي أجل في حقكم. لا تجيبوا عنها.",
    "fr": (
        "Ce message d’information ne vaut pas notification et ne fait courir aucun délai contre vous. N’y répondez pas."
    ),
}


def masked(address: str) -> str:
    """For what is kept of a letter that left: `f••••@example.ma`."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}••••@{domain}" if at else "••••"


def settings_of(council: Council) -> dict[str, Any]:
    """The mail server of a council: its own settings ("mail"), else the installation's."""
    own = council.settings.get("mail") if isinstance(council.settings, dict) else None
    if isinstance(own, dict) and own.get("host"):
        return own
    return {
        "host": settings.EMAIL_HOST,
        "port": settings.EMAIL_PORT,
        "user": settings.EMAIL_HOST_USER,
        "password": settings.EMAIL_HOST_PASSWORD,
        "tls": settings.EMAIL_USE_TLS,
        "from": settings.DEFAULT_FROM_EMAIL,
    }


def is_set_up(council: Council) -> bool:
    """Whether letters of this council have somewhere to go."""
    return settings.EMAIL_BACKEND != SMTP or bool(settings_of(council).get("host"))


def writes_files() -> bool:
    """Whether letters only land in a folder."""
    return settings.EMAIL_BACKEND in _OF_FILES


def is_real(council: Council) -> bool:
    """Whether letters go to a server."""
    return settings.EMAIL_BACKEND == SMTP and bool(settings_of(council).get("host"))


def _connection(server: dict[str, Any]) -> BaseEmailBackend:
    if settings.EMAIL_BACKEND != SMTP:
        return get_connection(fail_silently=False)
    return get_connection(
        SMTP,
        host=server["host"],
        port=int(server.get("port", 587)),
        username=server.get("user") or None,
        password=server.get("password") or None,
        use_tls=bool(server.get("tls", True)),
        use_ssl=bool(server.get("ssl", False)),
        timeout=TIMEOUT,
    )


def compose(notice: Notice, council: Council, sender: str) -> EmailMultiAlternatives:
    """The letter. Its Message-ID follows from the notice, so that a second sending shows as the same letter."""
    title = council.title_fr if notice.language == "fr" else council.title_ar
    foot = _FOOT["fr" if notice.language == "fr" else "ar"]
    domain = sender.rpartition("@")[2] or "localhost"
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=f"{title}\n\n{notice.body}\n\n-- \n{foot}\n",
        from_email=formataddr((title, sender)),
        to=[notice.recipient],
        headers={
            "Message-ID": message_id(council.slug, notice.pk, domain),
            "Auto-Submitted": "auto-generated",
            "Content-Language": notice.language,
        },
    )
    message.attach_alternative(_page(title, notice, foot), "text/html")
    return message


def _page(title: str, notice: Notice, foot: str) -> str:
    direction = "ltr" if notice.language == "fr" else "rtl"
    shown = str(escape(notice.body)).replace("\u2068", "<bdi>").replace("\u2069", "</bdi>")
    text = urlize(shown, nofollow=False).strip().replace("\n", "<br>")  # escaped just above
    return (
        f'<!doctype html><html lang="{notice.language}" dir="{direction}"><meta charset="utf-8">'
        f"<title>{escape(notice.subject)}</title>"
        f'<body style="font-family:sans-serif;line-height:1.8"><p><strong>{escape(title)}</strong></p>'
        f"<p>{text}</p><p><small>{escape(foot)}</small></p></body></html>"
    )


def send(notice: Notice, council: Council) -> None:
    """Hand the letter to the server. Raises SMTPException or OSError; then it did not leave."""
    server = settings_of(council)
    connection = _connection(server)
    message = compose(notice, council, str(server.get("from") or settings.DEFAULT_FROM_EMAIL))
    message.connection = connection
    message.send(fail_silently=False)


def is_hopeless(error: Exception) -> bool:
    """Whether the server refused the letter for good (5xx for the recipient): trying again would not help."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600
