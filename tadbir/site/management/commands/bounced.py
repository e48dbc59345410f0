"""`tadbir bounced`: a letter came back, read from the standard input."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.notify import bounces
from tadbir.notify.actions import bounced
from tadbir.operations.words import _

#: A report holds the headers of a letter, perhaps the letter: no more is read.
LONGEST = 2_000_000


class Command(BaseCommand):
    """Take the report of a mail server that a letter did not arrive."""

    help = _("Read the report of a letter that came back: its person is told by another way, or shown in the office.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = bounces.read(sys.stdin.buffer.read(LONGEST))
        council = Council.objects.filter(slug=found.slug).first() if found else None
        if found is None or council is None:
            self.stdout.write(
                _("This is no report of a letter that we sent and that failed for good: nothing was done.")
            )
            return
        with council_scope(council):
            self.stdout.write(_told(bounced(found.notice, found.why)))


def _told(became: str) -> str:
    """What became of the notice, in words."""
    return {
        "sent": _("The letter came back: its person was told by another way."),
        "failed": _("The letter came back and there is no other way: the page “Not told” shows it."),
        "skipped": _("That letter is not waiting for anything: it was told of before, or is no longer kept."),
    }.get(became, _("The letter came back: its person will be told by another way."))
