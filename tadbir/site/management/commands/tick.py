"""`tadbir tick`: the round of every council, now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tadbir.operations.actions import tick
from tadbir.operations.words import _


class Command(BaseCommand):
    """Record lapses, send notices and the witness mail, discard old drafts, notices and files."""

    help = _("The round of every council: lapses, notices, witness mail, what is old. Safe at any time, twice too.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(json.dumps(tick(), ensure_ascii=False))
        except RuntimeError as error:
            raise CommandError(str(error)) from error
