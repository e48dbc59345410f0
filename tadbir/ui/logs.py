"""What the log does not say: the codes and one-use links that stand in addresses, and where a refusal was decided."""

import logging
import re

#: Parts of an address after which stands a key: a draft begun, an enrolment, a link of the demonstration.
_KEYS = re.compile(r"/(request/closed|request|enrol|demo)/[^/?\"\n]{12,}")


def masked(text: str) -> str:
    """The text with every key in an address replaced by dots."""
    return _KEYS.sub(r"/\1/…", text)


class MaskSecrets(logging.Filter):
    """Replace the keys in the message of a record before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass."""
        said = record.getMessage()
        if (clean := masked(said)) != said:
            record.msg, record.args = clean, ()
        return True


class ShortRefusals(logging.Filter):
    """Write a refused request in one line: a traceback is for what went wrong here."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass."""
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
