"""The writers of notices."""

from collections.abc import Mapping

from tadbir.councils.clock import now
from tadbir.notify.models import Notice


def queue(
    code: str, *, channel: str, recipient: str, language: str, values: Mapping[str, str], key: str, dossier_ref: str = ""
) -> Notice:
    """Queue a notice in the caller's transaction. A second call with the same key gives the first notice back."""
    notice, _made = Notice.objects.get_or_create(
        key=key,
        defaults={
            "code": code, "channel": channel, "recipient": recipient, "language": language, "values": dict(values),
            "dossier_ref": dossier_ref, "next_try_at": now(), "queued_at": now(),
        },
    )  # fmt: skip
    return notice
